// When is a timer due? ISO 8601 dates, durations and repeating intervals (BPMN 2.0.2 table 10.101), and what
// engines have besides: cron texts, and in jBPM "2s", "1m###5m" and milliseconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/definitions.hpp"
#include "core/value/calendar.hpp"
#include "core/value/value.hpp"

namespace weir::execute {

struct Due {
  value::Instant at = value::never;
  std::int64_t repeats = 0;  // how often it happens again after that, -1 = for ever
  std::string period;        // ... and how much later each time, or the cron text
};

/// Empty: the text or value is none of them. The dialect knows what is no ISO 8601.
std::optional<Due> due(std::string_view text, value::Instant now,
                       model::Dialect dialect = model::Dialect::omg);
std::optional<Due> due(const value::Value& value, value::Instant now,
                       model::Dialect dialect = model::Dialect::omg);

/// When a timer that was due at `before` is due again. Empty: never.
std::optional<value::Instant> next_due(value::Instant before, value::Instant now, std::string_view period,
                                       model::Dialect dialect);

/// The instant that much later; months are calendar months. Empty: no duration, or out of range.
std::optional<value::Instant> later(value::Instant from, std::string_view period);

/// "2026-11-25T09:14:03.120Z" and back.
std::string instant_text(value::Instant instant);
std::optional<value::Instant> parse_instant(std::string_view text);
value::DateTime date_time(value::Instant instant);

}  // namespace weir::execute
