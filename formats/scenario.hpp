// The door in for scenario files: sniffs the format and reads it.
#pragma once

#include <optional>
#include <string>

#include "core/base/diagnostic.hpp"
#include "core/base/source_map.hpp"
#include "core/simulate/scenario.hpp"

namespace weir::formats {

/// Adds the text to `sources` as UTF-8 and reads it. Empty when it is no scenario at all; what else is wrong
/// goes to `diagnostics` and the rest is returned.
std::optional<simulate::Scenario> read_scenario(std::string name, std::string bytes, SourceMap& sources,
                                                Diagnostics& diagnostics);

}  // namespace weir::formats
