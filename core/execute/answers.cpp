// The parts of the engine that answer from data: which flows, how many instances, once more?
#include <fmt/format.h>

#include <algorithm>

#include "core/data/choose_activities.hpp"
#include "core/data/choose_flows.hpp"
#include "core/data/test_instance.hpp"
#include "core/execute/engine.hpp"
#include "core/value/print.hpp"

namespace weir::execute {

using graph::ElementKind;
using semantics::Question;
using value::Value;

namespace {

/// "amount > 1000 (amount = 2400)"
std::string because(const feel::Expression& expression, const value::Scope& scope) {
  std::string values;
  for (const std::string_view name : expression.variables()) {
    const Value* found = scope.find(value::Key(name));
    std::string shown = found == nullptr ? "null" : value::to_literal(*found);
    if (shown.size() > 60) shown.replace(57, std::string::npos, "...");
    values += fmt::format("{}{} = {}", values.empty() ? "" : ", ", name, shown);
  }
  return values.empty() ? std::string(expression.text()) : fmt::format("{} ({})", expression.text(), values);
}

}  // namespace

void Engine::activities(const Question& question) {
  for (const auto& [number, wait] : instance_.waits)
    if (wait.kind == WaitKind::activities && wait.token == question.token) return;
  open(waiting(question, WaitKind::activities));
}

data::Bare Engine::bare() const {
  const model::Dialect dialect = instance_.deployed->definitions->dialect;
  const bool holds = dialect == model::Dialect::camunda7 || dialect == model::Dialect::flowable ||
                     dialect == model::Dialect::activiti;
  return holds ? data::Bare::holds : data::Bare::undecided;
}

void Engine::flows(const Question& question) {
  const data::Expressions& expressions = instance_.deployed->expressions;
  const std::size_t before = notes_.size();
  data::Decision decision = data::choose_flows(instance_.graph(), expressions, question.node,
                                               visible(question), 0, workspace_, notes_, bare());
  if (decision.why == data::Why::none)
    return incident(
        question, "no-condition-holds",
        fmt::format("no condition of the flows that leave '{}' is true and there is no default flow",
                    instance_.label(question.node)));
  if (decision.why == data::Why::unknown)
    return incident(question, "undecided",
                    fmt::format("which way '{}' goes is not decided: a condition is null{}",
                                instance_.label(question.node), troubles(before)));
  std::string why;
  for (const FlowId flow : decision.flows)
    if (const feel::Expression* condition =
            decision.why == data::Why::condition ? expressions.condition(flow) : nullptr)
      why += (why.empty() ? "" : "; ") + because(*condition, visible(question));
  if (decision.why == data::Why::default_flow) {
    why = "default:";
    for (const FlowId flow : instance_.graph().outgoing(question.node))
      if (const feel::Expression* condition = expressions.condition(flow))
        why += " not " + because(*condition, visible(question));
  }
  Action action;
  action.question = question;
  action.flows = std::move(decision.flows);
  act(action, std::move(why));
}

void Engine::count(const Question& question) {
  const data::Expressions& expressions = instance_.deployed->expressions;
  const std::size_t before = notes_.size();
  Action action;
  action.question = question;
  if (const feel::Expression* collection = expressions.collection(question.node)) {
    const Value items = feel::evaluate(*collection, visible(question), workspace_);
    feel::report(*collection, workspace_, notes_);
    if (!items.is(value::Kind::list))
      return incident(question, "collection",
                      fmt::format("the collection of '{}' is no list{}", instance_.label(question.node),
                                  troubles(before)));
    action.count = static_cast<std::uint32_t>(items.items().size());
    instance_.data.set_collection(instance_.state, question.token.slot, items);
    recorder_.collection(question.token.slot);
    instance_.data.begin_instances(instance_.state, question.token.slot, action.count);
    return act(action);
  }
  const feel::Expression* cardinality = expressions.cardinality(question.node);
  const Value number =
      cardinality == nullptr ? Value{} : feel::evaluate(*cardinality, visible(question), workspace_);
  const auto whole = number.is(value::Kind::number) ? number.decimal().to_integer() : std::nullopt;
  if (!whole || *whole < 0 || *whole > 10'000'000)
    return incident(question, "loop-cardinality",
                    fmt::format("the number of instances of '{}' is no whole number from 0 to 10000000{}",
                                instance_.label(question.node), troubles(before)));
  action.count = static_cast<std::uint32_t>(*whole);
  instance_.data.begin_instances(instance_.state, question.token.slot, action.count);
  act(action);
}

void Engine::again(const Question& question) {
  const graph::Node& node = instance_.graph()[question.node];
  if (node.asks_end) return instance_ends(question);
  const feel::Expression* condition = instance_.deployed->expressions.loop_condition(question.node);
  const std::size_t before = notes_.size();
  std::optional<bool> holds;
  if (node.kind == ElementKind::complex_gateway) {
    holds = data::activates(question.node, instance_.deployed->expressions, instance_.state,
                            question.token.slot, visible(question), workspace_);
    if (!holds && condition != nullptr) feel::report(*condition, workspace_, notes_);
  } else if (condition != nullptr) {
    holds = feel::condition(*condition, visible(question), workspace_);
    if (!holds) feel::report(*condition, workspace_, notes_);
  } else if (node.loop == graph::Loop::standard) {
    holds = node.loop_maximum != 0;  // without a condition only the maximum ends the loop
  }
  if (!holds)
    return incident(question, "undecided",
                    fmt::format("whether '{}' is done is not decided: its condition is null{}",
                                instance_.label(question.node), troubles(before)));
  Action action;
  action.question = question;
  action.count = *holds ? 1 : 0;
  act(action, condition != nullptr ? because(*condition, visible(question)) : "");
}

void Engine::instance_ends(const Question& question) {
  const std::uint32_t token = question.token.slot;
  const std::size_t before = notes_.size();
  instance_.data.collect(instance_.state, token, workspace_, notes_);
  const data::InstanceTest test = data::test_instance(instance_.graph(), instance_.deployed->expressions,
                                                      question.node, visible(question), workspace_, notes_);
  if (test.unknown)
    return incident(question, "undecided",
                    fmt::format("whether '{}' is done is not decided: its condition is null{}",
                                instance_.label(question.node), troubles(before)));
  std::string why;
  for (const feel::Expression* each : test.true_ones)
    why += (why.empty() ? "" : "; ") + because(*each, visible(question));
  if (const feel::Expression* condition = instance_.deployed->expressions.loop_condition(question.node);
      condition != nullptr && why.empty())
    why = because(*condition, visible(question));
  if (semantics::ends_instances(instance_.state, token, test.holds))
    instance_.data.hand_over(instance_.state, instance_.state.scopes[question.scope.slot].host);
  Action action;
  action.question = question;
  action.count = test.holds;
  act(action, std::move(why));
}

bool Engine::concerns(const Wait& wait) const {
  if (wait.number > waits_before_) return true;
  const auto& definitions = instance_.written(instance_.question(wait).node).event_definitions;
  if (wait.definition >= definitions.size()) return true;
  const model::EventDefinition& event = definitions[wait.definition];
  const auto allows = [](const std::vector<std::string_view>& all, std::string_view one) {
    return all.empty() || std::find(all.begin(), all.end(), one) != all.end();
  };
  if (event.variables.empty() && event.changes.empty()) return true;
  const std::vector<data::Assigned>& assigned = recorder_.assigned();
  return std::any_of(assigned.begin(), assigned.end(), [&](const data::Assigned& each) {
    return allows(event.variables, each.name) && allows(event.changes, each.fresh ? "create" : "update");
  });
}

bool Engine::look_at_conditions() {
  if (instance_.status == Status::suspended) return false;
  for (auto& [number, wait] : instance_.waits) {
    if (wait.kind != WaitKind::condition) continue;
    const Question question = instance_.question(wait);
    const feel::Expression* condition =
        instance_.deployed->expressions.event_condition(question.node, wait.definition);
    const bool holds =
        condition != nullptr && feel::condition(*condition, visible(question), workspace_).value_or(false);
    // That it has become false counts whatever has changed, else it could not happen again.
    if (holds == wait.held || (holds && !concerns(wait))) continue;
    wait.held = holds;
    recorder_.put(wait);
    if (!holds) continue;
    happen_one(number, because(*condition, visible(question)));
    return true;
  }
  return false;
}

bool Engine::look_at_activities() {
  if (instance_.status == Status::suspended) return false;
  for (const auto& [number, wait] : instance_.waits) {
    if (wait.kind != WaitKind::activities) continue;
    const Question question = instance_.question(wait);
    std::optional<data::Activation> chosen = data::choose_activities(
        instance_.graph(), instance_.deployed->expressions, instance_.state, wait.token.slot,
        static_cast<std::uint32_t>(wait.repeats), visible(question), workspace_);
    if (!chosen) continue;
    Action action;
    action.question = question;
    action.count = chosen->count;
    if (chosen->count == 1)
      change(number).repeats += static_cast<std::int64_t>(chosen->nodes.size());
    else
      close(number);
    action.nodes = std::move(chosen->nodes);
    act(action);
    return true;
  }
  return false;
}

}  // namespace weir::execute
