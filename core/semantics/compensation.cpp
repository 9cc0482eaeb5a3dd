// Compensation, BPMN 2.0.2 section 13.5.5. A completed activity with a compensation handler leaves a record,
// a token that is not live, in its scope; a completed sub-process with records inside keeps its scope as the
// record's child. The list of a scope is newest first, which is the order of compensation: last completed,
// first compensated. The thrower waits until the handlers have run, one after the other; where
// waitForCompletion is false a second token of the event does, and ends then. (At an end event there is
// nothing to go on with: its scope stays open for the handlers either way.)
//
// Each instance of a multi-instance sub-process and each round of a loop is compensated by itself: it leaves
// a record, which stands in a scope of the activity as long as that runs, and in the kept scope of the
// activity's own record afterwards. So a record is one of a round when it and its scope are of one node.
// Where the activity has a handler of its own, that is called once for all of them.
#include <algorithm>

#include "core/semantics/play.hpp"

namespace weir::semantics {

using graph::Trigger;

namespace {

NodeId handler_of(const ProcessGraph& graph, NodeId activity) {
  for (const NodeId boundary : graph.boundary_events(activity))
    if (graph[boundary].trigger == Trigger::compensation) return graph[boundary].compensates;
  return NodeId::none;
}

bool is_round(const State& state, std::uint32_t record) {
  return state.scopes[state.tokens[record].scope].node == state.tokens[record].node;
}

/// The newest record that a compensation of `scope` (of one activity only, when given) reaches.
std::uint32_t next_record(const State& state, std::uint32_t scope, NodeId only) {
  for (std::uint32_t at = state.scopes[scope].first; at != no_slot; at = state.tokens[at].next) {
    const Token& token = state.tokens[at];
    if (token.phase != Phase::record || (only != NodeId::none && token.node != only)) continue;
    // A loop that still runs cannot be compensated, nor can its rounds.
    if (state.scopes[scope].kind == ScopeKind::kept || !is_round(state, at)) return at;
  }
  return no_slot;
}

}  // namespace

std::uint32_t thrower_of(const State& state, std::uint32_t handler) {
  for (std::uint32_t at = 0; at < state.tokens.size(); ++at)
    if (state.tokens[at].phase == Phase::compensating && state.tokens[at].child == handler) return at;
  return no_slot;
}

NodeId compensation_sub_process(const ProcessGraph& graph, NodeId container) {
  for (const NodeId each : graph.event_sub_processes(container))
    if (!graph.start_nodes(each).empty())
      for (const graph::Event& event : graph.definitions(graph.start_nodes(each)[0]))
        if (event.trigger == Trigger::compensation) return each;
  return NodeId::none;
}

void Play::remember(std::uint32_t token) {
  const NodeId activity = state.tokens[token].node;
  const std::uint32_t kept = state.tokens[token].child;
  if (kept == no_slot && graph.boundary_events(activity).empty()) return;
  const bool has_handler = handler_of(graph, activity) != NodeId::none;
  const bool has_kept = kept != no_slot && state.scopes[kept].kind == ScopeKind::kept;
  if (!has_handler && !has_kept) return;
  const std::uint32_t record =
      state.put_token(state.tokens[token].scope, activity, FlowId::none, Phase::record);
  if (has_kept) {
    state.tokens[record].child = kept;
    state.scopes[kept].host = record;
    state.touch_scope(kept);
    state.tokens[token].child = no_slot;
  }
}

void Play::keep_round(std::uint32_t token) {
  const NodeId activity = state.tokens[token].node;
  const std::uint32_t kept = state.tokens[token].child;
  std::uint32_t rounds = state.tokens[token].scope;  // of instances: their scope
  state.tokens[token].child = no_slot;
  state.touch_token(token);
  const bool each = handler_of(graph, activity) == NodeId::none;
  if (each && graph[activity].loop == graph::Loop::standard) {
    std::uint32_t before = state.scopes[kept].first;
    while (before != no_slot && !is_round(state, before)) before = state.tokens[before].next;
    if (before != no_slot) {
      rounds = state.tokens[before].child;
      state.tokens[before].child = no_slot;
      state.remove_token(before);
      state.scopes[rounds].host = token;
      state.scopes[rounds].parent = state.tokens[token].scope;
      state.touch_scope(rounds);
    } else {
      rounds = state.put_scope(activity, state.tokens[token].scope, token, ScopeKind::kept);
    }
    state.tokens[token].child = rounds;
  }
  if (each && (next_record(state, kept, NodeId::none) != no_slot ||
               compensation_sub_process(graph, activity) != NodeId::none)) {
    const std::uint32_t record = state.put_token(rounds, activity, FlowId::none, Phase::record);
    state.tokens[record].child = kept;
    state.scopes[kept].host = record;
    state.scopes[kept].parent = rounds;
    state.touch_scope(kept);
    return;
  }
  empty_scope(kept);
  state.remove_scope(kept);
}

bool Play::compensate(std::uint32_t thrower, std::uint32_t scope, NodeId only) {
  // The record's handler runs in the record's scope; `child` of the thrower is the handler's token.
  std::uint32_t record = next_record(state, scope, only);
  while (record != no_slot) {
    const NodeId activity = state.tokens[record].node;
    const bool round = is_round(state, record);
    const NodeId handler = round ? NodeId::none : handler_of(graph, activity);
    const std::uint32_t kept = state.tokens[record].child;
    const std::uint32_t owner = state.tokens[record].scope;
    const TokenId was = state.id(record);
    if (handler == NodeId::none && kept != no_slot && (round || graph[activity].loop == graph::Loop::none)) {
      if (const NodeId own = compensation_sub_process(graph, activity); own != NodeId::none) {
        undo(thrower, record, own);
        return true;
      }
    }
    if (handler == NodeId::none && kept != no_slot && next_record(state, kept, NodeId::none) != no_slot) {
      record = next_record(state, kept, NodeId::none);  // default compensation: what is inside, newest first
      continue;
    }
    state.tokens[record].child = no_slot;
    state.remove_token(record);
    if (kept != no_slot) {
      empty_scope(kept);
      state.remove_scope(kept);
    }
    if (handler == NodeId::none) {
      record = next_record(state, scope, only);
      continue;
    }
    state.set_phase(thrower, Phase::compensating);
    // A kept scope is not live; its handler's token runs in the nearest open scope around it.
    std::uint32_t open = owner;
    while (state.scopes[open].kind == ScopeKind::kept) open = state.scopes[open].parent;
    const std::uint32_t token = state.put_token(open, handler, FlowId::none, Phase::moving);
    state.tokens[thrower].child = token;
    state.touch_token(thrower);
    if (outcome.want_trace) outcome.compensated.push_back({state.id(token), was, kept, owner});
    enter(token);
    return true;
  }
  return false;
}

/// The scope lives again, with the event sub-process in it; records of what was done inside are still there.
void Play::undo(std::uint32_t thrower, std::uint32_t record, NodeId sub_process) {
  state.set_phase(thrower, Phase::compensating);
  const std::uint32_t kept = state.tokens[record].child;
  const NodeId activity = state.tokens[record].node;
  // A record is not live, the host of a scope that runs is; it stands in the nearest open scope.
  const std::uint32_t owner = state.tokens[record].scope;
  const TokenId was = state.id(record);
  std::uint32_t open = owner;
  state.tokens[record].child = no_slot;
  state.remove_token(record);
  while (state.scopes[open].kind == ScopeKind::kept) open = state.scopes[open].parent;
  const std::uint32_t host = state.put_token(open, activity, FlowId::none, Phase::undoing);
  state.tokens[host].child = kept;
  state.tokens[thrower].child = host;
  state.touch_token(thrower);
  if (outcome.want_trace) outcome.compensated.push_back({state.id(host), was, kept, owner});
  state.scopes[kept].kind = ScopeKind::body;
  state.scopes[kept].host = host;
  state.scopes[kept].parent = open;
  state.touch_scope(kept);
  start_event_sub_process(kept, sub_process, false);
}

void Play::undone(std::uint32_t host) {
  const std::uint32_t scope = state.tokens[host].child;
  log(What::closed, scope, state.scopes[scope].node);
  empty_scope(scope);
  state.remove_scope(scope);
  state.tokens[host].child = no_slot;
  handler_done(host);
}

NodeId Play::compensated_activity(std::uint32_t thrower) const {
  const graph::Node& event = node(thrower);
  return event.activity
             ? graph.implicit_throws(state.tokens[thrower].node)[state.tokens[thrower].count].compensates
             : event.compensates;
}

void Play::handler_done(std::uint32_t token) {
  const std::uint32_t thrower = thrower_of(state, token);
  const std::uint32_t scope = state.tokens[token].scope;
  state.remove_token(token);
  if (thrower == no_slot) {  // it has been interrupted meanwhile
    if (state.scopes[scope].live == 0) scope_done(scope);
    return;
  }
  state.tokens[thrower].child = no_slot;
  state.touch_token(thrower);
  const graph::Node& event = node(thrower);
  if (compensate(thrower, compensated_scope(state.tokens[thrower].scope), compensated_activity(thrower)))
    return;
  const auto events = graph.definitions(state.tokens[thrower].node);
  if (std::any_of(events.begin(), events.end(),
                  [](const graph::Event& each) { return each.trigger == Trigger::cancel; }))
    return cancelled(thrower);
  state.set_phase(thrower, Phase::moving);
  if (event.kind == model::ElementKind::end_event || event.activity || !event.waits)
    end_token(thrower);
  else
    leave(thrower);
}

}  // namespace weir::semantics
