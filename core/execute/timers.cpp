#include "core/execute/timers.hpp"

#include <fmt/format.h>

#include "core/value/print.hpp"

namespace weir::execute {

using value::DateTime;
using value::Instant;

namespace {

std::optional<Instant> instant(const DateTime& moment) {
  const auto seconds = value::utc_seconds(moment);
  constexpr std::int64_t most = value::never / value::per_second - 1;
  if (!seconds || *seconds > most || *seconds < -most) return std::nullopt;
  return *seconds * value::per_second + moment.nanoseconds / 1000;
}

std::optional<Instant> add(Instant from, const value::Period& period) {
  const auto moment = value::add(date_time(from), period);
  return moment ? instant(*moment) : std::nullopt;
}

}  // namespace

DateTime date_time(Instant at) {
  std::int64_t seconds = at / value::per_second, rest = at % value::per_second;
  if (rest < 0) {
    rest += value::per_second;
    --seconds;
  }
  return {seconds, static_cast<std::uint32_t>(rest * 1000), value::Zone::offset(0)};
}

std::string instant_text(Instant at) {
  const DateTime moment = date_time(at);
  const value::CivilDate day = value::civil(value::date_of(moment));
  const std::int64_t second = value::time_of(moment).nanoseconds / value::nanoseconds_per_second;
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", day.year, day.month, day.day,
                                 second / 3600, second / 60 % 60, second % 60);
  if (const std::uint32_t micros = moment.nanoseconds / 1000; micros % 1000 != 0)
    text += fmt::format(".{:06}", micros);
  else if (micros != 0)
    text += fmt::format(".{:03}", micros / 1000);
  return text + "Z";
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto moment = value::parse_date_time(text);
  return moment ? instant(*moment) : std::nullopt;
}

std::optional<Instant> later(Instant from, std::string_view period) {
  const auto parsed = value::parse_period(period);
  return parsed ? add(from, *parsed) : std::nullopt;
}

std::optional<Due> due(std::string_view text, Instant now) {
  Due out;
  if (const auto period = value::parse_period(text)) {
    const auto at = add(now, *period);
    if (!at) return std::nullopt;
    out.at = *at;
    return out;
  }
  if (const auto repetition = value::parse_repetition(text)) {
    if (repetition->count && *repetition->count < 1) return out;  // never
    out.repeats = repetition->count ? *repetition->count - 1 : -1;
    const std::size_t first = text.find('/');
    std::string_view rest = first == std::string_view::npos ? "" : text.substr(first + 1);
    while (!rest.empty()) {
      const std::string_view part = rest.substr(0, rest.find('/'));
      if (value::parse_period(part)) out.period = part;
      rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    }
    const auto at = repetition->start ? instant(*repetition->start) : add(now, repetition->period);
    if (!at || out.period.empty()) return std::nullopt;
    out.at = *at;
    return out;
  }
  if (const auto moment = value::parse_timer_date(text)) {
    const auto at = instant(*moment);
    if (!at) return std::nullopt;
    out.at = *at;
    return out;
  }
  return std::nullopt;
}

std::optional<Due> due(const value::Value& value, Instant now) {
  switch (value.kind()) {
    case value::Kind::string:
      return due(value.text(), now);
    case value::Kind::date:
    case value::Kind::date_time:
    case value::Kind::days_time_duration:
    case value::Kind::years_months_duration:
      return due(value::to_text(value), now);
    default:
      return std::nullopt;
  }
}

}  // namespace weir::execute
