// Reachability in a ProcessGraph.
#pragma once

#include "core/base/diagnostic.hpp"
#include "core/graph/process_graph.hpp"

namespace weir::graph {

/// Fills the reach rows of all inclusive joins and complex gateways (see ProcessGraph::reach_row). When the
/// rows together would need more than 64 MB nothing is filled and false is returned.
bool compute_reach(ProcessGraph& graph);

}  // namespace weir::graph
