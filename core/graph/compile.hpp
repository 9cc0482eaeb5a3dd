// model::Definitions -> ProcessGraph.
#pragma once

#include "core/base/diagnostic.hpp"
#include "core/graph/process_graph.hpp"

namespace weir::graph {

/// Compiles one process. What cannot run (a flow to nowhere, a boundary event without a host) is left out of
/// the graph and reported as an error with the id of the lint rule that explains it.
/// Start nodes of the process are what begins beside its start event, or without one. In models for no engine
/// these are also the activities without incoming flow (10.3), in sub-processes too.
ProcessGraph compile(const model::Definitions& definitions, model::ProcessIndex process,
                     Diagnostics& diagnostics);

/// Fills Node::activity, works, joins, asks_flows and at_once from the rest of the graph; compile() does.
void fill_roles(ProcessGraph& graph);

/// Reports every element whose meaning weir does not execute yet, as `unsupported-element` with its line.
/// Empty for a process that run and verify treat completely.
void report_unsupported(const model::Definitions& definitions, model::ProcessIndex process,
                        Diagnostics& diagnostics);

}  // namespace weir::graph
