// The parts of the engine that know what activities and events wait for.
#include <fmt/format.h>

#include <algorithm>

#include "core/execute/engine.hpp"
#include "core/execute/timers.hpp"
#include "core/model/connector_schema.hpp"
#include "core/value/print.hpp"

namespace weir::execute {

using graph::ElementKind;
using graph::Trigger;
using model::FlowNode;
using semantics::Question;
using value::Value;

namespace {

const model::RootElement* message_of(const model::Definitions& definitions, const FlowNode& node,
                                     std::uint32_t definition) {
  return definitions.root(ElementKind::message, node.event_definitions.empty()
                                                    ? node.message_ref
                                                    : node.event_definitions[definition].reference);
}

/// Type of the connector that does this work, empty = none does.
std::string_view connector_type(const model::Definitions& definitions, const model::Work& work) {
  for (const model::Connection& each : definitions.connections)
    if (!work.connection.empty() && each.id == work.connection) return each.type;
  if (!work.connection.empty()) return work.connection;  // declared elsewhere: the type must be its name
  for (const std::string_view type : model::connector_types())
    for (const std::string_view action : model::connector_schema(type)->actions)
      if (work.parameters.find(action) != nullptr) return type;
  return {};
}

}  // namespace

std::string message_name(const model::Definitions& definitions, const FlowNode& node,
                         std::uint32_t definition) {
  const model::RootElement* root = message_of(definitions, node, definition);
  return root == nullptr ? "" : std::string(root->name.empty() ? root->id : root->name);
}

void Engine::work(const Question& question) {
  const FlowNode& activity = instance_.written(question.node);
  const std::uint32_t token = question.token.slot;
  instance_.data.map_inputs(instance_.state, token, workspace_, notes_);
  switch (activity.kind) {
    case ElementKind::task:
    case ElementKind::manual_task:
      return work_done(question, {});
    case ElementKind::script_task:
      if (script(question, activity)) return;
      break;
    case ElementKind::user_task: {
      Wait wait = waiting(question, WaitKind::user_task);
      wait.assignee = text(activity.work.human_performer, token);
      for (const std::string_view each : activity.work.potential_users) texts(each, token, wait.users);
      for (const std::string_view each : activity.work.potential_groups) texts(each, token, wait.groups);
      if (const auto when = due(text(activity.work.due_date, token), now_)) wait.due = when->at;
      return open(std::move(wait));
    }
    case ElementKind::call_activity: {
      if (activity.called_element.empty()) break;  // a case, or nothing that is named: a worker's job
      Wait wait = waiting(question, WaitKind::child);
      wait.name = text(activity.called_element, token);
      return open(std::move(wait));
    }
    default:
      break;
  }
  if (activity.work.decision.written()) return decision(question, activity);
  if (const std::string_view type = connector_type(*instance_.deployed->definitions, activity.work);
      !type.empty()) {
    Wait wait = waiting(question, WaitKind::call);
    wait.name = type;
    wait.due = now_;
    return open(std::move(wait));
  }
  Wait wait = waiting(question, WaitKind::job);
  wait.name = activity.work.job_type.empty() ? wait.element : text(activity.work.job_type, token);
  open(std::move(wait));
}

bool Engine::script(const Question& question, const FlowNode& activity) {
  const std::uint32_t token = question.token.slot;
  const feel::Expression* script = instance_.deployed->expressions.script(question.node);
  if (script == nullptr && activity.work.assignments.empty()) return false;
  if (script != nullptr) {
    const Value value = feel::evaluate(*script, visible(question), workspace_);
    feel::report(*script, workspace_, notes_);
    const std::string_view result = instance_.deployed->expressions.script_result(question.node);
    if (!result.empty()) instance_.data.assign(instance_.state, token, result, value);
  }
  for (const model::Mapping& each : activity.work.assignments) {
    workspace_.reset();
    const Value value = texts_.expression(each.source, visible(question), workspace_, notes_, each.span);
    instance_.data.assign(instance_.state, token, each.target, value);
  }
  work_done(question, {});
  return true;
}

void Engine::decision(const Question& question, const FlowNode& activity) {
  const bool mended = std::erase(mended_, question) != 0;
  const data::FindDecision find = [&](const data::DecisionReference& reference) -> Result<dmn::Decision> {
    if (!workshop_.decisions) return Error{"no decisions are known here"};
    return workshop_.decisions(*instance_.deployed, reference);
  };
  data::Decided decided = data::decide(activity, find, mended, visible(question), texts_, workspace_, notes_);
  if (!decided.problem.empty()) {
    notes_.error("decision", decided.problem, activity.work.decision.span, std::string(activity.id)).group =
        "run";
    return incident(question, "decision", std::move(decided.problem));
  }
  const std::uint32_t token = question.token.slot;
  for (const value::Entry& each : decided.variables.entries())
    instance_.data.assign(instance_.state, token, each.key.text(), each.value);
  instance_.data.map_outputs(instance_.state, token, workspace_, notes_, decided.locals);
  Action action;
  action.question = question;
  act(action, std::move(decided.why));
}

void Engine::take_results(std::uint32_t token, const Value& results, const FlowNode& activity) {
  if (results.is(value::Kind::context))
    for (const value::Entry& each : results.entries()) {
      // With output mappings they say what leaves the activity, else everything does.
      if (activity.outputs.empty())
        instance_.data.assign(instance_.state, token, each.key.text(), each.value);
      else
        instance_.data.set_local(instance_.state, token, each.key.text(), each.value);
    }
}

void Engine::work_done(const Question& question, const Value& results, std::string why) {
  const FlowNode& activity = instance_.written(question.node);
  take_results(question.token.slot, results, activity);
  instance_.data.map_outputs(instance_.state, question.token.slot, workspace_, notes_);
  Action action;
  action.question = question;
  act(action, std::move(why));
}

void Engine::done(std::uint32_t number, const Value& results, std::string why) {
  const Question question = instance_.question(instance_.waits.at(number));
  const bool call = instance_.waits.at(number).kind == WaitKind::call;
  close(number);
  // What a connector gives is seen by the output mappings only.
  const bool nowhere = call && instance_.written(question.node).outputs.empty();
  work_done(question, nowhere ? Value{} : results, std::move(why));
  settle();
}

bool Engine::error(std::uint32_t number, std::string_view code, const Value& results) {
  const Question question = instance_.question(instance_.waits.at(number));
  Action action;
  action.question = question;
  action.reply = semantics::Reply::error;
  const auto& codes = instance_.graph().codes;
  if (const auto found = std::find(codes.begin(), codes.end(), code); found != codes.end())
    action.code = CodeId{static_cast<std::uint32_t>(found - codes.begin())};
  semantics::State tried = instance_.state;
  tried.touched = nullptr;
  semantics::Outcome outcome;
  semantics::perform(instance_.graph(), action, tried, outcome);
  if (outcome.end == semantics::End::failed) return false;
  if (results.is(value::Kind::context))
    for (const value::Entry& each : results.entries())
      instance_.data.assign(instance_.state, question.token.slot, each.key.text(), each.value);
  close(number);
  act(action, std::string(code));
  settle();
  return true;
}

void Engine::escalate(std::uint32_t number, std::string_view code) {
  Action action;
  action.question = instance_.question(instance_.waits.at(number));
  action.reply = semantics::Reply::escalation;
  const auto& codes = instance_.graph().codes;
  if (const auto found = std::find(codes.begin(), codes.end(), code); found != codes.end())
    action.code = CodeId{static_cast<std::uint32_t>(found - codes.begin())};
  act(action, std::string(code));
  settle();
}

void Engine::event(const Question& question) {
  if (again_ &&
      !(again_->token == question.token && again_->element == instance_.graph().node_id(question.node)))
    again_.reset();
  const auto definitions = instance_.graph().definitions(question.node);
  for (std::uint32_t i = 0; i < definitions.size(); ++i) event(question, i);
  if (definitions.empty())  // a receive task
    message(question, waiting(question, WaitKind::message), instance_.written(question.node), "");
}

void Engine::event(const Question& question, std::uint32_t definition) {
  const graph::Event& event = instance_.graph().definitions(question.node)[definition];
  const std::string code = event.code == CodeId::none ? "" : instance_.graph().codes[index(event.code)];
  Wait wait = waiting(question, WaitKind::message);
  wait.definition = definition;
  switch (event.trigger) {
    case Trigger::timer:
      wait.kind = WaitKind::timer;
      return timer(question, std::move(wait));
    case Trigger::signal:
      wait.kind = WaitKind::signal;
      wait.name = code;
      return open(std::move(wait));
    case Trigger::conditional:
      wait.kind = WaitKind::condition;
      // One that has just happened must become false before it can happen again.
      wait.held = instance_.state.tokens[question.token.slot].count > 0;
      return open(std::move(wait));
    case Trigger::message:
      return message(question, std::move(wait), instance_.written(question.node), code);
    default:
      return;  // thrown inside and caught by the semantics
  }
}

void Engine::message(const Question& question, Wait wait, const FlowNode& written, const std::string& code) {
  wait.name = message_name(*instance_.deployed->definitions, written, wait.definition);
  if (wait.name.empty()) wait.name = code;
  const auto* root = message_of(*instance_.deployed->definitions, written, wait.definition);
  if (root != nullptr && !root->message.correlation_key.empty()) {
    const std::size_t before = notes_.size();
    const Value key = texts_.expression(root->message.correlation_key, visible(question), workspace_, notes_,
                                        root->message.correlation_key_span);
    if (notes_.size() != before || key.is_null())
      return incident(question, "correlation-key",
                      fmt::format("'{}' waits for message '{}' without a key{}", wait.label, wait.name,
                                  troubles(before)));
    wait.key = value::to_text(key);
  }
  open(std::move(wait));
}

void Engine::timer(const Question& question, Wait wait) {
  const model::Dialect dialect = instance_.deployed->definitions->dialect;
  if (again_ && again_->definition == wait.definition) {
    const Wait before = *again_;
    again_.reset();
    if (before.repeats == 0) return;  // it will not happen again
    const auto next = next_due(before.due, now_, before.period, dialect);
    if (!next) return;
    wait.due = *next;
    wait.period = before.period;
    wait.repeats = before.repeats < 0 ? -1 : before.repeats - 1;
    return open(std::move(wait));
  }
  const std::size_t before = notes_.size();
  std::optional<Due> when;
  std::string shown;
  if (const feel::Expression* expression =
          instance_.deployed->expressions.timer(question.node, wait.definition)) {
    const Value value = feel::evaluate(*expression, visible(question), workspace_);
    feel::report(*expression, workspace_, notes_);
    when = due(value, now_, dialect);
    shown = value::to_text(value);
  } else if (const auto& definitions = instance_.written(question.node).event_definitions;
             !definitions.empty()) {
    const model::EventDefinition& event = definitions[wait.definition];
    for (const model::Expression* each : {&event.time_date, &event.time_duration, &event.time_cycle})
      if (each->written) shown = each->body;
    when = due(shown, now_, dialect);
  }
  if (!when)
    return incident(
        question, "timer",
        fmt::format("the timer '{}' says '{}', which is no date, duration or repeating interval{}",
                    wait.label, shown, troubles(before)));
  wait.due = when->at;
  wait.period = std::move(when->period);
  wait.repeats = when->repeats;
  open(std::move(wait));
}

void Engine::happen(std::uint32_t number, const Value& payload) {
  const Wait wait = instance_.waits.at(number);
  const Question question = instance_.question(wait);
  if (payload.is(value::Kind::context))
    for (const value::Entry& each : payload.entries())
      instance_.data.assign(instance_.state, question.token.slot, each.key.text(), each.value);
  if (wait.kind == WaitKind::timer) again_ = wait;
  happen_one(number, {});
  settle();
}

void Engine::happen_one(std::uint32_t number, std::string why) {
  const Wait wait = instance_.waits.at(number);
  const Question question = instance_.question(wait);
  close(number);
  std::vector<std::uint32_t> others;  // the other events of a multiple one
  for (const auto& [other, each] : instance_.waits)
    if (each.token == wait.token && each.element == wait.element && each.ask == semantics::Ask::event)
      others.push_back(other);
  if (instance_.graph()[question.node].trigger == Trigger::parallel_multiple && !others.empty()) return;
  for (const std::uint32_t other : others) close(other);
  Action action;
  action.question = question;
  act(action, std::move(why));
}

Result<Call> Engine::call(const Wait& wait, std::string_view token, std::string& type) {
  const Question question = instance_.question(wait);
  const FlowNode& activity = instance_.written(question.node);
  const model::Definitions& definitions = *instance_.deployed->definitions;
  workspace_.reset();
  const std::size_t before = notes_.size();
  const value::Scope& scope = visible(question);
  Call call;
  type = wait.name;
  call.type = type;
  call.token = token;
  for (const model::Connection& each : definitions.connections)
    if (each.id == activity.work.connection)
      call.settings = texts_.parameter(each.settings, scope, workspace_, notes_);
  call.parameters = texts_.parameter(activity.work.parameters, scope, workspace_, notes_);
  if (notes_.size() != before)
    return Error{fmt::format("what '{}' is called with has no value{}", wait.label, troubles(before))};
  if (!activity.work.timeout.empty())
    if (const auto until = later(0, activity.work.timeout)) call.timeout = *until;
  return call;
}

}  // namespace weir::execute
