// Events, BPMN 2.0.2 section 13.5: throwing, catching, boundary events, end events, and who catches what. A
// catcher that interrupts cancels its scope, the thrower included, before the thrower's token leaves.
#include <algorithm>
#include <tuple>

#include "core/semantics/play.hpp"

namespace weir::semantics {

using graph::Trigger;
using model::ElementKind;

void Play::fail(NodeId node, CodeId code) {
  outcome.end = End::failed;
  outcome.error = code;
  outcome.failed_at = node;
  empty_scope(0);
  state.clear();
}

bool Play::throw_one(std::uint32_t token, const graph::Event& what) {
  const NodeId id = state.tokens[token].node;
  const TokenId thrower = state.id(token);
  const std::uint32_t scope = state.tokens[token].scope;
  if (what.trigger == Trigger::message || what.trigger == Trigger::signal)
    outcome.thrown.push_back({what.trigger, id, what.code, scope});
  if (what.trigger == Trigger::signal) deliver_signal(token, what.code);
  if (what.trigger == Trigger::escalation && !raise(what.trigger, what.code, token))
    outcome.thrown.push_back({what.trigger, id, what.code, scope});
  return !over() && state.valid(thrower);
}

std::uint32_t Play::compensated_scope(std::uint32_t scope) const {
  return graph[state.scopes[scope].node].event_sub_process ? state.scopes[scope].parent : scope;
}

void Play::enter_end_event(std::uint32_t token) {
  const NodeId id = state.tokens[token].node;
  const std::uint32_t scope = state.tokens[token].scope;
  for (const graph::Event& each : graph.definitions(id))
    if (!throw_one(token, each)) return;
  for (const graph::Event& each : graph.definitions(id)) {
    switch (each.trigger) {
      case Trigger::error:
        if (!raise(each.trigger, each.code, token)) fail(id, each.code);
        return;
      case Trigger::cancel:
        return cancel_transaction(token);
      case Trigger::compensation:
        if (compensate(token, compensated_scope(scope), graph[id].compensates))
          return;  // ends when the handlers are done
        break;
      case Trigger::terminate:
        // Ends this scope only (13.5.6): everything in it dies, then it completes as if by itself.
        log(What::ended, scope, id);
        empty_scope(scope);
        if (state.scopes[scope].host == no_slot) {
          log(What::closed, scope, state.scopes[scope].node);
          state.clear();
          outcome.end = End::terminated;
        } else {
          scope_done(scope);
        }
        return;
      default:
        break;
    }
  }
  log(What::ended, scope, id);
  end_token(token);
}

// 13.3.4 on transactions: everything in it that still runs ends, what is complete is compensated,
// then the token leaves by the cancel boundary event.
void Play::cancel_transaction(std::uint32_t token) {
  const NodeId id = state.tokens[token].node;
  std::uint32_t scope = state.tokens[token].scope;
  while (graph[state.scopes[scope].node].kind != ElementKind::transaction) {
    const std::uint32_t host = state.scopes[scope].host;
    if (host == no_slot) return fail(id, CodeId::none);
    scope = state.tokens[host].scope;
  }
  const std::uint32_t thrower =
      state.tokens[token].scope == scope ? token : state.put_token(scope, id, FlowId::none, Phase::moving);
  interrupt(scope, thrower);
  if (!compensate(thrower, scope, NodeId::none)) cancelled(thrower);
}

void Play::cancelled(std::uint32_t thrower) {
  const NodeId id = state.tokens[thrower].node;
  if (!raise(Trigger::cancel, CodeId::none, thrower)) fail(id, CodeId::none);
}

void Play::enter_throw_event(std::uint32_t token) {
  const NodeId id = state.tokens[token].node;
  const graph::Node& event = graph[id];
  for (const graph::Event& each : graph.definitions(id))
    if (!throw_one(token, each)) return;
  for (const graph::Event& each : graph.definitions(id)) {
    if (each.trigger != Trigger::compensation) continue;
    const std::uint32_t scope = state.tokens[token].scope;
    if (event.waits) {
      if (compensate(token, compensated_scope(scope), event.compensates)) return;
      continue;
    }
    const TokenId goes_on = state.id(token);
    const std::uint32_t waits = state.put_token(scope, id, FlowId::none, Phase::moving);
    if (!compensate(waits, compensated_scope(scope), event.compensates)) state.remove_token(waits);
    if (over() || !state.valid(goes_on)) return;
  }
  if (event.trigger == Trigger::link && event.link_target != NodeId::none) {
    state.tokens[token].node = event.link_target;
    log(What::entered, state.tokens[token].scope, event.link_target);
  }
  leave(token);
}

void Play::happened(std::uint32_t token, NodeId event, bool answered) {
  const graph::Node& at = node(token);
  if (at.kind == ElementKind::event_based_gateway) {
    withdraw(token);  // the other events of the gateway; a driver knows about the one that it answered
    if (answered) std::erase_if(outcome.withdrawn, [&](const Question& each) { return each.node == event; });
    const std::uint32_t scope = state.tokens[token].scope;
    log(What::left, scope, state.tokens[token].node);
    for (const FlowId flow : graph.outgoing(state.tokens[token].node))
      if (graph[flow].target == event) log(What::taken, scope, state.tokens[token].node, flow);
    state.tokens[token].node = event;
    log(What::entered, scope, event);
    state.set_phase(token, Phase::moving);
    leave(token);
  } else if (at.kind == ElementKind::receive_task) {
    body_done(token);
  } else {
    state.set_phase(token, Phase::moving);
    leave(token);
  }
}

void Play::happen_again(std::uint32_t token) {
  if (!node(token).repeats) {
    state.remove_token(token);
    return;
  }
  ++state.tokens[token].count;
  ask(token, Phase::armed);
}

void Play::fire_armed(std::uint32_t token, bool interrupts) {
  const NodeId id = state.tokens[token].node;
  const std::uint32_t scope = state.tokens[token].scope;
  const graph::Node& event = graph[id];
  if (event.kind != ElementKind::boundary_event) {
    if (event.interrupting)
      state.remove_token(token);  // answered, so not withdrawn with the rest of the scope
    else
      happen_again(token);
    start_event_sub_process(scope, event.parent, event.interrupting);
    return;
  }
  if (event.interrupting && interrupts) {
    const std::uint32_t host = state.tokens[token].child;
    state.remove_token(token);  // answered, so not withdrawn with its host
    const std::uint32_t path = state.put_token(scope, id, FlowId::none, Phase::moving);
    cancel_token(host);
    log(What::entered, scope, id);
    leave(path);
  } else {
    happen_again(token);
    const std::uint32_t path = state.put_token(scope, id, FlowId::none, Phase::moving);
    log(What::entered, scope, id);
    leave(path);
  }
}

bool Play::deliver_signal(std::uint32_t thrower, CodeId code, NodeId spared) {
  // Inside one instance a signal reaches its catchers before the thrower goes on; other instances are the
  // driver's. Where one catcher ends what another one waits in, the outer one goes first; in one scope event
  // sub-processes (interrupting ones first), then boundary events, then waiting tokens.
  struct Catcher {
    TokenId token;
    NodeId event;
    std::uint32_t depth;
    std::uint32_t rank;
  };
  std::vector<Catcher> catchers;
  const auto add = [&](std::uint32_t slot, NodeId event) {
    std::uint32_t depth = 0;
    for (std::uint32_t at = state.tokens[slot].scope; state.scopes[at].parent != no_slot;
         at = state.scopes[at].parent)
      ++depth;
    std::uint32_t rank = 3;
    if (state.tokens[slot].phase == Phase::armed)
      rank = graph[event].kind == ElementKind::boundary_event ? 2 : (graph[event].interrupting ? 0 : 1);
    catchers.push_back({state.id(slot), event, depth, rank});
  };
  for (std::uint32_t slot = 0; slot < state.tokens.size(); ++slot) {
    const Token& token = state.tokens[slot];
    if (slot == thrower || (token.phase != Phase::armed && token.phase != Phase::catching)) continue;
    const auto listens = [&](NodeId id) {
      // All events of a parallel multiple one must happen: drivers keep count of them.
      if (graph[id].trigger == Trigger::parallel_multiple) return false;
      const auto events = graph.definitions(id);
      return std::any_of(events.begin(), events.end(), [&](const graph::Event& each) {
        return each.trigger == Trigger::signal && each.code == code;
      });
    };
    if (graph[token.node].kind == ElementKind::event_based_gateway) {
      for (const FlowId flow : graph.outgoing(token.node))
        if (listens(graph[flow].target)) {
          add(slot, graph[flow].target);
          break;
        }
    } else if (listens(token.node)) {
      add(slot, token.node);
    }
  }
  std::sort(catchers.begin(), catchers.end(), [](const Catcher& a, const Catcher& b) {
    return std::tuple(a.depth, a.rank, a.event, a.token.slot) <
           std::tuple(b.depth, b.rank, b.event, b.token.slot);
  });
  for (const auto& [token, event, depth, rank] : catchers) {
    if (over() || !state.valid(token)) continue;
    const Phase phase = state.tokens[token.slot].phase;
    if (phase == Phase::armed || phase == Phase::catching) {
      // No driver answered it; happened() itself withdraws what an event-based gateway waits for.
      if (node(token.slot).kind != ElementKind::event_based_gateway) withdraw(token.slot);
      if (phase == Phase::armed)
        fire_armed(token.slot, spared == NodeId::none || graph[event].attached_to != spared);
      else
        happened(token.slot, event, false);
    }
  }
  return !catchers.empty();
}

namespace {

/// An exact code is better than a catcher without one.
int match(const ProcessGraph& graph, NodeId catcher, Trigger trigger, CodeId code) {
  int best = 0;
  for (const graph::Event& each : graph.definitions(catcher))
    if (each.trigger == trigger && (each.code == CodeId::none || each.code == code))
      best = std::max(best, each.code == CodeId::none ? 1 : 2);
  return best;
}

NodeId best_boundary(const ProcessGraph& graph, NodeId host, Trigger trigger, CodeId code) {
  NodeId best = NodeId::none;
  int quality = 0;
  for (const NodeId boundary : graph.boundary_events(host)) {
    const int found = match(graph, boundary, trigger, code);
    if (found > quality) {
      quality = found;
      best = boundary;
    }
  }
  return best;
}

NodeId best_event_sub_process(const ProcessGraph& graph, NodeId container, NodeId not_this, Trigger trigger,
                              CodeId code) {
  NodeId best = NodeId::none;
  int quality = 0;
  for (const NodeId sub_process : graph.event_sub_processes(container)) {
    if (sub_process == not_this || graph.start_nodes(sub_process).empty()) continue;
    const int found = match(graph, graph.start_nodes(sub_process)[0], trigger, code);
    if (found > quality) {
      quality = found;
      best = sub_process;
    }
  }
  return best;
}

}  // namespace

bool Play::raise(Trigger trigger, CodeId code, std::uint32_t token, bool interrupts) {
  // Outwards: event sub-processes of the thrower's scope, boundary events of its host, the next scope ... A
  // host inside a multi-instance scope has no boundary events of its own: they belong to the activity as a
  // whole.
  std::uint32_t at = token;
  const ElementKind kind = node(at).kind;
  bool boundaries = kind != ElementKind::end_event && kind != ElementKind::intermediate_throw_event;
  for (;;) {
    const std::uint32_t scope = state.tokens[at].scope;
    const bool instance = state.scopes[scope].kind == ScopeKind::instances;
    if (boundaries && !instance) {
      const NodeId boundary = best_boundary(graph, state.tokens[at].node, trigger, code);
      if (boundary != NodeId::none) {
        const std::uint32_t path = state.put_token(scope, boundary, FlowId::none, Phase::moving);
        if (graph[boundary].interrupting && (interrupts || at != token)) cancel_token(at);
        log(What::entered, scope, boundary);
        leave(path);
        return true;
      }
    }
    const NodeId inside =
        graph[state.tokens[at].node].event_sub_process ? state.tokens[at].node : NodeId::none;
    // Once an interrupting event sub-process has started, no other one of its scope can (13.5.4).
    const bool interrupted = inside != NodeId::none && graph[graph.start_nodes(inside)[0]].interrupting;
    if (!instance && !interrupted && trigger != Trigger::cancel) {
      const NodeId sub_process =
          best_event_sub_process(graph, state.scopes[scope].node, inside, trigger, code);
      if (sub_process != NodeId::none) {
        start_event_sub_process(scope, sub_process, graph[graph.start_nodes(sub_process)[0]].interrupting);
        return true;
      }
    }
    at = state.scopes[scope].host;
    if (at == no_slot) return false;
    boundaries = true;
  }
}

}  // namespace weir::semantics
