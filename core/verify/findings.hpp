// What verify found out, as diagnostics: one per violated property with its shortest witness, in the words of
// the model.
#pragma once

#include "core/base/diagnostic.hpp"
#include "core/model/definitions.hpp"
#include "core/verify/properties.hpp"

namespace weir::verify {

/// Adds the violations of `report` to `diagnostics`, with the rule ids of PropertyFacts. A deadlock stands
/// for the end that cannot be reached because of it, and for the elements behind it that nothing reaches.
void add_findings(const model::Definitions& definitions, const graph::ProcessGraph& graph,
                  const Report& report, Diagnostics& diagnostics);

}  // namespace weir::verify
