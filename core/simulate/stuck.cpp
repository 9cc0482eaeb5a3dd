// Every node and flow counts once per case, however many tokens and scopes of the case are concerned. Seldom
// enough that a scan per token is good enough.
#include "core/simulate/stuck.hpp"

#include <algorithm>

namespace weir::simulate {

using semantics::Phase;
using semantics::Token;

void tally_stuck(const graph::ProcessGraph& graph, const semantics::State& state, StuckTally& tally) {
  tally.waiting.resize(graph.nodes.size());
  tally.missing.resize(graph.flows.size());
  std::vector<NodeId> nodes;
  std::vector<FlowId> flows;
  for (const Token& token : state.tokens) {
    // A host waits for what is inside it: the cause is there.
    if (!semantics::is_live(token.phase) || token.phase == Phase::hosting) continue;
    nodes.push_back(token.node);
    if (token.phase != Phase::joining) continue;
    for (const FlowId flow : graph.incoming(token.node)) {
      const bool here = std::any_of(state.tokens.begin(), state.tokens.end(), [&](const Token& other) {
        return other.phase == Phase::joining && other.flow == flow && other.scope == token.scope;
      });
      if (!here) flows.push_back(flow);
    }
  }
  const auto count = [](auto& ids, std::vector<std::uint64_t>& counts) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (const auto id : ids) ++counts[index(id)];
  };
  count(nodes, tally.waiting);
  count(flows, tally.missing);
}

}  // namespace weir::simulate
