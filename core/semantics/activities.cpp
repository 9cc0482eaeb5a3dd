// Activities, BPMN 2.0.2 section 13.3: tasks, call activities, sub-processes and their loops. A token that
// enters an activity is its host: boundary events are armed with it, and with a multi-instance activity it
// hosts a scope of instances, in which each token runs the body once. A standard loop repeats the body on the
// host itself.
#include "core/base/check.hpp"
#include "core/semantics/play.hpp"

namespace weir::semantics {

using graph::Loop;
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
  const std::uint32_t kept = state.tokens[token].child;
  if (activity.loop != Loop::none &&
      kept != no_slot) {  // each round compensates by itself; the last one counts
    empty_scope(kept);
    state.remove_scope(kept);
    state.tokens[token].child = no_slot;
  }
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
      if (activity.behavior != graph::Behavior::all && !throw_behavior_event(token)) return;
      if (activity.has_condition)
        ask(token, Phase::testing);
      else
        instance_done(token);
      return;
  }
}

bool Play::throw_behavior_event(std::uint32_t token) {
  const TokenId instance = state.id(token);
  const NodeId activity = state.tokens[token].node;
  const graph::Node& node = graph[activity];
  const std::uint32_t host = state.scopes[state.tokens[token].scope].host;
  if (node.behavior == graph::Behavior::one) {
    if (state.tokens[host].count != 0) return true;
    state.tokens[host].count = 1;  // of the activity as a whole: it has been thrown
    state.touch_token(host);
  }
  outcome.thrown.push_back({node.behavior_event.trigger, activity, node.behavior_event.code});
  if (node.behavior_event.trigger == graph::Trigger::signal)
    deliver_signal(token, node.behavior_event.code, activity);
  return !over() && state.valid(instance);
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

void Play::tested(std::uint32_t token, bool holds) {
  const graph::Node& activity = node(token);
  if (activity.kind == ElementKind::complex_gateway) {
    activation_tested(token, holds);
  } else if (activity.loop == Loop::standard) {
    // loopCondition: true means once more.
    state.set_phase(token, Phase::moving);
    if (holds)
      run_body(token);
    else
      activity_done(token);
  } else if (holds) {
    // completionCondition: the instances that still run are cancelled (10.3.8).
    const std::uint32_t instances = state.tokens[token].scope;
    const std::uint32_t host = state.scopes[instances].host;
    state.remove_token(token);
    empty_scope(instances);
    state.remove_scope(instances);
    state.tokens[host].child = no_slot;
    activity_done(host);
  } else {
    instance_done(token);
  }
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
  if (scope.live > 0) return;
  const std::uint32_t host = scope.host;
  log(What::closed, instances, activity);
  empty_scope(instances);
  state.remove_scope(instances);
  state.tokens[host].child = no_slot;
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
