// Unary tests that compare with constants, as sets of values: what decision tables are indexed and checked
// by. Tests that look at variables, call functions or negate in other ways are not known here.
#pragma once

#include <optional>
#include <vector>

#include "core/feel/expression.hpp"

namespace weir::feel {

/// Values from low to high; without an end it goes on for ever. Texts and booleans are single values.
struct Interval {
  Value low, high;
  bool has_low = true, has_high = true, low_closed = true, high_closed = true;
};

/// The union of the intervals, or everything else of their kind when negated.
struct ValueSet {
  std::vector<Interval> intervals;
  bool negated = false;
};

/// "-", or `true`: every value passes, null too.
bool accepts_all(const Expression& tests);

/// The values that pass, all of one kind; empty when that is not known or would be another kind than `kind`.
/// A null `kind` stands for any and becomes the one that was found.
std::optional<ValueSet> value_set(const Expression& tests, Kind& kind);

}  // namespace weir::feel
