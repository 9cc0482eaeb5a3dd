// The parts of the engine that know how events are thrown, waited for and happen, and what comes with them.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/data/catchers.hpp"
#include "core/execute/engine.hpp"
#include "core/execute/timers.hpp"
#include "core/value/print.hpp"

namespace weir::execute {

using graph::ElementKind;
using graph::Trigger;
using model::FlowNode;
using semantics::Ask;
using semantics::Question;
using value::Value;

namespace {

const model::RootElement* message_of(const model::Definitions& definitions, const FlowNode& node,
                                     std::uint32_t definition) {
  std::string_view reference =
      node.event_definitions.empty() ? node.message_ref : node.event_definitions[definition].reference;
  if (reference.empty() && node.kind == ElementKind::send_task)
    for (const model::MessageFlow& each : definitions.message_flows)
      if (each.source != model::ElementId::none && each.source == node.element && reference.empty())
        reference = each.message_ref;
  return definitions.root(ElementKind::message, reference);
}

}  // namespace

std::string message_name(const model::Definitions& definitions, const FlowNode& node,
                         std::uint32_t definition) {
  const model::RootElement* root = message_of(definitions, node, definition);
  return root == nullptr ? "" : std::string(root->name.empty() ? root->id : root->name);
}

std::optional<Due> timer_due(const Deployed& deployed, NodeId node, std::uint32_t definition,
                             const value::Scope& visible, value::Instant now, feel::Workspace& workspace,
                             Diagnostics& notes, std::string& written) {
  const model::Dialect dialect = deployed.definitions->dialect;
  if (const feel::Expression* expression = deployed.expressions.timer(node, definition)) {
    const Value value = feel::evaluate(*expression, visible, workspace);
    feel::report(*expression, workspace, notes);
    written = value::to_text(value);
    return due(value, now, dialect);
  }
  const auto& events = (*deployed.definitions)[deployed.graph.origin[index(node)]].event_definitions;
  if (events.empty()) return std::nullopt;
  const model::EventDefinition& event = events[definition];
  for (const model::Expression* each : {&event.time_date, &event.time_duration, &event.time_cycle})
    if (each->written) written = each->body;
  return due(written, now, dialect);
}

void Engine::caught(const Action& action) {
  data::ThrownData thrown;
  thrown.thrown = action.reply == semantics::Reply::error || action.reply == semantics::Reply::escalation;
  if (thrown.thrown)
    thrown = {true, std::exchange(thrown_code_, {}), std::exchange(thrown_message_, {}),
              std::exchange(thrown_data_, {})};
  const std::string said =
      data::give_to_catchers(*instance_.deployed->definitions, instance_.graph(), instance_.state,
                             outcome_.trace, std::move(thrown), instance_.data, texts_, workspace_, notes_);
  if (outcome_.end == semantics::End::failed) failed_message_ = said;
}

void Engine::map_and_send() {
  const std::span<const semantics::Happened> trace = outcome_.trace;
  instance_.data.keep_for_compensation(instance_.state, outcome_);
  std::size_t mapped = 0;
  const auto map_until = [&](std::size_t end) {
    instance_.data.map_sub_processes(instance_.state, trace.subspan(mapped, end - mapped), workspace_,
                                     notes_);
    mapped = end;
  };
  for (const semantics::Thrown& thrown : outcome_.thrown) {
    for (std::size_t at = mapped; at < trace.size(); ++at)
      if (trace[at].what == semantics::What::entered && trace[at].node == thrown.node) {
        map_until(at + 1);
        break;
      }
    sent_.push_back(sent(thrown));
  }
  map_until(trace.size());
}

Sent Engine::sent(const semantics::Thrown& thrown) {
  Sent out;
  out.trigger = thrown.trigger;
  out.element = instance_.graph().node_id(thrown.node);
  if (thrown.code != CodeId::none) out.name = instance_.graph().codes[index(thrown.code)];
  if (thrown.trigger != Trigger::message) return out;
  // The key is that of the message, seen from here; the token and its scope may be gone already.
  const model::FlowNode& thrower = instance_.written(thrown.node);
  std::vector<model::EventDefinition> definitions = thrower.event_definitions;
  for (const model::BehaviorEvent& each : thrower.loop.behavior_events)
    definitions.insert(definitions.end(), each.definitions.begin(), each.definitions.end());
  for (const model::EventDefinition& each : definitions) {
    const auto* root = instance_.deployed->definitions->root(ElementKind::message, each.reference);
    if (root == nullptr || (root->name.empty() ? root->id : root->name) != out.name ||
        root->message.correlation_key.empty())
      continue;
    out.key = key_of(*root, instance_.data.visible_in_scope(instance_.state, thrown.scope));
  }
  if (thrower.is_event())
    out.payload = instance_.data.handed_out(instance_.state, thrown.scope, thrower, workspace_, notes_);
  return out;
}

std::string Engine::key_of(const model::RootElement& message, const value::Scope& scope) {
  if (message.message.correlation_key.empty()) return {};
  workspace_.reset();
  const Value key = texts_.expression(message.message.correlation_key, scope, workspace_, notes_,
                                      message.message.correlation_key_span);
  return key.is_null() ? std::string() : value::to_text(key);
}

void Engine::send(const Question& question, const FlowNode& activity, std::string message) {
  Sent out;
  out.trigger = Trigger::message;
  out.element = instance_.graph().node_id(question.node);
  out.name = std::move(message);
  out.key = key_of(*message_of(*instance_.deployed->definitions, activity, 0), visible(question));
  out.payload = instance_.data.handed_out(instance_.state, question.token.slot);
  sent_.push_back(std::move(out));
  work_done(question, {});
}

/// A signal from inside at the parallel multiple events of this instance; all others have heard it already.
void Engine::hear(const semantics::Thrown& signal) {
  const auto collects = [&](const Question& each) {
    return each.ask == Ask::event && instance_.graph()[each.node].trigger == Trigger::parallel_multiple;
  };
  // What has just begun to listen hears it too, as other catchers do.
  for (std::size_t i = 0; i < pending_.size();) {
    if (!collects(pending_[i])) {
      ++i;
      continue;
    }
    const Question question = pending_[i];
    pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(i));
    if (instance_.state.valid(question.token)) event(question);
  }
  std::vector<std::uint32_t> heard;
  for (const auto& [number, wait] : instance_.waits) {
    if (wait.kind != WaitKind::signal || signal.code == CodeId::none) continue;
    const NodeId node = instance_.graph().find_node(wait.element);
    if (instance_.graph()[node].trigger == Trigger::parallel_multiple &&
        wait.name == instance_.graph().codes[index(signal.code)])
      heard.push_back(number);
  }
  for (const std::uint32_t number : heard)
    if (instance_.waits.contains(number)) happen_one(number, {});
}

void Engine::escalate(std::uint32_t number, std::string_view code) {
  Action action;
  action.question = instance_.question(instance_.waits.at(number));
  action.reply = semantics::Reply::escalation;
  const auto& codes = instance_.graph().codes;
  if (const auto found = std::find(codes.begin(), codes.end(), code); found != codes.end())
    action.code = CodeId{static_cast<std::uint32_t>(found - codes.begin())};
  thrown_code_ = code;
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
    workspace_.reset();
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
  std::string shown;
  std::optional<Due> when = timer_due(*instance_.deployed, question.node, wait.definition, visible(question),
                                      now_, workspace_, notes_, shown);
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

void Engine::happen(std::uint32_t number, const Value& payload, std::string why) {
  const Wait wait = instance_.waits.at(number);
  const Question question = instance_.question(wait);
  value::Variables received;
  if (payload.is(value::Kind::context))
    for (const value::Entry& each : payload.entries()) received.set(each.key.text(), each.value);
  instance_.data.receive(instance_.state, question.token.slot, instance_.written(question.node), received,
                         workspace_, notes_);
  if (wait.kind == WaitKind::timer) again_ = wait;
  happen_one(number, std::move(why));
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

}  // namespace weir::execute
