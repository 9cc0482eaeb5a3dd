// Why cases get stuck: a case whose tokens all wait for what cannot happen has a cause that can be named, and
// the diagnostic names it.
#pragma once

#include "core/semantics/semantics.hpp"
#include "core/simulate/kpi.hpp"

namespace weir::simulate {

/// Adds a case that got stuck in `state`: the nodes at which its tokens wait, and for joins the incoming
/// flows on which nothing waits and nothing will come.
void tally_stuck(const graph::ProcessGraph& graph, const semantics::State& state, StuckTally& tally);

}  // namespace weir::simulate
