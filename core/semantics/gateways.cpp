// Gateways, BPMN 2.0.2 section 13.4. A parallel gateway fires when each incoming flow holds a token. An
// inclusive gateway follows table 13.3 (as corrected by OMG issue BPMN2-289): it fires when no token
// elsewhere in its scope can still reach an empty incoming flow without having a path to a marked one.
// graph::reach holds both sides as bit rows, so the question costs two tests per token and incoming flow. A
// complex gateway (table 13.5) fires when its activation condition holds and is reset when no more token can
// come.
#include <algorithm>
#include <utility>

#include "core/base/check.hpp"
#include "core/semantics/play.hpp"

namespace weir::semantics {

using model::ElementKind;

namespace {

constexpr std::uint32_t no_row = 0xffffffffu;

bool has_token(const State& state, std::uint32_t scope, NodeId gateway, FlowId flow, Phase phase) {
  for (std::uint32_t at = state.scopes[scope].first; at != no_slot; at = state.tokens[at].next) {
    const Token& token = state.tokens[at];
    if (token.phase == phase && token.node == gateway && token.flow == flow) return true;
  }
  return false;
}

bool reaches(const ProcessGraph& graph, NodeId gateway, std::uint32_t row, NodeId from) {
  const std::size_t word = graph.reach_offset[index(gateway)] +
                           static_cast<std::size_t>(row) * graph.reach_words[index(gateway)] +
                           graph.local[index(from)] / 64;
  return (graph.reach_bits[word] >> (graph.local[index(from)] % 64)) & 1u;
}

/// Table 13.3, for one token and the rows (incoming flows) it can reach: it fills an empty flow and no marked
/// one.
template <class Reaches>
bool holds_back(const std::vector<char>& marked, Reaches reaches_row) {
  bool to_empty = false;
  for (std::uint32_t row = 0; row < marked.size(); ++row) {
    if (!reaches_row(row)) continue;
    if (marked[row]) return false;
    to_empty = true;
  }
  return to_empty;
}

/// An activity or join that has fired and only asks by which flows to leave. (A decision entered at once is
/// still in front.)
bool is_leaving(const ProcessGraph& graph, const Token& token) {
  return token.phase == Phase::choosing &&
         !(model::is(graph[token.node].kind, model::Category::gateway) && enters_at_once(graph, token.node));
}

/// No token elsewhere in the scope holds the gateway back, given which incoming flows count as marked.
bool nothing_on_its_way(const ProcessGraph& graph, const State& state, std::uint32_t scope, NodeId gateway,
                        const std::vector<char>& marked) {
  if (graph.reach_row[index(gateway)] == no_row) return true;
  for (std::uint32_t at = state.scopes[scope].first; at != no_slot; at = state.tokens[at].next) {
    const Token& token = state.tokens[at];
    if (!is_live(token.phase)) continue;
    if (token.phase == Phase::compensating && (graph[token.node].activity || !graph[token.node].waits))
      continue;  // goes nowhere
    if (is_leaving(graph, token)) {
      // Firing and leaving are one act in chapter 13. Until the flows are known, each of them counts as
      // taken; otherwise the gateway could fire again before a token of its own comes back.
      for (const FlowId flow : graph.outgoing(token.node)) {
        const NodeId target = graph[flow].target;
        if (holds_back(marked, [&](std::uint32_t row) {
              return target == gateway ? graph.flow_position[index(flow)] == row
                                       : reaches(graph, gateway, row, target);
            }))
          return false;
      }
      continue;
    }
    if (token.node == gateway && (token.phase == Phase::joining || token.phase == Phase::testing)) continue;
    if (holds_back(marked, [&](std::uint32_t row) { return reaches(graph, gateway, row, token.node); }))
      return false;
  }
  return true;
}

std::vector<char> marked_flows(const ProcessGraph& graph, const State& state, std::uint32_t scope,
                               NodeId gateway, bool consumed_too) {
  std::vector<char> marked(graph.incoming(gateway).size(), 0);
  for (std::uint32_t at = state.scopes[scope].first; at != no_slot; at = state.tokens[at].next) {
    const Token& token = state.tokens[at];
    if (token.node != gateway || token.flow == FlowId::none) continue;
    const bool waits = token.phase == Phase::joining || token.phase == Phase::testing;
    if (waits || (consumed_too && token.phase == Phase::consumed))
      marked[graph.flow_position[index(token.flow)]] = 1;
  }
  return marked;
}

bool in_reset_phase(const State& state, std::uint32_t scope, NodeId gateway) {
  for (std::uint32_t at = state.scopes[scope].first; at != no_slot; at = state.tokens[at].next)
    if (state.tokens[at].node == gateway && state.tokens[at].phase == Phase::consumed) return true;
  return false;
}

/// A set of incoming flows; on the stack for the gateways people draw.
class FlowMarks {
 public:
  explicit FlowMarks(std::size_t flows) {
    if (flows > 64) many_.resize(flows, 0);
  }
  /// False when it was marked before.
  bool mark(std::uint32_t position) {
    if (!many_.empty()) return !std::exchange(many_[position], char{1});
    const std::uint64_t bit = std::uint64_t{1} << position;
    return !(std::exchange(few_, few_ | bit) & bit);
  }

