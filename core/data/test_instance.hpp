// What data says at the end of an instance of a multi-instance activity (BPMN 2.0.2 section 10.3.8).
#pragma once

#include <optional>
#include <vector>

#include "core/data/expressions.hpp"

namespace weir::data {

struct InstanceTest {
  std::uint32_t holds = 0;  // an answer to Ask::again, see semantics::Answer::count
  bool unknown = false;     // a condition is null; it counts as false
  std::vector<const feel::Expression*> true_ones;
};

/// completionCondition and the conditions of complex behaviors. Why one is null goes to `diagnostics`.
InstanceTest test_instance(const graph::ProcessGraph& graph, const Expressions& expressions, NodeId node,
                           const value::Scope& variables, feel::Workspace& workspace,
                           Diagnostics& diagnostics);

}  // namespace weir::data
