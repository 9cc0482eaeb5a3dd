// Exclusive: the first true condition in document order. Inclusive, and conditional flows of activities:
// every true one and every flow without a condition; the default flow when no condition is true ("if all the
// other outgoing conditional flow is not true", table 7.2), also beside flows without a condition. A flow
// without a condition behind an exclusive gateway is undecided: BPMN wants a condition there.
#include "core/data/choose_flows.hpp"

#include <algorithm>
#include <optional>

namespace weir::data {

using graph::ElementKind;

namespace {

/// Into document order.
void sort(const graph::ProcessGraph& graph, NodeId node, std::vector<FlowId>& flows) {
  std::vector<FlowId> sorted;
  for (const FlowId flow : graph.outgoing(node))
    if (std::find(flows.begin(), flows.end(), flow) != flows.end()) sorted.push_back(flow);
  flows = std::move(sorted);
}

}  // namespace

Decision choose_flows(const graph::ProcessGraph& graph, const Expressions& expressions, NodeId node,
                      const value::Scope& variables, std::uint32_t round, feel::Workspace& workspace,
                      Diagnostics& diagnostics, Bare bare) {
  const bool exclusive = graph[node].kind == ElementKind::exclusive_gateway;
  Decision decision;
  std::vector<FlowId> undecided;
  FlowId otherwise = FlowId::none;
  bool one_true = false, conditions = false;
  for (const FlowId flow : graph.outgoing(node)) {
    if (graph[flow].is_default) {
      otherwise = flow;
      continue;
    }
    const feel::Expression* condition = expressions.condition(flow);
    if (!graph[flow].conditional && condition == nullptr) {
      if (exclusive && bare == Bare::undecided) {
        undecided.push_back(flow);
        continue;
      }
      decision.flows.push_back(flow);
      if (exclusive) return decision;
      continue;
    }
    conditions = true;
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
  if (one_true) return decision;
  if (undecided.empty()) {
    // Without any condition to be false there is nothing that a default flow could be the other way of.
    if (otherwise != FlowId::none && (conditions || decision.flows.empty())) {
      decision.why = Why::default_flow;
      decision.flows.push_back(otherwise);
      sort(graph, node, decision.flows);
    } else if (decision.flows.empty()) {
      decision.why = Why::none;
    }
    return decision;
  }
  decision.why = Why::unknown;
  if (otherwise != FlowId::none) undecided.insert(undecided.begin(), otherwise);
  decision.flows.push_back(undecided[round % undecided.size()]);
  sort(graph, node, decision.flows);  // flows without a condition are taken anyway
  return decision;
}

}  // namespace weir::data
