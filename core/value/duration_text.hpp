// Durations as people write them in options and settings: "90s", "1d 12h", "2h30m", also ISO 8601 "PT36H".
#pragma once

#include <optional>
#include <string_view>

#include "core/value/calendar.hpp"

namespace weir::value {

/// Weeks (w), days (d), hours (h), minutes (m), seconds (s) and milliseconds (ms), each a whole number or one
/// with a decimal point; or an ISO 8601 duration without years and months. Empty when the text is neither, is
/// negative, or lasts more than 1000 years.
std::optional<Microseconds> parse_duration(std::string_view text);

}  // namespace weir::value
