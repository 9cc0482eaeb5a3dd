// Distributions as Prosimos writes them: {"distribution_name": ..., "distribution_params": [{"value": ...}]}.
#pragma once

#include <optional>

#include "core/base/diagnostic.hpp"
#include "core/simulate/distribution.hpp"
#include "formats/json/document.hpp"

namespace weir::formats::prosimos {

/// Reads the distribution in an object; empty and an error when it has none that is known.
std::optional<simulate::Distribution> read_distribution(const json::Item& object, Diagnostics& diagnostics);

}  // namespace weir::formats::prosimos
