#include "core/data/test_instance.hpp"

namespace weir::data {

InstanceTest test_instance(const graph::ProcessGraph& graph, const Expressions& expressions, NodeId node,
                           const value::Scope& variables, feel::Workspace& workspace,
                           Diagnostics& diagnostics) {
  InstanceTest out;
  const auto test = [&](const feel::Expression* condition, std::uint32_t bit) {
    const std::optional<bool> holds =
        condition == nullptr ? std::nullopt : feel::condition(*condition, variables, workspace);
    if (!holds && condition != nullptr) feel::report(*condition, workspace, diagnostics);
    out.unknown = out.unknown || !holds;
    if (!holds.value_or(false)) return;
    out.holds |= 1u << bit;
    out.true_ones.push_back(condition);
  };
  if (graph[node].has_condition) test(expressions.loop_condition(node), 0);
  for (std::uint32_t i = 0; i < graph[node].complex_behaviors; ++i)
    test(expressions.behavior_condition(node, i), i + 1);
  return out;
}

}  // namespace weir::data
