// Movement: tokens leave nodes by sequence flows, arrive at the next ones and enter them; enter() is the only
// switch over node kinds. settle() is the scheduler described in semantics.hpp.
#include "core/semantics/semantics.hpp"

#include <array>

#include "core/semantics/play.hpp"

namespace weir::semantics {

using graph::Trigger;
using model::ElementKind;

std::string_view ask_name(Ask ask) {
  switch (ask) {
    case Ask::flows:
      return "flows";
    case Ask::count:
      return "count";
    case Ask::again:
      return "again";
    case Ask::activate:
      return "activate";
    case Ask::work:
      return "work";
    case Ask::event:
      return "event";
  }
  return "work";
}

void reset(Outcome& outcome) {
  outcome.opened.clear();
  outcome.withdrawn.clear();
  outcome.thrown.clear();
  outcome.compensated.clear();
  outcome.trace.clear();
  outcome.queue.clear();
  outcome.end = End::running;
  outcome.error = CodeId::none;
  outcome.failed_at = NodeId::none;
}

namespace {

/// Questions a token in this phase holds open.
template <class F>
void questions_of(const ProcessGraph& graph, const State& state, std::uint32_t slot, F f) {
  const Token& token = state.tokens[slot];
  if (token.phase == Phase::free) return;  // it may stand in no scope
  Question question{Ask::work, state.scope_id(token.scope), state.id(slot), token.node};
  switch (token.phase) {
    case Phase::choosing:
      question.ask = Ask::flows;
      break;
    case Phase::counting:
      question.ask = Ask::count;
      break;
    case Phase::testing:
      question.ask = Ask::again;
      break;
    case Phase::working:
      question.ask = Ask::work;
      break;
    case Phase::armed:
      question.ask = Ask::event;
      break;
    case Phase::catching:
      question.ask = Ask::event;
      if (graph[token.node].kind == ElementKind::event_based_gateway) {
        for (const FlowId flow : graph.outgoing(token.node)) {
          question.node = graph[flow].target;
          f(question);
        }
        return;
      }
      break;
    case Phase::hosting:
      if (graph[token.node].kind != ElementKind::ad_hoc_sub_process || token.child == no_slot ||
          state.scopes[token.child].kind != ScopeKind::body || state.scopes[token.child].remaining == 0)
        return;
      question.ask = Ask::activate;  // `remaining` of an ad-hoc scope: still open for activation
      break;
    default:
      return;
  }
  f(question);
}

}  // namespace

void Play::ask(std::uint32_t token, Phase phase) {
  state.set_phase(token, phase);
  const Token& at = state.tokens[token];
  if (phase == Phase::hosting ||
      (phase == Phase::catching && node(token).kind == ElementKind::event_based_gateway)) {
    questions_of(graph, state, token, [&](const Question& question) { outcome.opened.push_back(question); });
    return;
  }
  constexpr std::array asks{Ask::work,  Ask::work, Ask::work, Ask::flows, Ask::count, Ask::again, Ask::work,
                            Ask::event, Ask::work, Ask::work, Ask::work,  Ask::event, Ask::work,  Ask::work};
  outcome.opened.push_back(
      {asks[static_cast<std::size_t>(phase)], state.scope_id(at.scope), state.id(token), at.node});
}

void Play::withdraw(std::uint32_t token) {
  questions_of(graph, state, token, [&](const Question& question) {
    // A question that was opened and withdrawn in one call never existed for the driver.
    for (std::size_t i = outcome.opened.size(); i-- > 0;)
      if (outcome.opened[i] == question) {
        outcome.opened.erase(outcome.opened.begin() + static_cast<std::ptrdiff_t>(i));
        return;
      }
    outcome.withdrawn.push_back(question);
  });
}

void Play::arrive(std::uint32_t token, FlowId flow) {
  Token& at = state.tokens[token];
  at.flow = flow;
  at.node = graph[flow].target;
  at.count = 0;
  state.touch_token(token);
  log(What::taken, at.scope, graph[flow].source, flow);
  if (graph[at.node].joins) {
    arrive_at_join(token);
    return;
  }
  state.set_phase(token, Phase::moving);
  if (graph[at.node].at_once)
    enter(token);
  else if (outcome.pace == Pace::rest)
    outcome.queue.push_back(state.id(token));
}

void Play::take(std::uint32_t token, std::span<const FlowId> flows) {
  if (flows.empty()) {
    if (node(token).ends) log(What::ended, state.tokens[token].scope, state.tokens[token].node);
    end_token(token);
    return;
  }
  // Arriving never ends a token or a scope (it queues, joins or asks), so document order is safe.
  const std::uint32_t scope = state.tokens[token].scope;
  const NodeId source = state.tokens[token].node;
  arrive(token, flows[0]);
  for (std::size_t i = 1; i < flows.size(); ++i) {
    if (outcome.queue.size() >= outcome.budget) {
      outcome.end = End::runaway;
      return;
    }
    arrive(state.put_token(scope, source, FlowId::none, Phase::moving), flows[i]);
  }
}

void Play::leave(std::uint32_t token) {
  Token& at = state.tokens[token];
  at.flow = FlowId::none;
  if (graph[at.node].asks_flows) {
    ask(token, Phase::choosing);
    return;
  }
  log(What::left, at.scope, at.node);
  const auto flows = graph.outgoing(at.node);
  if (flows.size() == 1)
    arrive(token, flows[0]);
  else
    take(token, flows);
}

void Play::end_token(std::uint32_t token) {
  const std::uint32_t scope = state.tokens[token].scope;
  state.remove_token(token);
  if (state.scopes[scope].live == 0) scope_done(scope);
}

void Play::enter(std::uint32_t token) {
  Token& at = state.tokens[token];
  const graph::Node& entered = graph[at.node];
  log(What::entered, at.scope, at.node);
  switch (entered.kind) {
    case ElementKind::start_event:
      leave(token);
      break;
    case ElementKind::end_event:
      enter_end_event(token);
      break;
    case ElementKind::intermediate_throw_event:
    case ElementKind::implicit_throw_event:
      enter_throw_event(token);
      break;
    case ElementKind::intermediate_catch_event:
      if (entered.trigger == Trigger::link)
        leave(token);
      else
        ask(token, Phase::catching);
      break;
    case ElementKind::event_based_gateway:
      ask(token, Phase::catching);
      break;
    case ElementKind::exclusive_gateway:
    case ElementKind::inclusive_gateway:
      if (entered.asks_flows) {
        ask(token, Phase::choosing);  // keeps `flow`: the token still rests in front of its decision
        break;
      }
      leave(token);
      break;
    case ElementKind::parallel_gateway:
      leave(token);
      break;
    default:
      if (entered.works)
        enter_activity(token);
      else
        leave(token);
      break;
  }
}

void Play::settle() {
  if (outcome.queue.empty() && state.joins.empty()) return;
  std::size_t head = 0;
  for (std::uint32_t lazy = 0;; ++lazy) {  // inclusive joins in a circle move without ever using the queue
    while (head < outcome.queue.size() && !over()) {
      if (head + lazy >= outcome.budget) break;
      const TokenId id = outcome.queue[head++];
      if (!state.valid(id)) continue;
      const Token& token = state.tokens[id.slot];
      if (token.phase == Phase::moving)
        enter(id.slot);
      else if (token.phase == Phase::joining)
        fire_if_enabled(token.scope, token.node);
    }
    if (over()) return;
    if (head + lazy >= outcome.budget) {
      outcome.end = End::runaway;
      return;
    }
    if (outcome.pace == Pace::step || !fire_some_lazy_join()) return;
  }
}

namespace {

/// 10.6.6: the first event of a Parallel gateway begins the instance, which then waits for all others.
void begin_at_gateway(Play& play, std::uint32_t root, NodeId event) {
  const ProcessGraph& graph = play.graph;
  NodeId gateway = NodeId::none;
  for (const FlowId flow : graph.incoming(event))
    if (const NodeId source = graph[flow].source;
        graph[source].kind == ElementKind::event_based_gateway && graph[source].instantiate)
      gateway = source;
  if (gateway == NodeId::none) return;
  play.log(What::entered, root, gateway);
  play.log(What::left, root, gateway);
  for (const FlowId flow : graph.outgoing(gateway)) {
    const NodeId target = graph[flow].target;
    if (target != event && !graph[gateway].parallel) continue;
    play.log(What::taken, root, gateway, flow);
    if (target == event) continue;
    const std::uint32_t token = play.state.put_token(root, target, flow, Phase::moving);
    play.outcome.queue.push_back(play.state.id(token));
  }
}

}  // namespace

void start(const ProcessGraph& graph, NodeId start_event, State& state, Outcome& outcome) {
  reset(outcome);
  state.clear();
  Play play{graph, state, outcome};
  const std::uint32_t root = state.put_scope(graph::process_node, no_slot, no_slot, ScopeKind::body);
  play.log(What::opened, root, graph::process_node);
  play.arm_event_sub_processes(root);
  const auto place = [&](NodeId node) {
    const std::uint32_t token = state.put_token(root, node, FlowId::none, Phase::moving);
    outcome.queue.push_back(state.id(token));
  };
  if (start_event == graph::process_node) {
    for (const NodeId node : graph.start_nodes(graph::process_node)) place(node);
    if (graph.start_nodes(graph::process_node).empty()) {
      play.scope_done(root);
      return;
    }
  } else if (graph[start_event].kind == ElementKind::start_event) {
    place(start_event);
    for (const NodeId node : graph.start_nodes(graph::process_node)) place(node);
  } else {
    // An instantiating receive task, or an event of an instantiating gateway: what starts the instance is
    // what it waits for.
    const std::uint32_t token = state.put_token(root, start_event, FlowId::none, Phase::moving);
    for (const NodeId node : graph.start_nodes(graph::process_node)) place(node);
    begin_at_gateway(play, root, start_event);
    play.log(What::entered, root, start_event);
    play.leave(token);
  }
  if (outcome.pace == Pace::step) {
    outcome.queue.clear();
    for (std::uint32_t slot = 0; slot < state.tokens.size(); ++slot)
      if (state.tokens[slot].phase == Phase::moving && enters_at_once(graph, state.tokens[slot].node))
        play.enter(slot);
    return;
  }
  play.settle();
}

void answer(const ProcessGraph& graph, const Question& question, const Answer& given, State& state,
            Outcome& outcome) {
  reset(outcome);
  if (!state.valid(question.token)) return;
  const std::uint32_t slot = question.token.slot;
  Play play{graph, state, outcome};
  const Phase phase = state.tokens[slot].phase;
  switch (question.ask) {
    case Ask::flows:
      if (phase != Phase::choosing) return;
      play.log(What::left, state.tokens[slot].scope, state.tokens[slot].node);
      state.set_phase(slot, Phase::moving);
      play.take(slot, given.flows);
      break;
    case Ask::count:
      if (phase != Phase::counting) return;
      play.instances_counted(slot, given.count);
      break;
    case Ask::again:
      if (phase != Phase::testing) return;
      play.tested(slot, given.count);
      break;
    case Ask::activate:
      if (phase != Phase::hosting) return;
      play.activated(slot, given.nodes, given.count);
      break;
    case Ask::work:
      if (phase != Phase::working) return;
      if (given.reply == Reply::done) {
        play.body_done(slot);
      } else {
        const Trigger trigger = given.reply == Reply::error        ? Trigger::error
                                : given.reply == Reply::escalation ? Trigger::escalation
                                                                   : Trigger::cancel;
        const NodeId raised_at = state.tokens[slot].node;
        const std::uint32_t raised_in = state.tokens[slot].scope;
        if (trigger != Trigger::escalation)
          state.set_phase(slot, Phase::moving);  // answered: not to be withdrawn
        if (!play.raise(trigger, given.code, slot)) {
          if (trigger == Trigger::escalation)
            outcome.thrown.push_back({trigger, raised_at, given.code, raised_in});
          else
            play.fail(raised_at, given.code);
        }
      }
      break;
    case Ask::event:
      if (phase == Phase::armed)
        play.fire_armed(slot);
      else if (phase == Phase::catching)
        play.happened(slot, question.node);
      else
        return;
      break;
  }
  if (!play.over()) play.settle();
}

void move(const ProcessGraph& graph, TokenId token, State& state, Outcome& outcome) {
  reset(outcome);
  if (!state.valid(token)) return;
  Play play{graph, state, outcome};
  const Phase phase = state.tokens[token.slot].phase;
  if (phase == Phase::moving)
    play.enter(token.slot);
  else if (phase == Phase::joining)
    play.fire_if_enabled(state.tokens[token.slot].scope, state.tokens[token.slot].node);
}

void open_questions(const ProcessGraph& graph, const State& state, std::vector<Question>& out) {
  for (std::uint32_t slot = 0; slot < state.tokens.size(); ++slot)
    questions_of(graph, state, slot, [&](const Question& question) { out.push_back(question); });
}

void open_moves(const ProcessGraph& graph, const State& state, std::vector<TokenId>& out) {
  for (std::uint32_t slot = 0; slot < state.tokens.size(); ++slot)
    if (state.tokens[slot].phase == Phase::moving) out.push_back(state.id(slot));
  for (const Join& join : state.joins) {
    if (!join_enabled(graph, state, join)) continue;
    for (std::uint32_t at = state.scopes[join.scope].first; at != no_slot; at = state.tokens[at].next)
      if (state.tokens[at].node == join.node && state.tokens[at].phase == Phase::joining) {
        out.push_back(state.id(at));
        break;
      }
  }
}

}  // namespace weir::semantics
