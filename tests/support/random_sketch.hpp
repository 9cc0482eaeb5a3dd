// Processes nobody thought of: all small ones, and random larger ones. Always accepted by graph::compile.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "tests/support/sketch.hpp"

namespace weir::test {

/// The sketch as parse_sketch() reads it.
std::string to_text(const Sketch& sketch);

/// Blocks in blocks with about `size` nodes (sub-processes, boundary events, event-based gateways, links,
/// conditional and default flows, error and terminate ends, event sub-processes), then spoiled a little:
/// some gateways of the wrong kind, some extra and some missing flows. A function of its arguments only.
Sketch random_sketch(std::uint64_t seed, int size);
/// The same with standard loops and multi-instance activities.
Sketch random_sketch_with_loops(std::uint64_t seed, int size);

/// Calls f for every process with one start event, one end event and `nodes` nodes between them, each a task
/// (one flow in, one out), a split (1, 2) or a join (2, 1) of kind exclusive, parallel or inclusive, all
/// reachable from the start; up to renaming.
void for_each_small_sketch(int nodes, const std::function<void(const Sketch&)>& f);
/// Calls f for every process with start event, end event and `nodes` nodes (task, exclusive, parallel,
/// inclusive) between them with any set of flows, without self-loops and with one flow out of the start; all
/// reachable; up to renaming.
void for_each_tiny_sketch(int nodes, const std::function<void(const Sketch&)>& f);

/// Makes a failing sketch as small as it gets by leaving out nodes, flows and words while it still fails.
Sketch shrink(Sketch sketch, const std::function<bool(const Sketch&)>& still_fails);

}  // namespace weir::test
