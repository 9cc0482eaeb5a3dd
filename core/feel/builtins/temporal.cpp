// Dates, times and durations: constructors (DMN 1.5 table 71) and calendar functions (table 78). What has
// parts that make no day or time is null.
#include <algorithm>
#include <array>

#include "core/feel/builtins/arguments.hpp"
#include "core/feel/builtins/functions.hpp"

namespace weir::feel::functions {

using value::DateTime;
using value::Time;
using value::Zone;

namespace {

/// Text arguments of constructors; null pointer when it is none.
const Value* text_argument(const Call& call, std::size_t i) {
  return argument(call, i, Kind::string);
}

Value moment_value(const Call& call, const std::optional<DateTime>& moment) {
  return moment ? Value::date_time(*moment) : refuse(call, 0);
}

/// Hours, minutes and seconds (with fraction) as a time of day; empty when one is out of range.
std::optional<Time> time_of_day(const Call& call, std::size_t first) {
  const auto hour = integer_argument(call, first);
  const auto minute = integer_argument(call, first + 1);
  const auto second = number_argument(call, first + 2);
  if (!hour || !minute || !second) return std::nullopt;
  if (*hour < 0 || *hour > 23 || *minute < 0 || *minute > 59 || second->is_negative() ||
      *second >= Decimal{60})
    return std::nullopt;
  const auto nanoseconds = value::multiply(*second, Decimal{value::nanoseconds_per_second});
  const auto whole = nanoseconds ? value::round(*nanoseconds, 0, value::Rounding::down) : std::nullopt;
  const auto fraction = whole ? whole->to_integer() : std::nullopt;
  if (!fraction) return std::nullopt;
  return Time{(*hour * 3600 + *minute * 60) * value::nanoseconds_per_second + *fraction, Zone{}};
}

/// An offset given as duration, or a zone given by name.
std::optional<Zone> zone_argument(const Call& call, std::size_t i) {
  if (!given(call, i)) return Zone{};
  if (const Value* offset = argument(call, i, Kind::days_time_duration)) {
    const std::int64_t seconds = offset->days_time_duration().seconds;
    if (seconds < -Zone::max_offset || seconds > Zone::max_offset) return std::nullopt;
    return Zone::offset(static_cast<std::int32_t>(seconds));
  }
  if (const Value* name = text_argument(call, i)) {
    const Zone zone = value::find_zone(name->text());
    if (!zone.is_local()) return zone;
    const auto parsed = value::parse_time("00:00:00" + std::string(name->text()));
    if (parsed) return parsed->zone;
  }
  return std::nullopt;
}

std::optional<value::Date> date_argument(const Call& call, std::size_t i) {
  if (const Value* date = argument(call, i, Kind::date)) return date->date();
  if (const Value* moment = argument(call, i, Kind::date_time)) return value::date_of(moment->date_time());
  return std::nullopt;
}

}  // namespace

Value date_from(const Call& call) {
  if (const auto date = date_argument(call, 0)) return Value::date(*date);
  const Value* text = text_argument(call, 0);
  const auto date = text != nullptr ? value::parse_date(text->text()) : std::nullopt;
  return date ? Value::date(*date) : refuse(call, 0);
}

Value date_of_parts(const Call& call) {
  const auto year = integer_argument(call, 0);
  const auto month = integer_argument(call, 1);
  const auto day = integer_argument(call, 2);
  if (!year) return refuse(call, 0);
  if (!month) return refuse(call, 1);
  if (!day) return refuse(call, 2);
  const auto date = value::date_of(*year, *month, *day);
  return date ? Value::date(*date) : refuse(call, 2);
}

Value time_from(const Call& call) {
  if (const Value* time = argument(call, 0, Kind::time)) return *time;
  if (const Value* moment = argument(call, 0, Kind::date_time))
    return Value::time(value::time_of(moment->date_time()));
  if (argument(call, 0, Kind::date) != nullptr) return Value::time({0, Zone::offset(0)});
  const Value* text = text_argument(call, 0);
  const auto time = text != nullptr ? value::parse_time(text->text()) : std::nullopt;
  return time ? Value::time(*time) : refuse(call, 0);
}

Value time_of_parts(const Call& call) {
  auto time = time_of_day(call, 0);
  const auto zone = zone_argument(call, 3);
  if (!time) return refuse(call, 0);
  if (!zone) return refuse(call, 3);
  time->zone = *zone;
  return Value::time(*time);
}

Value date_and_time_from(const Call& call) {
  if (const Value* moment = argument(call, 0, Kind::date_time)) return *moment;
  if (const Value* date = argument(call, 0, Kind::date))
    return Value::date_time(value::at(date->date(), {0, Zone::offset(0)}));
  const Value* text = text_argument(call, 0);
  if (text == nullptr) return refuse(call, 0);
  if (const auto moment = value::parse_date_time(text->text())) return Value::date_time(*moment);
  const auto date = value::parse_date(text->text());
  return date ? Value::date_time(value::at(*date, {})) : refuse(call, 0);
}

Value date_and_time_of(const Call& call) {
  const auto date = date_argument(call, 0);
  if (!date) return refuse(call, 0);
  if (const Value* time = argument(call, 1, Kind::time))
    return Value::date_time(value::at(*date, time->time()));
  return refuse(call, 1);
}

Value date_and_time_of_parts(const Call& call) {
  const auto year = integer_argument(call, 0);
  const auto month = integer_argument(call, 1);
  const auto day = integer_argument(call, 2);
  const auto date = year && month && day ? value::date_of(*year, *month, *day) : std::nullopt;
  auto time = time_of_day(call, 3);
  const auto zone = zone_argument(call, 6);
  if (!date) return refuse(call, 0);
  if (!time) return refuse(call, 3);
  if (!zone) return refuse(call, 6);
  time->zone = *zone;
  return moment_value(call, value::at(*date, *time));
}

Value duration_from(const Call& call) {
  if (const Value* duration = argument(call, 0, Kind::days_time_duration)) return *duration;
  if (const Value* duration = argument(call, 0, Kind::years_months_duration)) return *duration;
  const Value* text = text_argument(call, 0);
  if (text == nullptr) return refuse(call, 0);
  const auto period = value::parse_period(text->text());
  if (!period || (period->has_years_months && period->has_days_time)) return refuse(call, 0);
  return period->has_years_months ? Value::duration(period->years_months)
                                  : Value::duration(period->days_time);
}

Value years_and_months_between(const Call& call) {
  const auto from = date_argument(call, 0);
  const auto to = date_argument(call, 1);
  if (!from) return refuse(call, 0);
  if (!to) return refuse(call, 1);
  const value::CivilDate a = value::civil(*from);
  const value::CivilDate b = value::civil(*to);
  std::int64_t months = (b.year - a.year) * 12 + b.month - a.month;
  if (months > 0 && b.day < a.day) --months;
  if (months < 0 && b.day > a.day) ++months;
  return Value::duration(value::YearsMonthsDuration{months});
}

Value now(const Call& call) {
  const auto& clock = call.evaluator.workspace().now;
  if (!clock) return call.evaluator.fail(TroubleKind::unsupported, call.node, "there is no clock here");
  return Value::date_time(*clock);
}

Value today(const Call& call) {
  const auto& clock = call.evaluator.workspace().now;
  if (!clock) return call.evaluator.fail(TroubleKind::unsupported, call.node, "there is no clock here");
  return Value::date(value::date_of(*clock));
}

Value day_of_year(const Call& call) {
  const auto date = date_argument(call, 0);
  return date ? Value::integer(value::day_of_year(*date)) : refuse(call, 0);
}

Value day_of_week(const Call& call) {
  constexpr std::array<std::string_view, 7> names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                  "Friday", "Saturday", "Sunday"};
  const auto date = date_argument(call, 0);
  return date ? Value::string(names[static_cast<std::size_t>(value::weekday(*date) - 1)]) : refuse(call, 0);
}

Value month_of_year(const Call& call) {
  constexpr std::array<std::string_view, 12> names{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
  const auto date = date_argument(call, 0);
  return date ? Value::string(names[static_cast<std::size_t>(value::civil(*date).month - 1)])
              : refuse(call, 0);
}

Value week_of_year(const Call& call) {
  const auto date = date_argument(call, 0);
  return date ? Value::integer(value::week_of_year(*date)) : refuse(call, 0);
}

Value last_day_of_month(const Call& call) {
  const auto date = date_argument(call, 0);
  if (!date) return refuse(call, 0);
  value::CivilDate day = value::civil(*date);
  return Value::date(*value::date_of(day.year, day.month, value::days_in_month(day.year, day.month)));
}

}  // namespace weir::feel::functions
