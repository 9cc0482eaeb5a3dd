// What weir assumes when a scenario, or its absence, leaves something open. Every use is reported.
#pragma once

#include "core/graph/process_graph.hpp"
#include "core/model/definitions.hpp"
#include "core/simulate/distribution.hpp"

namespace weir::simulate {

/// One case an hour on average, at random.
Distribution default_arrivals();
/// People take 30 minutes on average (exponential), machines one second, a called process and an unspecified
/// task one hour or 30 minutes, a message or signal four hours; timers what the model says, else one hour.
/// `invented` tells whether the model itself said nothing.
Distribution default_time(const graph::ProcessGraph& graph, const model::Definitions& definitions,
                          NodeId node, bool& invented);
/// Probability of one more round of a loop.
inline constexpr double default_again = 0.5;
/// Instances of a multi-instance activity, when loopCardinality is no number.
inline constexpr double default_count = 3;
/// Cases when nobody says how many.
inline constexpr std::uint64_t default_cases = 1000;

}  // namespace weir::simulate
