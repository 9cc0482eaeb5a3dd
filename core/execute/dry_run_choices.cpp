// What data decides in a dry run, and what is done where it decides nothing: a run is to show the way
// through, so it takes one and says so.
#include <fmt/format.h>

#include <algorithm>

#include "core/data/choose_activities.hpp"
#include "core/data/choose_flows.hpp"
#include "core/data/test_instance.hpp"
#include "core/execute/dry_player.hpp"

namespace weir::execute {

using data::Decision;
using data::Why;
using graph::ElementKind;
using graph::Trigger;
using value::Value;

namespace {

constexpr std::uint32_t patience = 3;  // rounds through a gateway before a dry run looks for another way

std::optional<std::uint32_t> whole_number(const Value& number) {
  const auto integer = number.decimal().to_integer();
  if (!integer || *integer < 0 || *integer > 0xfffffffell) return std::nullopt;
  return static_cast<std::uint32_t>(*integer);
}

}  // namespace

void DryRun::decide(Action& action) {
  const Question& question = action.question;
  if (const auto chosen = options_.choose.find(question.node); chosen != options_.choose.end()) {
    action.flows = {chosen->second};
    act(action);
    return;
  }
  std::uint32_t& round = rounds_[{question.scope.slot, question.scope.generation, question.node}];
  Decision decision = data::choose_flows(graph_, expressions_, question.node, variables(question), round,
                                         workspace_, result_.diagnostics);
  // Tasks of a dry run leave nothing behind, so conditions that look at their results say little: such a
  // gateway must not stop the run, nor send it round in circles.
  if ((decision.why == Why::none && looks_at_more_than_given(question.node)) ||
      (decision.why != Why::unknown && round >= patience && looks_at_nothing(question))) {
    const std::vector<FlowId> ways = ways_out(question.node);
    const std::uint32_t turn = decision.why == Why::none ? round : round - patience;
    decision.why = Why::unknown;
    decision.flows = {ways[turn % ways.size()]};
  }
  ++round;
  if (decision.why == Why::none) {
    incident("no-condition-holds",
             fmt::format("no condition of the flows that leave '{}' is true and there is no default flow",
                         label(question.node)),
             question.node);
    return;
  }
  if (decision.why == Why::unknown && undecided_.insert(question.node).second)
    report(Severity::info, "undecided",
           fmt::format("nothing decides which way '{}' goes: '{}' is taken", label(question.node),
                       graph_.flow_id(decision.flows[0])),
           question.node);
  action.flows = std::move(decision.flows);
  act(action);
}

/// Outgoing flows in document order, those that end in an error at once behind the others.
std::vector<FlowId> DryRun::ways_out(NodeId node) const {
  const auto outgoing = graph_.outgoing(node);
  std::vector<FlowId> ways(outgoing.begin(), outgoing.end());
  std::stable_partition(ways.begin(), ways.end(), [&](FlowId flow) {
    const graph::Node& target = graph_[graph_[flow].target];
    return target.kind != ElementKind::end_event || target.trigger != Trigger::error;
  });
  return ways;
}

template <class F>
bool DryRun::any_variable(NodeId node, F is_it) const {
  for (const FlowId flow : graph_.outgoing(node))
    if (const feel::Expression* condition = expressions_.condition(flow))
      for (const std::string_view name : condition->variables())
        if (is_it(name)) return true;
  return false;
}

/// Some condition reads a variable that was not given with the run.
bool DryRun::looks_at_more_than_given(NodeId node) const {
  return any_variable(node, [&](std::string_view name) { return options_.variables.find(name) == nullptr; });
}

/// Some condition reads a variable that is missing or null.
bool DryRun::looks_at_nothing(const Question& question) {
  const value::Scope& scope = variables(question);
  return any_variable(question.node, [&](std::string_view name) {
    const Value* found = scope.find(value::Key(name));
    return found == nullptr || found->is_null();
  });
}

/// The value of an expression, null with a note when it has none.
Value DryRun::evaluate(const feel::Expression& expression, const value::Scope& scope) {
  const Value value = feel::evaluate(expression, scope, workspace_);
  feel::report(expression, workspace_, result_.diagnostics);
  return value;
}

void DryRun::count(Action& action) {
  const NodeId node = action.question.node;
  const value::Scope& scope = variables(action.question);
  if (const feel::Expression* collection = expressions_.collection(node)) {
    const Value items = evaluate(*collection, scope);
    if (items.is(value::Kind::list)) {
      action.count = static_cast<std::uint32_t>(items.items().size());
      data_.set_collection(state_, action.question.token.slot, items);
      begin_instances(action);
      return;
    }
  } else if (const feel::Expression* cardinality = expressions_.cardinality(node)) {
    const Value number = evaluate(*cardinality, scope);
    if (number.is(value::Kind::number)) {
      const auto whole = whole_number(number);
      if (!whole) {
        incident("loop-cardinality",
                 fmt::format("the number of instances of '{}' is no whole number from 0 up", label(node)),
                 node);
        return;
      }
      action.count = *whole;
      begin_instances(action);
      return;
    }
  }
  report(Severity::info, "undecided",
         fmt::format("nothing says how many instances '{}' has: one is taken", label(node)), node);
  action.count = 1;
  begin_instances(action);
}

void DryRun::begin_instances(const Action& action) {
  data_.begin_instances(state_, action.question.token.slot, action.count);
  act(action);
}

void DryRun::again(Action& action) {
  const NodeId node = action.question.node;
  if (graph_[node].asks_end) return instance_ends(action);
  const feel::Expression* condition = expressions_.loop_condition(node);
  std::optional<bool> holds;
  if (graph_[node].kind == graph::ElementKind::complex_gateway) {
    holds = data::activates(node, expressions_, state_, action.question.token.slot,
                            variables(action.question), workspace_);
    if (!holds && condition != nullptr) feel::report(*condition, workspace_, result_.diagnostics);
  } else if (condition != nullptr) {
    holds = feel::condition(*condition, variables(action.question), workspace_);
    if (!holds) feel::report(*condition, workspace_, result_.diagnostics);
  } else if (graph_[node].loop == graph::Loop::standard && graph_[node].loop_maximum != 0) {
    holds = true;  // without a condition only the maximum ends the loop
  }
  if (!holds && noted_.insert(node).second)
    report(Severity::info, "undecided",
           fmt::format("nothing decides whether '{}' is repeated: it is not", label(node)), node);
  action.count = holds.value_or(false) ? 1 : 0;
  act(action);
}

void DryRun::instance_ends(Action& action) {
  const std::uint32_t token = action.question.token.slot;
  const NodeId node = action.question.node;
  data_.collect(state_, token, workspace_, result_.diagnostics);
  const data::InstanceTest test = data::test_instance(graph_, expressions_, node, variables(action.question),
                                                      workspace_, result_.diagnostics);
  if (test.unknown && noted_.insert(node).second)
    report(Severity::info, "undecided",
           fmt::format("nothing decides whether '{}' is done early: it is not", label(node)), node);
  action.count = test.holds;
  if (semantics::ends_instances(state_, token, test.holds))
    data_.hand_over(state_, state_.scopes[action.question.scope.slot].host);
  act(action);
}

/// Lets an ad-hoc sub-process go on; false: it cannot now.
bool DryRun::activate(std::size_t at) {
  const Question question = open_[at].question;
  std::uint32_t& activated = activated_[{question.token.slot, question.token.generation}];
  auto chosen = data::choose_activities(graph_, expressions_, state_, question.token.slot, activated,
                                        variables(question), workspace_);
  if (!chosen) return false;
  activated += static_cast<std::uint32_t>(chosen->nodes.size());
  Action action;
  action.question = take(at);
  action.count = chosen->count;
  action.nodes = std::move(chosen->nodes);
  act(action);
  return true;
}

}  // namespace weir::execute
