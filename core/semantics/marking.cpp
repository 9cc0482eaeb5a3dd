// Written for clarity; it runs in tests and for witnesses only.
#include "core/semantics/marking.hpp"

#include <algorithm>

namespace weir::semantics {

std::string scope_path(const ProcessGraph& graph, const State& state, std::uint32_t scope) {
  std::string path;
  for (std::uint32_t at = scope; at != no_slot; at = state.scopes[at].parent) {
    if (state.scopes[at].kind == ScopeKind::instances) continue;  // the bodies inside carry the same name
    if (!path.empty()) path.insert(0, 1, '/');
    path.insert(0, graph.node_id(state.scopes[at].node));
  }
  return path;
}

Marking marking(const ProcessGraph& graph, const State& state) {
  Marking out;
  for (const Token& token : state.tokens) {
    if (!is_live(token.phase)) continue;
    std::string place = scope_path(graph, state, token.scope) + ":";
    const bool gateway = model::is(graph[token.node].kind, model::Category::gateway);
    const bool at_once = enters_at_once(graph, token.node);
    const bool on_flow = token.flow != FlowId::none &&
                         (token.phase == Phase::moving || at_once || token.phase == Phase::joining ||
                          (token.phase == Phase::testing && gateway));
    if (on_flow)
      place += "flow " + graph.flow_id(token.flow);
    else if (token.phase == Phase::moving && !at_once)
      place += "start " + graph.node_id(token.node);
    else if (token.phase == Phase::choosing && !(at_once && gateway))
      place += "exit " + graph.node_id(token.node);
    else if (token.phase == Phase::counting)
      place += "count " + graph.node_id(token.node);
    else if (token.phase == Phase::testing)
      place += "test " + graph.node_id(token.node);
    else
      place += "node " + graph.node_id(token.node);
    out.push_back(std::move(place));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace weir::semantics
