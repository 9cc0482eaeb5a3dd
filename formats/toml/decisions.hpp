// [[decision]]: decision tables inside of a definition, the same as a DMN file beside it.
#pragma once

#include "core/dmn/definitions.hpp"
#include "formats/toml/context.hpp"

namespace weir::formats::toml {

/// Reads the tables of a section. Variables that they look at become input data, of the type that [vars]
/// says.
void read_decisions(Context& context, const Entry& section, weir::dmn::Definitions& decisions);

}  // namespace weir::formats::toml
