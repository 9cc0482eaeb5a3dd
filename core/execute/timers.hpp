// When is a timer due? ISO 8601 dates, durations and repeating intervals (BPMN 2.0.2 table 10.101).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/value/calendar.hpp"
#include "core/value/value.hpp"

namespace weir::execute {

struct Due {
  value::Instant at = value::never;
  std::int64_t repeats = 0;  // how often it happens again after that, -1 = for ever
  std::string period;        // ... and how much later each time
};

/// Empty: the text or value is none of them.
std::optional<Due> due(std::string_view text, value::Instant now);
std::optional<Due> due(const value::Value& value, value::Instant now);

/// The instant that much later; months are calendar months. Empty: no duration, or out of range.
std::optional<value::Instant> later(value::Instant from, std::string_view period);

/// "2026-11-25T09:14:03.120Z" and back.
std::string instant_text(value::Instant instant);
std::optional<value::Instant> parse_instant(std::string_view text);
value::DateTime date_time(value::Instant instant);

}  // namespace weir::execute
