// Verifying the processes of a file: what `weir lint` and `weir verify` have in common.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/graph/process_graph.hpp"
#include "core/model/definitions.hpp"
#include "core/verify/properties.hpp"

namespace weir::cli {

/// One process and what verify knows about it.
struct VerifiedProcess {
  model::ProcessIndex process = model::ProcessIndex::none;
  graph::ProcessGraph graph;
  verify::Report report;  // all unknown when the process cannot run
  Diagnostics problems;   // why it cannot run: broken references, elements weir does not execute
  Diagnostics findings;   // violated properties
};

/// Verifies one process, with at most `limit_states` states.
VerifiedProcess verify_process(const model::Definitions& definitions, model::ProcessIndex process,
                               std::uint64_t limit_states);

}  // namespace weir::cli
