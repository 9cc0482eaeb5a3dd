// Verifying the processes of a file: what `weir lint` and `weir verify` have in common.
#pragma once

#include "core/base/diagnostic.hpp"
#include "core/graph/process_graph.hpp"
#include "core/model/definitions.hpp"
#include "core/verify/answers.hpp"

namespace weir::cli {

/// One process and what verify knows about it.
struct VerifiedProcess {
  model::ProcessIndex process = model::ProcessIndex::none;
  graph::ProcessGraph graph;
  verify::Report report;  // all unknown when the process cannot run
  Diagnostics problems;   // why it cannot run: broken references, elements weir does not execute
  Diagnostics findings;   // violated properties
};

/// Verifies one process.
VerifiedProcess verify_process(const model::Definitions& definitions, model::ProcessIndex process,
                               const verify::Options& options);

}  // namespace weir::cli
