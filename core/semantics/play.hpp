// Inside of the semantics: one call of start(), answer() or move() at work. The functions are spread over the
// files named after the sections of chapter 13; nothing outside core/semantics includes this.
#pragma once

#include "core/semantics/semantics.hpp"

namespace weir::semantics {

struct Play {
  const ProcessGraph& graph;
  State& state;
  Outcome& outcome;

  // semantics.cpp: movement
  void settle();                    // until rest (or, at step pace, until only decisions and moves are left)
  void enter(std::uint32_t token);  // the switch over node kinds
  void leave(std::uint32_t token);  // by the outgoing flows, asking when there is a choice
  void take(std::uint32_t token, std::span<const FlowId> flows);
  void arrive(std::uint32_t token, FlowId flow);
  void end_token(std::uint32_t token);  // it is gone; its scope may be complete

  // gateways.cpp: 13.4
  void arrive_at_join(std::uint32_t slot);
  bool fire_if_enabled(std::uint32_t scope, NodeId gateway);
  bool fire_some_lazy_join();  // inclusive and complex joins, when nothing else moves
  void activation_tested(std::uint32_t slot, bool holds);
  void reset_complex(std::uint32_t scope, NodeId gateway);

  // events.cpp: 13.5
  void enter_end_event(std::uint32_t token);
  /// A message, signal or escalation; false: the thrower is gone.
  bool throw_one(std::uint32_t token, const graph::Event& what);
  /// An event sub-process compensates what is around it.
  [[nodiscard]] std::uint32_t compensated_scope(std::uint32_t scope) const;
  void cancel_transaction(std::uint32_t token);
  void cancelled(std::uint32_t thrower);  // its transaction is compensated
  void enter_throw_event(std::uint32_t token);
  void happened(std::uint32_t token, NodeId event, bool answered = true);
  void happen_again(std::uint32_t token);  // a non-interrupting event stays armed when it can repeat
  void fire_armed(std::uint32_t token, bool interrupts = true);
  /// `spared`: an activity whose own boundary events do not interrupt it this time.
  bool deliver_signal(std::uint32_t thrower, CodeId code, NodeId spared = NodeId::none);
  /// Finds who catches; false: nobody. The thrower and its scope may be gone afterwards.
  /// `interrupts`: false = an escalation that boundary events of the thrower itself catch does not end it.
  bool raise(graph::Trigger trigger, CodeId code, std::uint32_t token, bool interrupts = true);
  void fail(NodeId node, CodeId code);

  // activities.cpp: 13.3
  void enter_activity(std::uint32_t token);
  bool gather(std::uint32_t token);  // startQuantity: false = it waits for others
  void run_body(std::uint32_t token);
  void body_done(std::uint32_t token);
  /// An instance has ended; bit n of `definitions`: the n-th one throws. False: the instance is gone.
  bool throw_behavior_events(std::uint32_t token, std::uint32_t definitions);
  void instances_counted(std::uint32_t token, std::uint32_t count);
  void tested(std::uint32_t token, std::uint32_t holds);
  void instance_tested(std::uint32_t token, std::uint32_t holds);
  void instances_done(std::uint32_t instances);
  void instance_done(std::uint32_t token);
  void activity_done(std::uint32_t token);

  // scopes.cpp
  void open_scope(std::uint32_t host, NodeId container, std::uint32_t parent);
  void arm_event_sub_processes(std::uint32_t scope);
  void arm_boundaries(std::uint32_t host);
  void disarm(std::uint32_t host);
  void scope_done(std::uint32_t scope);
  void cancel_token(std::uint32_t token);  // with everything below it
  void empty_scope(std::uint32_t scope);   // cancels all tokens, armed ones too
  void start_event_sub_process(std::uint32_t scope, NodeId sub_process, bool interrupting);
  void interrupt(std::uint32_t scope, std::uint32_t except);  // all but one token, and records
  void activated(std::uint32_t host, std::span<const NodeId> nodes, std::uint32_t count);

  // compensation.cpp: 13.5.5
  void remember(std::uint32_t token);    // the activity is complete: keep what compensation needs
  void keep_round(std::uint32_t token);  // ... of one instance or round of a loop
  bool compensate(std::uint32_t thrower, std::uint32_t scope, NodeId only);
  void handler_done(std::uint32_t token);
  /// The activity that this compensation names, or none.
  [[nodiscard]] NodeId compensated_activity(std::uint32_t thrower) const;
  void undo(std::uint32_t thrower, std::uint32_t record, NodeId sub_process);
  void undone(std::uint32_t host);

  // small helpers
  void ask(std::uint32_t token, Phase phase);
  void withdraw(std::uint32_t token);
  void log(What what, std::uint32_t scope, NodeId node, FlowId flow = FlowId::none) {
    if (outcome.want_trace) outcome.trace.push_back({what, node, flow, scope});
  }
  [[nodiscard]] const graph::Node& node(std::uint32_t token) const { return graph[state.tokens[token].node]; }
  [[nodiscard]] bool over() const { return outcome.end != End::running; }
};

/// Empties what the last call has filled.
void reset(Outcome& outcome);

/// The event sub-process that compensates a container, or none (13.5.5).
NodeId compensation_sub_process(const ProcessGraph& graph, NodeId container);

/// Calls f(slot) for each token of a scope; f may remove that token and no other.
template <class F>
void for_each_token(const State& state, std::uint32_t scope, F f) {
  for (std::uint32_t at = state.scopes[scope].first; at != no_slot;) {
    const std::uint32_t next = state.tokens[at].next;
    f(at);
    at = next;
  }
}

}  // namespace weir::semantics
