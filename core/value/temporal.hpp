// Dates, times and durations as FEEL has them (DMN 1.5 section 10.3.2.3.4 to 10.3.2.3.9) and as BPMN timers
// write them (ISO 8601). Proleptic Gregorian calendar, years -999999999..999999999. Everything is overflow
// safe: what leaves the range is an empty optional.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/value/decimal.hpp"

namespace weir::value {

/// No zone (local time), an offset from UTC, or a named zone; 24 bits.
class Zone {
 public:
  constexpr Zone() = default;
  /// Seconds east of UTC, -18 h .. 18 h.
  static constexpr Zone offset(std::int32_t seconds) {
    return Zone{static_cast<std::uint32_t>(seconds + offset_base)};
  }
  /// Index into zone_names().
  static constexpr Zone named(std::uint32_t index) { return Zone{named_bit | index}; }
  static constexpr Zone from_code(std::uint32_t code) { return Zone{code}; }
  [[nodiscard]] constexpr std::uint32_t code() const { return code_; }
  [[nodiscard]] constexpr bool is_local() const { return code_ == 0; }
  [[nodiscard]] constexpr bool is_named() const { return (code_ & named_bit) != 0; }
  [[nodiscard]] constexpr bool is_offset() const { return code_ != 0 && !is_named(); }
  [[nodiscard]] constexpr std::int32_t offset_seconds() const {
    return static_cast<std::int32_t>(code_) - offset_base;
  }
  [[nodiscard]] constexpr std::uint32_t name_index() const { return code_ & ~named_bit; }
  friend constexpr bool operator==(Zone, Zone) = default;
  static constexpr std::int32_t max_offset = 18 * 3600;

 private:
  explicit constexpr Zone(std::uint32_t code) : code_(code) {}
  static constexpr std::int32_t offset_base = max_offset + 1;
  static constexpr std::uint32_t named_bit = 0x800000;
  std::uint32_t code_ = 0;
};

/// A day; days since 1970-01-01.
struct Date {
  std::int64_t days = 0;
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

struct CivilDate {
  std::int64_t year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
};

/// Time of day.
struct Time {
  std::int64_t nanoseconds = 0;  // since midnight, below 86400 * 10^9
  Zone zone;
};

/// Local time on a day.
struct DateTime {
  std::int64_t seconds = 0;       // of local time since 1970-01-01T00:00:00
  std::uint32_t nanoseconds = 0;  // below 10^9
  Zone zone;
};

/// "days and time duration": seconds rounded down, plus nanoseconds.
struct DaysTimeDuration {
  std::int64_t seconds = 0;
  std::uint32_t nanoseconds = 0;
  friend constexpr auto operator<=>(const DaysTimeDuration&, const DaysTimeDuration&) = default;
  [[nodiscard]] constexpr Int128 total() const {
    return static_cast<Int128>(seconds) * 1'000'000'000 + nanoseconds;
  }
  /// From nanoseconds; empty when more than 64 bits of seconds.
  static std::optional<DaysTimeDuration> from_total(Int128 nanoseconds);
};

struct YearsMonthsDuration {
  std::int64_t months = 0;
  friend constexpr auto operator<=>(const YearsMonthsDuration&, const YearsMonthsDuration&) = default;
};

/// An ISO 8601 duration with all its parts, as BPMN timers may write it: P1Y2M10DT2H30M, P2W, -PT5S.
struct Period {
  YearsMonthsDuration years_months;
  DaysTimeDuration days_time;
  bool has_years_months = false;  // a Y or M (before T) was written
  bool has_days_time = false;
};

/// R5/PT10S, R/2024-01-01T00:00:00Z/P1D, R3/PT1H/2024-12-31T00:00:00Z.
struct Repetition {
  std::optional<std::int64_t> count;  // empty: for ever
  std::optional<DateTime> start;
  std::optional<DateTime> end;
  Period period;
};

inline constexpr std::int64_t max_year = 999'999'999;
inline constexpr std::int64_t seconds_per_day = 86'400;
inline constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;

bool is_leap_year(std::int64_t year);
/// 28..31.
int days_in_month(std::int64_t year, int month);
/// Empty when there is no such day or the year is out of range.
std::optional<Date> date_of(std::int64_t year, std::int64_t month, std::int64_t day);
CivilDate civil(Date date);
/// 1 = Monday .. 7 = Sunday.
int weekday(Date date);
/// 1..366.
int day_of_year(Date date);
/// ISO 8601 week, 1..53.
int week_of_year(Date date);

Date date_of(const DateTime& moment);
/// Time of day, with the zone of the date-time.
Time time_of(const DateTime& moment);
DateTime at(Date date, const Time& time);

/// Whole months later, the day cut to the end of the month.
std::optional<Date> add(Date date, YearsMonthsDuration duration);
std::optional<DateTime> add(const DateTime& moment, YearsMonthsDuration duration);
/// Local time that much later (elapsed time in zones without changes of their offset).
std::optional<DateTime> add(const DateTime& moment, DaysTimeDuration duration);
/// Wraps around midnight.
Time add(const Time& time, DaysTimeDuration duration);
/// First the months, then days and time: how ISO 8601 periods are added.
std::optional<DateTime> add(const DateTime& moment, const Period& period);
YearsMonthsDuration negated(YearsMonthsDuration duration);
DaysTimeDuration negated(DaysTimeDuration duration);

/// Seconds since 1970-01-01T00:00:00Z; a local time counts as UTC; empty for a named zone (its rules are
/// somebody else's knowledge).
std::optional<std::int64_t> utc_seconds(const DateTime& moment);

/// FEEL's forms: YYYY-MM-DD (more digits for years beyond 9999), hh:mm:ss[.fraction][zone]; zone = Z, +hh:mm,
/// +hh:mm:ss, @Name. Empty when the text is not exactly that or names no real day or time.
std::optional<Date> parse_date(std::string_view text);
std::optional<Time> parse_time(std::string_view text);
/// Date and time with a T between them.
std::optional<DateTime> parse_date_time(std::string_view text);
/// As BPMN timers write it: also without seconds, and a date alone is its midnight.
std::optional<DateTime> parse_timer_date(std::string_view text);
/// Any ISO 8601 duration; parts in order, at least one, weeks allowed alone.
std::optional<Period> parse_period(std::string_view text);
std::optional<Repetition> parse_repetition(std::string_view text);

std::string to_text(Date date);
std::string to_text(const Time& time);
std::string to_text(const DateTime& moment);
/// P1DT2H3M4.5S, PT0S, -PT1H.
std::string to_text(DaysTimeDuration duration);
/// P1Y2M, P0M, -P3M.
std::string to_text(YearsMonthsDuration duration);
/// "Z", "+01:00", "@Europe/Paris", "" for local.
std::string to_text(Zone zone);

/// Zone of this name (exactly as in the tz database), or a local zone when there is none.
Zone find_zone(std::string_view name);
std::string_view zone_name(Zone zone);

}  // namespace weir::value