 private:
  std::uint64_t few_ = 0;
  std::vector<char> many_;
};

Join* find_join(State& state, std::uint32_t scope, NodeId gateway) {
  for (Join& join : state.joins)
    if (join.scope == scope && join.node == gateway) return &join;
  return nullptr;
}

void drop_join(State& state, const Join* join) {
  state.joins.erase(state.joins.begin() + (join - state.joins.data()));
}

}  // namespace

bool join_enabled(const ProcessGraph& graph, const State& state, const Join& join) {
  const auto incoming = graph.incoming(join.node).size();
  if (join.distinct == 0) return false;
  switch (graph[join.node].kind) {
    case ElementKind::parallel_gateway:
      return join.distinct == incoming;
    case ElementKind::inclusive_gateway:
      return join.distinct == incoming ||
             nothing_on_its_way(graph, state, join.scope, join.node,
                                marked_flows(graph, state, join.scope, join.node, false));
    case ElementKind::complex_gateway:  // activation goes through Ask::again; here only the reset
      return in_reset_phase(state, join.scope, join.node) &&
             nothing_on_its_way(graph, state, join.scope, join.node,
                                marked_flows(graph, state, join.scope, join.node, true));
    default:
      return false;
  }
}

namespace {

/// Books one more token in front of a gateway.
void count_arrival(const ProcessGraph& graph, State& state, const Token& token) {
  Join* join = find_join(state, token.scope, token.node);
  if (join == nullptr) {
    state.joins.push_back(Join{token.scope, token.node, 0, 0});
    join = &state.joins.back();
  }
  const std::uint32_t position = graph.flow_position[index(token.flow)];
  bool first_on_flow = false;
  if (position < 64) {
    first_on_flow = ((join->mask >> position) & 1u) == 0;
    join->mask |= std::uint64_t{1} << position;
  } else {
    first_on_flow = !has_token(state, token.scope, token.node, token.flow, Phase::joining);
  }
  if (first_on_flow) ++join->distinct;
}

}  // namespace

void rebuild_joins(const ProcessGraph& graph, State& state) {
  state.joins.clear();
  for (std::uint32_t slot = 0; slot < state.tokens.size(); ++slot) {
    const Token token = state.tokens[slot];
    const bool at_complex =
        token.phase == Phase::testing && graph[token.node].kind == ElementKind::complex_gateway;
    if (token.phase != Phase::joining && token.phase != Phase::consumed && !at_complex) continue;
    if (!graph[token.node].joins) continue;    // in front of an activity with a startQuantity
    state.tokens[slot].phase = Phase::moving;  // so that it does not count itself
    count_arrival(graph, state, token);
    state.tokens[slot].phase = token.phase;
  }
}

void Play::arrive_at_join(std::uint32_t slot) {
  const Token token = state.tokens[slot];
  count_arrival(graph, state, token);
  state.set_phase(slot, Phase::joining);
  const graph::Node& gateway = graph[token.node];
  if (gateway.kind == ElementKind::complex_gateway) {
    if (!in_reset_phase(state, token.scope, token.node)) ask(slot, Phase::testing);
  } else if (outcome.pace == Pace::rest && gateway.kind == ElementKind::parallel_gateway) {
    outcome.queue.push_back(state.id(slot));
  }
}

bool Play::fire_if_enabled(std::uint32_t scope, NodeId gateway) {
  Join* join = find_join(state, scope, gateway);
  if (join == nullptr || !join_enabled(graph, state, *join)) return false;
  if (graph[gateway].kind == ElementKind::complex_gateway) {
    reset_complex(scope, gateway);
    return true;
  }
  log(What::entered, scope, gateway);
  // One token of each marked flow goes in, and one of them goes on; tokens on one flow are all alike.
  std::uint32_t goes_on = no_slot;
  FlowMarks seen(graph.incoming(gateway).size());
  bool more = false;
  drop_join(state, join);
  for_each_token(state, scope, [&](std::uint32_t at) {
    const Token& token = state.tokens[at];
    if (token.node != gateway || token.phase != Phase::joining) return;
    if (!seen.mark(graph.flow_position[index(token.flow)]))
      more = true;
    else if (goes_on == no_slot)
      goes_on = at;
    else
      state.remove_token(at);
  });
  WEIR_CHECK(goes_on != no_slot);
  state.set_phase(goes_on, Phase::moving);
  if (more) {  // tokens that stay behind wait for the next round
    for_each_token(state, scope, [&](std::uint32_t at) {
      if (state.tokens[at].node == gateway && state.tokens[at].phase == Phase::joining) arrive_at_join(at);
    });
  }
  leave(goes_on);
  return true;
}

bool Play::fire_some_lazy_join() {
  for (std::size_t i = 0; i < state.joins.size(); ++i) {
    const Join join = state.joins[i];
    const ElementKind kind = graph[join.node].kind;
    if (kind != ElementKind::inclusive_gateway && kind != ElementKind::complex_gateway) continue;
    if (fire_if_enabled(join.scope, join.node)) return true;
  }
  return false;
}

void Play::activation_tested(std::uint32_t slot, bool holds) {
  const std::uint32_t scope = state.tokens[slot].scope;
  const NodeId gateway = state.tokens[slot].node;
  if (!holds) {
    state.set_phase(slot, Phase::joining);
    return;
  }
  log(What::entered, scope, gateway);
  // First phase (table 13.5): one token of each marked flow is consumed and remembered until the reset.
  std::vector<char> seen(graph.incoming(gateway).size(), 0);
  for_each_token(state, scope, [&](std::uint32_t at) {
    const Token& token = state.tokens[at];
    if (token.node != gateway || (token.phase != Phase::joining && token.phase != Phase::testing)) return;
    char& flow_seen = seen[graph.flow_position[index(token.flow)]];
    if (token.phase == Phase::testing && at != slot) {
      withdraw(at);
      state.set_phase(at, Phase::joining);
    }
    if (flow_seen) return;
    flow_seen = 1;
    if (at != slot) state.set_phase(at, Phase::consumed);
  });
  const FlowId flow = state.tokens[slot].flow;
  const std::uint32_t memory = state.put_token(scope, gateway, flow, Phase::consumed);
  state.tokens[memory].count = 1;
  if (Join* join = find_join(state, scope, gateway)) drop_join(state, join);
  // The join entry stays while the gateway waits for its reset, so that the scheduler looks at it.
  Join waiting{scope, gateway, static_cast<std::uint32_t>(std::count(seen.begin(), seen.end(), 1)), 0};
  state.joins.push_back(waiting);
  state.set_phase(slot, Phase::moving);
  leave(slot);
}

void Play::reset_complex(std::uint32_t scope, NodeId gateway) {
  if (Join* join = find_join(state, scope, gateway)) drop_join(state, join);
  std::uint32_t goes_on = no_slot;
  for_each_token(state, scope, [&](std::uint32_t at) {
    const Token& token = state.tokens[at];
    if (token.node != gateway) return;
    if (token.phase == Phase::consumed) {
      state.remove_token(at);
    } else if (token.phase == Phase::joining) {
      // Tokens of the second phase are consumed by the reset; table 13.5 lets the outgoing conditions decide
      // again whether a token leaves: that needs the data of `waitingForStart`, so here they end.
      if (goes_on == no_slot)
        goes_on = at;
      else
        state.remove_token(at);
    }
  });
  if (goes_on != no_slot)
    end_token(goes_on);
  else if (state.scopes[scope].live == 0)
    scope_done(scope);
}

}  // namespace weir::semantics
