// The result of a decision as engines hand it over: rows of outputs that have names (DMN itself says nothing
// about that).
#pragma once

#include "core/dmn/program.hpp"
#include "core/value/arena.hpp"

namespace weir::dmn {

/// The hit policy lets several rules count: the result is a list.
bool gives_list(Decision decision);

/// A list of contexts, one for each rule that counts, with the outputs by name; an expression that is no
/// table gives one output, named after the decision's variable. `nothing`: no rule matched. Valid as long as
/// the arena and the result.
Value rows(Decision decision, const Value& result, bool nothing, value::Arena& arena);

}  // namespace weir::dmn
