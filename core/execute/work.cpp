// The parts of the engine that know what activities wait for.
#include <fmt/format.h>

#include <algorithm>

#include "core/execute/engine.hpp"
#include "core/execute/timers.hpp"
#include "core/model/connector_schema.hpp"

namespace weir::execute {

using graph::ElementKind;
using model::FlowNode;
using semantics::Question;
using value::Value;

namespace {

/// The connection of this id, the definition's before the project's; null = neither has one.
const model::Connection* find_connection(const model::Definitions& definitions, const Workshop& workshop,
                                         std::string_view id) {
  const std::span<const model::Connection> own = definitions.connections;
  if (!id.empty())
    for (const auto& connections : {own, workshop.connections})
      for (const model::Connection& each : connections)
        if (each.id == id) return &each;
  return nullptr;
}

/// Type of the connector that does this work, empty = none does.
std::string_view connector_type(const model::Connection* connection, std::string_view id,
                                const model::Parameter& parameters) {
  if (connection != nullptr) return connection->type;
  if (!id.empty()) return id;  // declared elsewhere: the type must be its name
  for (const std::string_view type : model::connector_types())
    for (const std::string_view action : model::connector_schema(type)->actions)
      if (parameters.find(action) != nullptr) return type;
  return {};
}

const model::Handler* find_handler(std::span<const model::Handler> handlers, std::string_view name) {
  for (const model::Handler& each : handlers)
    if (each.job_type == name) return &each;
  return nullptr;
}

/// What is wrong in weir.toml is told where it matters: its places mean nothing to whoever runs the
/// definition.
void tell_of_handler(const model::Handler& handler, const FlowNode& activity, std::size_t from,
                     Diagnostics& notes) {
  for (std::size_t i = from; i < notes.size(); ++i) {
    Diagnostic& each = notes.list()[i];
    each.message = fmt::format("handler '{}' of weir.toml: {}", handler.job_type, each.message);
    each.span = activity.span;
    each.fixes.clear();
  }
}

/// What a worker is told, as handlers see it: {name: "text"}.
Value headers_of(const model::Work& work, value::Arena& arena) {
  auto* entries = arena.array<value::Entry>(work.headers.size());
  for (std::size_t i = 0; i < work.headers.size(); ++i)
    ::new (&entries[i]) value::Entry{value::Key(work.headers[i].name), Value::string(work.headers[i].value)};
  return Value::context(std::span<const value::Entry>(entries, work.headers.size()));
}

}  // namespace

void Engine::work(const Question& question) {
  const FlowNode& activity = instance_.written(question.node);
  const std::uint32_t token = question.token.slot;
  instance_.data.map_inputs(instance_.state, token, workspace_, notes_);
  switch (activity.kind) {
    case ElementKind::task:
    case ElementKind::manual_task:
      if (!activity.work.job_type.empty()) break;  // a work item of jBPM
      return work_done(question, {});
    case ElementKind::script_task:
      if (script(question, activity)) return;
      break;
    case ElementKind::user_task:
      return user_task(question, activity);
    case ElementKind::call_activity: {
      if (activity.called_element.empty()) break;  // a case, or nothing that is named: a worker's job
      Wait wait = waiting(question, WaitKind::child);
      wait.name = text(activity.called_element, question);
      return open(std::move(wait));
    }
    default:  // ${...} of Camunda 7 that needs nothing outside; the project may still do it otherwise
      if (find_handler(workshop_.handlers, activity.id) == nullptr && script(question, activity)) return;
      break;
  }
  if (activity.work.decision.written()) return decision(question, activity);
  const auto call = [&](std::string_view connection, const model::Parameter& parameters,
                        std::string_view handled_type) {
    const model::Connection* found = find_connection(*instance_.deployed->definitions, workshop_, connection);
    const std::string_view type = connector_type(found, connection, parameters);
    if (type.empty()) return false;
    Wait wait = waiting(question, WaitKind::call);
    wait.name = type;
    wait.key = handled_type;
    wait.due = now_;
    open(std::move(wait));
    return true;
  };
  if (call(activity.work.connection, activity.work.parameters, {})) return;
  Wait wait = waiting(question, WaitKind::job);
  wait.name = activity.work.job_type.empty() ? wait.element : text(activity.work.job_type, question);
  const model::Handler* handler = find_handler(workshop_.handlers, wait.name);
  if (handler == nullptr) handler = find_handler(workshop_.handlers, wait.element);
  if (handler != nullptr && call(handler->connection, handler->parameters, handler->job_type)) return;
  if (activity.kind == ElementKind::send_task && activity.work.job_type.empty())
    if (std::string name = message_name(*instance_.deployed->definitions, activity, 0); !name.empty())
      return send(question, activity, std::move(name));
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
  semantics::Action action;
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
  semantics::Action action;
  action.question = question;
  act(action, std::move(why));
}

void Engine::handled(const Question& question, const model::Handler& handler, const Value& results) {
  const FlowNode& activity = instance_.written(question.node);
  const std::uint32_t token = question.token.slot;
  data::Frames& frames = instance_.data.frames();
  value::Variables locals;
  if (results.is(value::Kind::context))
    for (const value::Entry& each : results.entries()) locals.set(each.key.text(), each.value);
  if (!activity.result_variable.empty())
    frames.assign(instance_.state, token, activity.result_variable, results);
  const std::size_t before = notes_.size();
  for (const model::Mapping& each : handler.outputs) {
    const value::Scope scope{locals.entries(), &visible(question)};
    const Value value = texts_.expression(each.source, scope, workspace_, notes_, each.span);
    // As in take_results.
    if (activity.outputs.empty())
      frames.assign(instance_.state, token, each.target, value);
    else
      locals.set(each.target, value);
  }
  tell_of_handler(handler, activity, before, notes_);
  instance_.data.map_outputs(instance_.state, token, workspace_, notes_, locals);
  semantics::Action action;
  action.question = question;
  act(action);
}

void Engine::assign_around(std::uint32_t number, const value::Variables& variables) {
  const std::uint32_t token = instance_.waits.at(number).token.slot;
  for (const value::Entry& each : variables.entries())
    instance_.data.frames().assign_around(instance_.state, token, each.key.text(), each.value);
}

void Engine::done(std::uint32_t number, const Value& results, std::string why) {
  const Wait& wait = instance_.waits.at(number);
  const Question question = instance_.question(wait);
  const bool call = wait.kind == WaitKind::call;
  const model::Handler* handler = call ? find_handler(workshop_.handlers, wait.key) : nullptr;
  close(number);
  if (handler != nullptr) {
    handled(question, *handler, results);
    return settle();
  }
  // What a connector gives is seen by the output mappings only.
  const bool nowhere = call && instance_.written(question.node).outputs.empty();
  work_done(question, nowhere ? Value{} : results, std::move(why));
  settle();
}

bool Engine::catches(std::uint32_t number, std::string_view code) const {
  const Question question = instance_.question(instance_.waits.at(number));
  return semantics::catches(instance_.graph(), instance_.state,
                            semantics::error_of(instance_.graph(), question, code));
}

bool Engine::error(std::uint32_t number, std::string_view code, const Value& results,
                   std::string_view message, bool leaves) {
  if (!leaves && !catches(number, code)) return false;
  semantics::Action action =
      semantics::error_of(instance_.graph(), instance_.question(instance_.waits.at(number)), code);
  if (results.is(value::Kind::context))
    for (const value::Entry& each : results.entries()) thrown_data_.set(each.key.text(), each.value);
  close(number);
  thrown_code_ = code;
  thrown_message_ = message;
  // The step itself names a code that the model knows.
  act(action, message.empty()               ? std::string(code)
              : action.code == CodeId::none ? fmt::format("[{}] {}", code, message)
                                            : std::string(message));
  settle();
  return true;
}

Result<Call> Engine::call(const Wait& wait, std::string_view token, std::string& type) {
  const Question question = instance_.question(wait);
  const FlowNode& activity = instance_.written(question.node);
  const model::Definitions& definitions = *instance_.deployed->definitions;
  workspace_.reset();
  const std::size_t before = notes_.size();
  // weir.toml may use the headers of the work it does for others.
  const value::Entry headers{value::Key("headers"), headers_of(activity.work, workspace_.arena)};
  const bool told = !wait.key.empty() && !activity.work.headers.empty();
  const value::Scope scope{std::span<const value::Entry>(&headers, told ? 1 : 0), &visible(question)};
  Call call;
  type = wait.name;
  call.type = type;
  call.token = token;
  const model::Handler* handler = find_handler(workshop_.handlers, wait.key);
  if (handler == nullptr && !wait.key.empty())
    return Error{fmt::format("weir.toml has no handler '{}' any more", wait.key)};
  const std::string_view id = handler != nullptr ? handler->connection : activity.work.connection;
  if (const model::Connection* connection = find_connection(definitions, workshop_, id))
    call.settings = texts_.parameter(connection->settings, scope, workspace_, notes_);
  call.parameters = texts_.parameter(handler != nullptr ? handler->parameters : activity.work.parameters,
                                     scope, workspace_, notes_);
  if (handler != nullptr) tell_of_handler(*handler, activity, before, notes_);
  if (notes_.size() != before)
    return Error{fmt::format("what '{}' is called with has no value{}", wait.label, troubles(before))};
  const std::string_view timeout = handler != nullptr ? handler->timeout : activity.work.timeout;
  if (!timeout.empty())
    if (const auto until = later(0, timeout)) call.timeout = *until;
  return call;
}

}  // namespace weir::execute
