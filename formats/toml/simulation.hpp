// [sim] of a definition -> simulate::Scenario.
#pragma once

#include "core/base/diagnostic.hpp"
#include "core/model/definitions.hpp"
#include "core/simulate/scenario.hpp"

namespace weir::formats::toml {

/// Reads Definitions::simulation, as read_definition() left it; an empty scenario when there is none. What is
/// wrong is an error with its place (`bad-scenario`), what scenarios cannot say yet a warning
/// (`not-simulated`). Whether the named elements exist is looked at by simulate::make_plan.
simulate::Scenario read_simulation(const model::Definitions& definitions, Diagnostics& diagnostics);

}  // namespace weir::formats::toml
