// Order and equality of values. FEEL's three-valued `=` and `<` stand on these (core/feel/operators).
#pragma once

#include <compare>
#include <optional>

#include "core/value/value.hpp"
#include "core/value/zone.hpp"

namespace weir::value {

/// Order of two values of the same ordered kind: number, string (by code points), date, time, date and time,
/// the two durations. Empty for all others, and when only one of two times has a zone or a zone has no known
/// offset.
std::optional<std::strong_ordering> compare(const Value& left, const Value& right,
                                            const Zones* zones = nullptr);

/// FEEL equality (DMN 1.5 table 53): numbers by value, texts by code points, lists by elements, contexts by
/// entries, ranges by form and ends, times and date-times by instant in whole seconds (their value's
/// resolution, section 10.3.2.3.5), null only to null. Empty where FEEL has no answer: values of different
/// kinds, other than null. A different kind inside a list or context counts as different.
std::optional<bool> equal(const Value& left, const Value& right, const Zones* zones = nullptr);

/// equal(), with "no answer" as false.
inline bool same(const Value& left, const Value& right, const Zones* zones = nullptr) {
  return equal(left, right, zones).value_or(false);
}

}  // namespace weir::value
