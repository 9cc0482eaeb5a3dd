// Which way? Evaluates the conditions of the flows that leave a node (BPMN 2.0.2 sections 8.3.13 and 13.4).
#pragma once

#include <vector>

#include "core/data/expressions.hpp"

namespace weir::data {

/// How a decision came about.
enum class Why : std::uint8_t {
  condition,     // conditions were true
  default_flow,  // all conditions were false
  unknown,  // a condition is null or missing: the default flow, else the first flow not known to be false
  none      // every condition is false and there is no default flow
};

struct Decision {
  std::vector<FlowId> flows;  // empty for Why::none
  Why why = Why::condition;
};

/// What a flow without a condition means behind an exclusive gateway. BPMN wants a condition there; Camunda
/// 7, Flowable and Activiti take it as true.
enum class Bare : std::uint8_t { undecided, holds };

/// `round`: how often this node has been decided as `unknown` before in the same scope; the flows that come
/// into question take turns, so that loops without data end.
Decision choose_flows(const graph::ProcessGraph& graph, const Expressions& expressions, NodeId node,
                      const value::Scope& variables, std::uint32_t round, feel::Workspace& workspace,
                      Diagnostics& diagnostics, Bare bare = Bare::undecided);

}  // namespace weir::data
