// Activities, BPMN 2.0.2 section 13.3: tasks, call activities, sub-processes and their loops. A token that
// enters an activity is its host: boundary events are armed with it, and with a multi-instance activity it
// hosts a scope of instances, in which each token runs the body once. A standard loop repeats the body on the
// host itself.
#include "core/base/check.hpp"
#include "core/semantics/play.hpp"

namespace weir::semantics {

using graph::Loop;
using graph::Trigger;
using model::ElementKind;

bool Play::gather(std::uint32_t token) {
  const std::uint32_t scope = state.tokens[token].scope;
  const NodeId activity = state.tokens[token].node;
  std::uint32_t missing = graph[activity].start_quantity - 1;
  const auto waits_here = [&](std::uint32_t at) {
    return state.tokens[at].node == activity && state.tokens[at].phase == Phase::joining;
  };
  std::uint32_t here = 0;
  for_each_token(state, scope, [&](std::uint32_t at) { here += waits_here(at); });
  if (here < missing) {
    state.set_phase(token, Phase::joining);
    return false;
  }
  for_each_token(state, scope, [&](std::uint32_t at) {
    if (missing == 0 || !waits_here(at)) return;
    --missing;
    state.remove_token(at);
  });
  return true;
}

void Play::enter_activity(std::uint32_t token) {
  if (node(token).start_quantity > 1 && !gather(token)) return;
  if (graph.boundary_ranges[index(state.tokens[token].node)].size() != 0) arm_boundaries(token);
  switch (node(token).loop) {
    case Loop::none:
      run_body(token);
      break;
    case Loop::standard:
      if (node(token).test_before)
        ask(token, Phase::testing);
      else
        run_body(token);
      break;
    case Loop::parallel:
    case Loop::sequential:
      ask(token, Phase::counting);
      break;
  }
}

void Play::run_body(std::uint32_t token) {
  switch (node(token).kind) {
    case ElementKind::sub_process:
    case ElementKind::transaction:
    case ElementKind::ad_hoc_sub_process:
      state.set_phase(token, Phase::hosting);
      open_scope(token, state.tokens[token].node, state.tokens[token].scope);
      break;
    case ElementKind::receive_task:
      ask(token, Phase::catching);
      break;
    default:
      ask(token, Phase::working);
      break;
  }
}

void Play::body_done(std::uint32_t token) {
  const graph::Node& activity = node(token);
  if (activity.loop != Loop::none && state.tokens[token].child != no_slot) keep_round(token);
  switch (activity.loop) {
    case Loop::none:
      activity_done(token);
      return;
    case Loop::standard: {
      const std::uint32_t done = ++state.tokens[token].count;
      if (activity.loop_maximum != 0 && done >= activity.loop_maximum)
        activity_done(token);
      else
        ask(token, Phase::testing);
      return;
    }
    case Loop::parallel:
    case Loop::sequential:
      if (activity.behavior == graph::Behavior::none || activity.behavior == graph::Behavior::one)
        if (!throw_behavior_events(token, 1)) return;
      if (activity.asks_end)
        ask(token, Phase::testing);
      else
        instance_done(token);
      return;
  }
}

// Who catches it at the boundary of the activity does not end the instances: a behavior says how the activity
// goes on, and would be the same as an error otherwise. Errors end it, as they always do (10.5.6).
bool Play::throw_behavior_events(std::uint32_t token, std::uint32_t definitions) {
  const TokenId instance = state.id(token);
  const NodeId activity = state.tokens[token].node;
  const std::uint32_t inside = state.tokens[token].scope;
  const std::uint32_t host = state.scopes[inside].host;
  if (graph[activity].behavior == graph::Behavior::one) {
    if (state.tokens[host].count != 0) return true;
    state.tokens[host].count = 1;  // of the activity as a whole: it has been thrown
    state.touch_token(host);
  }
  const auto throws = graph.implicit_throws(activity);
  for (std::uint32_t i = 0; i < throws.size(); ++i) {
    const graph::ImplicitThrow& each = throws[i];
    const auto [trigger, code] = each.event;
    if (((definitions >> each.definition) & 1u) == 0) continue;
    switch (trigger) {
      case Trigger::message:
        outcome.thrown.push_back({trigger, activity, code, inside});
        break;
      case Trigger::signal:
        if (code != CodeId::none) outcome.thrown.push_back({trigger, activity, code, inside});
        deliver_signal(token, code, activity);
        break;
      case Trigger::escalation:
        if (!raise(trigger, code, host, false)) outcome.thrown.push_back({trigger, activity, code, inside});
        break;
      case Trigger::error:
        if (!raise(trigger, code, host)) fail(activity, code);
        break;
      case Trigger::compensation: {
        // The instance ends; a token of the activity beside its host waits for the handlers.
        const std::uint32_t scope = state.tokens[host].scope;
        const std::uint32_t waits = state.put_token(scope, activity, FlowId::none, Phase::moving);
        state.tokens[waits].count = i;
        if (!compensate(waits, compensated_scope(scope), each.compensates)) state.remove_token(waits);
        break;
      }
      default:
        break;
    }
    if (over() || !state.valid(instance)) return false;
  }
  return true;
}

void Play::instances_counted(std::uint32_t token, std::uint32_t count) {
  const std::uint32_t scope = state.tokens[token].scope;
  const NodeId activity = state.tokens[token].node;
  if (count == 0) {
    activity_done(token);
    return;
  }
  if (count > outcome.budget) {
    outcome.end = End::runaway;
    return;
  }
  state.set_phase(token, Phase::hosting);
  const std::uint32_t instances = state.put_scope(activity, scope, token, ScopeKind::instances);
  state.tokens[token].child = instances;
  log(What::opened, instances, activity);
  const std::uint32_t at_once = graph[activity].loop == Loop::sequential ? 1 : count;
  state.scopes[instances].remaining = count - at_once;
  std::vector<TokenId> bodies;
  for (std::uint32_t i = 0; i < at_once; ++i) {
    const std::uint32_t body = state.put_token(instances, activity, FlowId::none, Phase::moving);
    state.tokens[body].count = i;
    bodies.push_back(state.id(body));
  }
  for (const TokenId body : bodies)
    if (!over() && state.valid(body)) run_body(body.slot);
}

void Play::tested(std::uint32_t token, std::uint32_t holds) {
  const graph::Node& activity = node(token);
  if (activity.kind == ElementKind::complex_gateway) {
    activation_tested(token, holds != 0);
  } else if (activity.loop == Loop::standard) {
    // loopCondition: true means once more.
    state.set_phase(token, Phase::moving);
    if (holds != 0)
      run_body(token);
    else
      activity_done(token);
  } else {
    instance_tested(token, holds);
  }
}

bool ends_instances(const State& state, std::uint32_t token, std::uint32_t answer) {
  const Scope& instances = state.scopes[state.tokens[token].scope];
  return answer != 0 || (instances.remaining == 0 && instances.live == 1);
}

/// completionCondition, and the conditions of complex behaviors: the instances that still run are cancelled
/// and one token goes on (10.3.8).
void Play::instance_tested(std::uint32_t token, std::uint32_t holds) {
  state.set_phase(token, Phase::moving);  // answered
  if ((holds >> 1) != 0 && !throw_behavior_events(token, holds >> 1)) return;
  if (holds == 0) return instance_done(token);
  const std::uint32_t instances = state.tokens[token].scope;
  state.remove_token(token);
  instances_done(instances);
}

void Play::instance_done(std::uint32_t token) {
  const std::uint32_t instances = state.tokens[token].scope;
  const NodeId activity = state.tokens[token].node;
  const std::uint32_t number = state.tokens[token].count;
  state.remove_token(token);
  Scope& scope = state.scopes[instances];
  if (scope.remaining > 0) {
    --scope.remaining;
    const std::uint32_t body = state.put_token(instances, activity, FlowId::none, Phase::moving);
    state.tokens[body].count = number + 1;
    run_body(body);
    return;
  }
  if (scope.live == 0) instances_done(instances);
}

void Play::instances_done(std::uint32_t instances) {
  const std::uint32_t host = state.scopes[instances].host;
  log(What::closed, instances, state.scopes[instances].node);
  interrupt(instances, no_slot);
  if (state.scopes[instances].first == no_slot) {
    state.remove_scope(instances);
    state.tokens[host].child = no_slot;
  } else {  // instances that can be compensated
    state.scopes[instances].kind = ScopeKind::kept;
    state.scopes[instances].remaining = 0;
    state.touch_scope(instances);
  }
  activity_done(host);
}

void Play::activity_done(std::uint32_t token) {
  const NodeId activity = state.tokens[token].node;
  if (graph.boundary_ranges[index(activity)].size() != 0 || state.tokens[token].child != no_slot) {
    disarm(token);
    remember(token);
  }
  state.set_phase(token, Phase::moving);
  if (graph[activity].for_compensation) return handler_done(token);
  ++state.tokens[token].generation;  // what stands beside it, local variables for instance, ends here
  std::vector<TokenId> more;         // completionQuantity
  for (std::uint32_t i = 1; i < graph[activity].completion_quantity; ++i)
    more.push_back(state.id(
        state.put_token(state.tokens[token].scope, activity, state.tokens[token].flow, Phase::moving)));
  leave(token);
  for (const TokenId each : more)
    if (!over() && state.valid(each)) leave(each.slot);
}

}  // namespace weir::semantics
