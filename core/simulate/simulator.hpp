// One replication: the law (core/semantics) asks, dice and calendars answer. The clock counts microseconds
// and jumps from event to event.
//
// Random numbers are a function of (seed, replication, element id, purpose, case, visit of the element by
// that case): they depend neither on threads nor on the order of events nor on the order of the file, and two
// scenarios that share a seed share them.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/semantics/state.hpp"
#include "core/simulate/kpi.hpp"
#include "core/simulate/plan.hpp"

namespace weir::simulate {

struct RunOptions {
  std::uint64_t cases = 1000;
  std::uint64_t seed = 1;
  /// What is enabled earlier after the beginning, and cases that arrive earlier, do not count.
  value::Microseconds warm_up = 0;
  /// Answers per case; a case that goes on beyond them is stopped and counted apart.
  std::uint32_t most_steps = 10'000;
};

/// One piece of work that was done.
struct LogRow {
  std::uint64_t number = 0;  // of the case, from 0 in order of arrival
  NodeId node = NodeId::none;
  std::uint32_t resource = none;
  value::Instant enabled = 0, started = 0, ended = 0;
};

/// Runs one replication. With `log`, work is appended to it in order of completion; events are not.
Figures run(const Plan& plan, const RunOptions& options, std::uint64_t replication,
            std::vector<LogRow>* log = nullptr);

/// The same, calling visit(number of the case, its state) whenever a case comes to rest; for tests and ties.
using Visit = std::function<void(std::uint64_t number, const semantics::State& state)>;
Figures run_visiting(const Plan& plan, const RunOptions& options, std::uint64_t replication,
                     const Visit& visit);

}  // namespace weir::simulate
