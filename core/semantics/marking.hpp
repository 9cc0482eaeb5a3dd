// Where the tokens are, as text: the common language of verify's two explorers, the reference token game in
// tests and of people. A multiset of places, sorted.
#pragma once

#include <string>
#include <vector>

#include "core/semantics/semantics.hpp"

namespace weir::semantics {

/// One entry per live token that rests somewhere, "p/sub:flow a>b" or "p:node a", with the path of containers
/// in front (instances of a multi-instance activity share a path):
///  * "flow f": on f, or inside the node behind f when the node is entered at once (see enters_at_once());
///  * "start n": at a start event or implicit start that has not begun;
///  * "node n": inside n, which runs, hosts a scope or waits;
///  * "exit n": n is done and asks which flows to take (not for gateways entered at once);
///  * "count n", "test n": asks how many instances, or its loop or completion condition.
/// Armed events and records are not part of it.
using Marking = std::vector<std::string>;
Marking marking(const ProcessGraph& graph, const State& state);

/// Path of containers of a scope: "p/sub".
std::string scope_path(const ProcessGraph& graph, const State& state, std::uint32_t scope);

}  // namespace weir::semantics
