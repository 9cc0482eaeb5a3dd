// Independent replications on threads, merged in their order: the figures do not depend on the threads.
#pragma once

#include <cstdint>
#include <vector>

#include "core/simulate/simulator.hpp"

namespace weir::simulate {

/// Runs `replications` (at least one) on `threads` threads (0 = one per core). With `log`, the work of the
/// first replication is appended to it.
Figures replicate(const Plan& plan, const RunOptions& options, std::uint64_t replications, unsigned threads,
                  std::vector<LogRow>* log = nullptr);

}  // namespace weir::simulate
