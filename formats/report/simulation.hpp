// The figures of a simulation, for people and as weir.simulate/1.
#pragma once

#include <string>

#include "core/model/definitions.hpp"
#include "core/simulate/replicate.hpp"

namespace weir::formats::report {

/// All that a report needs; the parts must outlive it.
struct Simulation {
  const simulate::Plan& plan;
  const model::Definitions& definitions;
  const simulate::Figures& figures;
  simulate::RunOptions options;
  std::uint64_t replications = 1;
  bool has_scenario = false;
};

/// Headline, the key figures, then the activities that wait longest and the busiest resources.
std::string simulation_text(const Simulation& simulation);
/// weir.simulate/1; times in seconds.
std::string simulation_json(const Simulation& simulation);

/// "0s", "350ms", "12.3s", "41m 07s", "7h 12m", "1d 06h".
std::string duration_text(double seconds);
/// "1,234,567".
std::string grouped(std::uint64_t number);

}  // namespace weir::formats::report
