// Scenarios of the Prosimos simulator, its JSON of version 2 (lists of {"value": ...}, means and variances).
#pragma once

#include <optional>

#include "core/base/diagnostic.hpp"
#include "core/base/source_map.hpp"
#include "core/simulate/scenario.hpp"

namespace weir::formats::prosimos {

/// Reads a text that was added to `sources`. Empty when it is no scenario; sections that are not simulated
/// are named in warnings.
std::optional<simulate::Scenario> read(FileId file, const SourceMap& sources, Diagnostics& diagnostics);

}  // namespace weir::formats::prosimos
