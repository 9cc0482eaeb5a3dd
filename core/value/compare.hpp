// Order and equality of values. FEEL's three-valued `=` and `<` stand on these (core/feel/operators).
#pragma once

#include <compare>
#include <optional>

#include "core/value/value.hpp"

namespace weir::value {

/// Order of two values of the same ordered kind: number, string (by code points), date, time, date and time,
/// the two durations. Empty for all others, and when only one of two times has a zone or a zone has no known
/// offset.
std::optional<std::strong_ordering> compare(const Value& left, const Value& right);

/// FEEL equality (DMN 1.5 table 53): numbers by value, texts by code points, lists by elements, contexts by
/// entries, ranges by form and ends, date-times by instant, null only to null. Empty where FEEL has no
/// answer: values of different kinds, other than null. A different kind inside a list or context counts as
/// different.
std::optional<bool> equal(const Value& left, const Value& right);

/// equal(), with "no answer" as false.
inline bool same(const Value& left, const Value& right) {
  return equal(left, right).value_or(false);
}

}  // namespace weir::value
