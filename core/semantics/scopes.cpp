// Scopes, BPMN 2.0.2 section 13.3.4 and 13.5.4: opening sub-processes, arming what waits for events,
// completion when the last live token is gone, and cancellation with everything below.
#include "core/base/check.hpp"
#include "core/semantics/play.hpp"

namespace weir::semantics {

using graph::Trigger;
using model::ElementKind;

namespace {

/// Errors, escalations, cancels and compensations are thrown inside and find their catcher; nothing is asked.
bool asks_event(Trigger trigger) {
  switch (trigger) {
    case Trigger::message:
    case Trigger::timer:
    case Trigger::signal:
    case Trigger::conditional:
    case Trigger::multiple:
    case Trigger::parallel_multiple:
      return true;
    default:
      return false;
  }
}

}  // namespace

void Play::arm_event_sub_processes(std::uint32_t scope) {
  for (const NodeId sub_process : graph.event_sub_processes(state.scopes[scope].node)) {
    if (graph.start_nodes(sub_process).empty()) continue;
    const NodeId event = graph.start_nodes(sub_process)[0];
    if (asks_event(graph[event].trigger))
      ask(state.put_token(scope, event, FlowId::none, Phase::armed), Phase::armed);
  }
}

void Play::arm_boundaries(std::uint32_t host) {
  for (const NodeId boundary : graph.boundary_events(state.tokens[host].node)) {
    if (!asks_event(graph[boundary].trigger)) continue;
    const std::uint32_t armed =
        state.put_token(state.tokens[host].scope, boundary, FlowId::none, Phase::armed);
    state.tokens[armed].child = host;
    ask(armed, Phase::armed);
  }
}

void Play::disarm(std::uint32_t host) {
  if (graph.boundary_events(state.tokens[host].node).empty()) return;
  std::size_t left = 0;
  for (const NodeId boundary : graph.boundary_events(state.tokens[host].node))
    if (asks_event(graph[boundary].trigger)) ++left;
  // Armed tokens were put right after their host came, so they are near the front of the list.
  for (std::uint32_t at = state.scopes[state.tokens[host].scope].first; at != no_slot && left > 0;) {
    const std::uint32_t next = state.tokens[at].next;
    const Token& token = state.tokens[at];
    if (token.phase == Phase::armed && token.child == host &&
        graph[token.node].kind == ElementKind::boundary_event) {
      withdraw(at);
      state.remove_token(at);
      --left;
    }
    at = next;
  }
}

void Play::open_scope(std::uint32_t host, NodeId container, std::uint32_t parent) {
  const std::uint32_t scope = state.put_scope(container, parent, host, ScopeKind::body);
  if (const std::uint32_t rounds = state.tokens[host].child; rounds != no_slot) {
    // The rounds of a loop that are done wait inside of the next one.
    const std::uint32_t before = state.put_token(scope, container, FlowId::none, Phase::record);
    state.tokens[before].child = rounds;
    state.scopes[rounds].host = before;
    state.scopes[rounds].parent = scope;
    state.touch_scope(rounds);
  }
  state.tokens[host].child = scope;
  state.touch_token(host);
  log(What::opened, scope, container);
  arm_event_sub_processes(scope);
  if (graph[container].kind == ElementKind::ad_hoc_sub_process) {
    state.scopes[scope].remaining = 1;  // open for activation
    ask(host, Phase::hosting);
    return;
  }
  std::vector<TokenId> begun;
  for (const NodeId start : graph.start_nodes(container))
    begun.push_back(state.id(state.put_token(scope, start, FlowId::none, Phase::moving)));
  if (begun.empty()) {
    scope_done(scope);
    return;
  }
  for (const TokenId token : begun) {
    if (outcome.pace == Pace::rest)
      outcome.queue.push_back(token);
    else if (enters_at_once(graph, state.tokens[token.slot].node))
      enter(token.slot);
  }
}

void Play::scope_done(std::uint32_t scope) {
  const NodeId container = state.scopes[scope].node;
  const std::uint32_t host = state.scopes[scope].host;
  if (host != no_slot && state.tokens[host].phase == Phase::undoing) return undone(host);
  if (graph[container].kind == ElementKind::ad_hoc_sub_process && state.scopes[scope].remaining != 0)
    return;  // its activities are done, but the driver may activate more
  log(What::closed, scope, container);
  if (host == no_slot) {
    empty_scope(scope);
    state.clear();
    outcome.end = End::completed;
    return;
  }
  const bool keep = !graph[container].for_compensation && state.tokens[host].phase == Phase::hosting && [&] {
    bool records = compensation_sub_process(graph, container) != NodeId::none;
    for_each_token(state, scope,
                   [&](std::uint32_t at) { records = records || state.tokens[at].phase == Phase::record; });
    return records;
  }();
  if (keep) {
    // Something inside can still be compensated: the scope stays as a record's child, without what was armed.
    for_each_token(state, scope, [&](std::uint32_t at) {
      if (state.tokens[at].phase != Phase::record) {
        withdraw(at);
        state.remove_token(at);
      }
    });
    state.scopes[scope].kind = ScopeKind::kept;
    state.touch_scope(scope);
  } else {
    empty_scope(scope);
    state.remove_scope(scope);
    state.tokens[host].child = no_slot;
  }
  if (graph[container].event_sub_process) {
    if (keep) {
      empty_scope(scope);
      state.remove_scope(scope);
    }
    end_token(host);
  } else {
    body_done(host);
  }
}

void Play::cancel_token(std::uint32_t token) {
  withdraw(token);
  const std::uint32_t child = state.tokens[token].child;
  const Phase phase = state.tokens[token].phase;
  if (phase != Phase::armed && phase != Phase::compensating && child != no_slot) {
    empty_scope(child);
    state.remove_scope(child);
  }
  if (is_live(phase)) {
    disarm(token);
    log(What::cancelled, state.tokens[token].scope, state.tokens[token].node);
  }
  state.remove_token(token);
}

void Play::empty_scope(std::uint32_t scope) {
  // disarm() may remove tokens besides the one being cancelled, so always take the first.
  while (state.scopes[scope].first != no_slot) cancel_token(state.scopes[scope].first);
  std::erase_if(state.joins, [&](const Join& join) { return join.scope == scope; });
}

void Play::start_event_sub_process(std::uint32_t scope, NodeId sub_process, bool interrupting) {
  // The newcomer is put first: the scope must not look complete while the rest of it is cancelled.
  const std::uint32_t host = state.put_token(scope, sub_process, FlowId::none, Phase::hosting);
  log(What::entered, scope, sub_process);
  if (interrupting) interrupt(scope, host);
  open_scope(host, sub_process, scope);
}

void Play::interrupt(std::uint32_t scope, std::uint32_t except) {
  for (;;) {
    std::uint32_t other = state.scopes[scope].first;
    while (other != no_slot && (other == except || state.tokens[other].phase == Phase::record))
      other = state.tokens[other].next;
    if (other == no_slot) break;
    cancel_token(other);
  }
  std::erase_if(state.joins, [&](const Join& join) { return join.scope == scope; });
}

void Play::activated(std::uint32_t host, std::span<const NodeId> nodes, std::uint32_t count) {
  const std::uint32_t scope = state.tokens[host].child;
  const bool more = count == 1;
  if (!more) state.scopes[scope].remaining = 0;
  state.touch_scope(scope);
  if (count > 1) interrupt(scope, no_slot);
  for (const NodeId each : nodes) {
    const std::uint32_t token = state.put_token(scope, each, FlowId::none, Phase::moving);
    if (outcome.pace == Pace::rest)
      outcome.queue.push_back(state.id(token));
    else if (enters_at_once(graph, each))
      enter(token);
  }
  if (more)
    ask(host, Phase::hosting);
  else if (state.scopes[scope].live == 0)
    scope_done(scope);
}

}  // namespace weir::semantics
