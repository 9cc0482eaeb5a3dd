// Exclusive: the first true condition in document order. Inclusive, and conditional flows of activities:
// every true one and every flow without a condition. A flow without a condition behind an exclusive gateway
// is undecided: BPMN wants a condition there.
#include "core/data/choose_flows.hpp"

#include <algorithm>
#include <optional>

namespace weir::data {

using graph::ElementKind;

Decision choose_flows(const graph::ProcessGraph& graph, const Expressions& expressions, NodeId node,
                      const value::Scope& variables, std::uint32_t round, feel::Workspace& workspace,
                      Diagnostics& diagnostics) {
  const bool exclusive = graph[node].kind == ElementKind::exclusive_gateway;
  Decision decision;
  std::vector<FlowId> undecided;
  FlowId otherwise = FlowId::none;
  bool one_true = false;
  for (const FlowId flow : graph.outgoing(node)) {
    if (graph[flow].is_default) {
      otherwise = flow;
      continue;
    }
    const feel::Expression* condition = expressions.condition(flow);
    if (!graph[flow].conditional && condition == nullptr) {
      if (exclusive)
        undecided.push_back(flow);
      else
        decision.flows.push_back(flow);
      continue;
    }
    std::optional<bool> holds;
    if (condition != nullptr) {
      holds = feel::condition(*condition, variables, workspace);
      if (!holds) feel::report(*condition, workspace, diagnostics);
    }
    if (!holds) {
      undecided.push_back(flow);
    } else if (*holds) {
      one_true = true;
      decision.flows.push_back(flow);
      if (exclusive) return decision;
    }
  }
  if (one_true || (!decision.flows.empty() && undecided.empty())) return decision;
  if (undecided.empty()) {
    if (otherwise == FlowId::none) {
      decision.why = Why::none;
    } else {
      decision.why = Why::default_flow;
      decision.flows.push_back(otherwise);
    }
    return decision;
  }
  if (!decision.flows.empty()) return decision;  // flows without a condition are taken anyway
  decision.why = Why::unknown;
  if (otherwise != FlowId::none) undecided.insert(undecided.begin(), otherwise);
  decision.flows.push_back(undecided[round % undecided.size()]);
  return decision;
}

}  // namespace weir::data
