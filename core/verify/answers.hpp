// Verify on the law itself: explores core/semantics with every admissible answer and every interleaving
// (Pace::step), breadth first, so that witnesses are shortest. Exact for what it explores; the referee for
// faster methods.
//
// Abstractions, all of them over-approximations: data is unknown (each branch may be taken), an event that
// can repeat happens at most `repeats` times per activation, a multi-instance activity has 0, 1 or 2
// instances, a loop may end after any round, work fails in each way somebody catches
// (semantics::possible_failures), messages and timers come at any time.
#pragma once

#include <functional>

#include "core/semantics/marking.hpp"
#include "core/verify/properties.hpp"

namespace weir::verify {

struct Options {
  std::uint32_t limit_states = 1'000'000;
  /// Work allowed per state of the limit, in tokens copied: wide processes stop by this one, because each of
  /// their states is large and has many successors.
  std::uint32_t work_per_state = 500;
  /// How often per activation an event that can repeat (a non-interrupting one) is let happen; 1 to 6.
  std::uint32_t repeats = 2;
  /// Stop at the first flow with two tokens: for lint, where what follows from it would only repeat it.
  bool stop_at_unsafe = false;
  /// Leave speculative processes alone, see is_speculative(): for lint, too.
  bool certain_only = false;
  /// Called once for each distinct state, in order of discovery; for tests and ties. Empty = not called.
  std::function<void(const semantics::State&)> visit;
};

/// Data, people and whoever works on tasks decide more than can be seen here: when complex gateways fire,
/// what ad-hoc sub-processes do, who escalates or compensates. Verdicts hold for choices made freely; lint,
/// which must not accuse anybody of what never happens, is silent about such processes.
bool is_speculative(const graph::ProcessGraph& graph);

/// Explores all instances of one process. Limits end in Verdict::unknown, never in holds.
Report answers(const graph::ProcessGraph& graph, const Options& options = {});

}  // namespace weir::verify
