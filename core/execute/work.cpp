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
      for (const std::string_view each : activity.work.potential_users)
        wait.users.push_back(text(each, token));
      for (const std::string_view each : activity.work.potential_groups)
        wait.groups.push_back(text(each, token));
      if (const auto when = due(text(activity.work.due_date, token), now_)) wait.due = when->at;
      return open(std::move(wait));
    }
    case ElementKind::call_activity: {
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
  data::Frames& frames = instance_.data.frames();
  const feel::Expression* script = instance_.deployed->expressions.script(question.node);
  if (script == nullptr && activity.work.assignments.empty()) return false;
  if (script != nullptr) {
    const Value value = feel::evaluate(*script, visible(question), workspace_);
    feel::report(*script, workspace_, notes_);
    const std::string_view result = instance_.deployed->expressions.script_result(question.node);
    if (!result.empty()) frames.assign(instance_.state, token, result, value);
  }
  for (const model::Mapping& each : activity.work.assignments) {
    workspace_.reset();
    const Value value = texts_.expression(each.source, visible(question), workspace_, notes_, each.span);
    frames.assign(instance_.state, token, each.target, value);
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
    instance_.data.frames().assign(instance_.state, token, each.key.text(), each.value);
  instance_.data.map_outputs(instance_.state, token, workspace_, notes_, decided.locals);
  Action action;
  action.question = question;
  act(action, std::move(decided.why));
}

void Engine::take_results(std::uint32_t token, const Value& results, const FlowNode& activity) {
  data::Frames& frames = instance_.data.frames();
  if (results.is(value::Kind::context))
    for (const value::Entry& each : results.entries()) {
      // With output mappings they say what leaves the activity, else everything does.
      if (activity.outputs.empty())
        frames.assign(instance_.state, token, each.key.text(), each.value);
      else
        frames.set_local(instance_.state, token, each.key.text(), each.value);
    }
}

void Engine::work_done(const Question& question, const Value& results) {
  const FlowNode& activity = instance_.written(question.node);
  take_results(question.token.slot, results, activity);
  instance_.data.map_outputs(instance_.state, question.token.slot, workspace_, notes_);
  Action action;
  action.question = question;
  act(action);
}

void Engine::done(std::uint32_t number, const Value& results) {
  const Question question = instance_.question(instance_.waits.at(number));
  const bool call = instance_.waits.at(number).kind == WaitKind::call;
  close(number);
  // What a connector gives is seen by the output mappings only.
  const bool nowhere = call && instance_.written(question.node).outputs.empty();
  work_done(question, nowhere ? Value{} : results);
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
      instance_.data.frames().assign(instance_.state, question.token.slot, each.key.text(), each.value);
  close(number);
  act(action, std::string(code));
  settle();
  return true;
}

void Engine::event(const Question& question) {
  const FlowNode& written = instance_.written(question.node);
  const graph::Node& node = instance_.graph()[question.node];
  const std::string code = node.code == CodeId::none ? "" : instance_.graph().codes[index(node.code)];
  if (again_ &&
      !(again_->token == question.token && again_->element == instance_.graph().node_id(question.node)))
    again_.reset();
  switch (node.trigger) {
    case Trigger::timer:
      return timer(question, waiting(question, WaitKind::timer));
    case Trigger::signal: {
      Wait wait = waiting(question, WaitKind::signal);
      wait.name = code;
      return open(std::move(wait));
    }
    case Trigger::conditional: {
      Wait wait = waiting(question, WaitKind::condition);
      // One that has just happened must become false before it can happen again.
      wait.held = instance_.state.tokens[question.token.slot].count > 0;
      return open(std::move(wait));
    }
    default:  // receive tasks too
      return message(question, written, code);
  }
}

void Engine::message(const Question& question, const FlowNode& written, const std::string& code) {
  Wait wait = waiting(question, WaitKind::message);
  wait.name = code;
  const std::string_view reference =
      written.event_definitions.empty() ? written.message_ref : written.event_definitions[0].reference;
  const auto* root = instance_.deployed->definitions->root(ElementKind::message, reference);
  if (root != nullptr) wait.name = root->name.empty() ? root->id : root->name;
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
  if (again_) {
    const Wait before = *again_;
    again_.reset();
    if (before.repeats == 0) return;  // it will not happen again
    const auto next = later(before.due, before.period);
    if (!next) return;
    wait.due = *next;
    wait.period = before.period;
    wait.repeats = before.repeats < 0 ? -1 : before.repeats - 1;
    return open(std::move(wait));
  }
  const std::size_t before = notes_.size();
  std::optional<Due> when;
  std::string shown;
  if (const feel::Expression* expression = instance_.deployed->expressions.timer(question.node)) {
    const Value value = feel::evaluate(*expression, visible(question), workspace_);
    feel::report(*expression, workspace_, notes_);
    when = due(value, now_);
    shown = value::to_text(value);
  } else if (const auto& definitions = instance_.written(question.node).event_definitions;
             !definitions.empty()) {
    for (const model::Expression* each :
         {&definitions[0].time_date, &definitions[0].time_duration, &definitions[0].time_cycle})
      if (each->written) shown = each->body;
    when = due(shown, now_);
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
      instance_.data.frames().assign(instance_.state, question.token.slot, each.key.text(), each.value);
  close(number);
  if (wait.kind == WaitKind::timer) again_ = wait;
  Action action;
  action.question = question;
  act(action);
  settle();
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
