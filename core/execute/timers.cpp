#include "core/execute/timers.hpp"

#include <fmt/format.h>

#include <array>

#include "core/value/cron.hpp"
#include "core/value/duration_text.hpp"
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

namespace {

/// Exactly what instant_text() writes, "2026-11-25T09:14:03.120450Z"; empty for everything else.
std::optional<Instant> own_form(std::string_view text) {
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";
  if (text.size() < form.size() + 1 || text.back() != 'Z') return std::nullopt;
  std::array<int, 6> parts{};  // year, month, day, hour, minute, second
  std::size_t part = 0;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != 'd') {
      if (text[i] != form[i]) return std::nullopt;
      ++part;
    } else {
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
      parts[part] = parts[part] * 10 + (text[i] - '0');
    }
  }
  Instant micros = 0;
  if (text.size() > form.size() + 1) {
    if (text[form.size()] != '.' || text.size() > form.size() + 8) return std::nullopt;
    Instant unit = 100'000;
    for (std::size_t i = form.size() + 1; i + 1 < text.size(); ++i, unit /= 10) {
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
      micros += unit * (text[i] - '0');
    }
  }
  if (parts[3] > 23 || parts[4] > 59 || parts[5] > 59) return std::nullopt;
  const auto day = value::date_of(parts[0], parts[1], parts[2]);
  if (!day) return std::nullopt;
  return (day->days * value::seconds_per_day + parts[3] * 3600 + parts[4] * 60 + parts[5]) *
             value::per_second +
         micros;
}

char* put_digits(char* to, char before, std::uint32_t number, int digits) {
  *to++ = before;
  for (int i = digits; i-- > 0; number /= 10) to[i] = static_cast<char>('0' + number % 10);
  return to + digits;
}

}  // namespace

std::string instant_text(Instant at) {
  const DateTime moment = date_time(at);
  const value::CivilDate day = value::civil(value::date_of(moment));
  const std::int64_t second = value::time_of(moment).nanoseconds / value::nanoseconds_per_second;
  if (day.year >= 0 && day.year <= 9999) {  // written for every record
    std::array<char, 32> quick;
    const auto clock = static_cast<std::uint32_t>(second);
    char* to = put_digits(quick.data(), ' ', static_cast<std::uint32_t>(day.year), 4);
    to = put_digits(to, '-', static_cast<std::uint32_t>(day.month), 2);
    to = put_digits(to, '-', static_cast<std::uint32_t>(day.day), 2);
    to = put_digits(to, 'T', clock / 3600, 2);
    to = put_digits(to, ':', clock / 60 % 60, 2);
    to = put_digits(to, ':', clock % 60, 2);
    const std::uint32_t micros = moment.nanoseconds / 1000;
    if (micros % 1000 != 0)
      to = put_digits(to, '.', micros, 6);
    else if (micros != 0)
      to = put_digits(to, '.', micros / 1000, 3);
    *to++ = 'Z';
    return {quick.data() + 1, to};
  }
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", day.year, day.month, day.day,
                                 second / 3600, second / 60 % 60, second % 60);
  if (const std::uint32_t micros = moment.nanoseconds / 1000; micros % 1000 != 0)
    text += fmt::format(".{:06}", micros);
  else if (micros != 0)
    text += fmt::format(".{:03}", micros / 1000);
  return text + "Z";
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (const auto instant = own_form(text)) return instant;
  const auto moment = value::parse_date_time(text);
  return moment ? instant(*moment) : std::nullopt;
}

std::optional<Instant> later(Instant from, std::string_view period) {
  const auto parsed = value::parse_period(period);
  return parsed ? add(from, *parsed) : std::nullopt;
}

namespace {

Result<value::Cron> cron(std::string_view text, model::Dialect dialect) {
  const bool from_zero = dialect == model::Dialect::camunda8 || dialect == model::Dialect::weir;
  return value::Cron::parse(text, from_zero ? 0 : 1);
}

std::optional<Instant> next(const value::Cron& cron, Instant after) {
  const auto seconds = cron.next(after / value::per_second);
  return seconds ? std::optional<Instant>(*seconds * value::per_second) : std::nullopt;
}

/// "2s", "500" (milliseconds), "1m###5m": first after a minute, then every five.
std::optional<Due> jbpm_due(std::string_view text, Instant now) {
  const auto length = [](std::string_view part) -> std::optional<value::Microseconds> {
    const bool digits = !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    return value::parse_duration(digits ? std::string(part) + "ms" : std::string(part));
  };
  const std::size_t sharps = text.find("###");
  const auto first = length(text.substr(0, sharps));
  if (!first) return std::nullopt;
  Due out;
  out.at = now + *first;
  if (sharps == std::string_view::npos) return out;
  const auto period = length(text.substr(sharps + 3));
  if (!period || *period <= 0) return std::nullopt;
  out.repeats = -1;
  out.period = value::to_text(value::DaysTimeDuration{
      *period / value::per_second, static_cast<std::uint32_t>(*period % value::per_second * 1000)});
  return out;
}

}  // namespace

std::optional<Instant> next_due(Instant before, Instant now, std::string_view period,
                                model::Dialect dialect) {
  if (const auto schedule = cron(period, dialect)) return next(*schedule, std::max(before, now));
  return later(before, period);
}

std::optional<Due> due(std::string_view text, Instant now, model::Dialect dialect) {
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
    const auto second = later(now, out.period);
    if (!at || !second || *second <= now) return std::nullopt;  // one that takes no time would never end
    out.at = *at;
    return out;
  }
  if (const auto moment = value::parse_timer_date(text)) {
    const auto at = instant(*moment);
    if (!at) return std::nullopt;
    out.at = *at;
    return out;
  }
  if (const auto schedule = cron(text, dialect)) {
    const auto at = next(*schedule, now);
    if (!at) return out;  // never
    out.at = *at;
    out.repeats = -1;
    out.period = text;
    return out;
  }
  return dialect == model::Dialect::jbpm ? jbpm_due(text, now) : std::nullopt;
}

std::optional<Due> due(const value::Value& value, Instant now, model::Dialect dialect) {
  switch (value.kind()) {
    case value::Kind::string:
      return due(value.text(), now, dialect);
    case value::Kind::date:
    case value::Kind::date_time:
    case value::Kind::days_time_duration:
    case value::Kind::years_months_duration:
      return due(value::to_text(value), now, dialect);
    default:
      return std::nullopt;
  }
}

}  // namespace weir::execute
