#include "core/data/choose_activities.hpp"

namespace weir::data {

std::optional<Activation> choose_activities(const graph::ProcessGraph& graph, const Expressions& expressions,
                                            const semantics::State& state, std::uint32_t host,
                                            std::uint32_t activated, const value::Scope& variables,
                                            feel::Workspace& workspace) {
  const NodeId node = state.tokens[host].node;
  const std::uint32_t scope = state.tokens[host].child;
  const bool busy = scope != semantics::no_slot && state.scopes[scope].live > 0;
  const feel::Expression* completion = expressions.loop_condition(node);
  Activation chosen;
  if (activated > 0 && completion != nullptr &&
      feel::condition(*completion, variables, workspace).value_or(false)) {
    chosen.count = graph[node].cancel_remaining ? 2 : 0;
    return chosen;
  }
  std::vector<NodeId> all;
  for (const NodeId child : graph.children(node))
    if (graph[child].activity && graph.incoming(child).empty() && !graph[child].event_sub_process &&
        !graph[child].for_compensation)
      all.push_back(child);
  if (activated >= all.size()) {
    if (busy && completion != nullptr) return std::nullopt;
    return chosen;
  }
  if (graph[node].sequential) {
    if (busy) return std::nullopt;
    chosen.nodes.push_back(all[activated]);
    chosen.count = 1;
    return chosen;
  }
  chosen.nodes = std::move(all);
  chosen.count = completion == nullptr ? 0 : 1;
  return chosen;
}

std::uint32_t activation_count(const semantics::State& state, std::uint32_t token) {
  const semantics::Token& at = state.tokens[token];
  std::uint32_t count = 0;
  for (std::uint32_t each = state.scopes[at.scope].first; each != semantics::no_slot;
       each = state.tokens[each].next) {
    const semantics::Token& other = state.tokens[each];
    count += other.node == at.node &&
             (other.phase == semantics::Phase::joining || other.phase == semantics::Phase::testing);
  }
  return count;
}

std::optional<bool> activates(NodeId gateway, const Expressions& expressions, const semantics::State& state,
                              std::uint32_t token, const value::Scope& variables,
                              feel::Workspace& workspace) {
  const feel::Expression* condition = expressions.loop_condition(gateway);
  if (condition == nullptr) return true;
  const value::Entry count{value::Key("activationCount"),
                           value::Value::integer(activation_count(state, token))};
  value::Scope scope;
  scope.entries = std::span(&count, 1);
  scope.outer = &variables;
  return feel::condition(*condition, scope, workspace);
}

}  // namespace weir::data
