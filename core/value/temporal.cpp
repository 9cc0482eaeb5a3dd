// Civil days by Howard Hinnant's algorithms, in 64 bits. Arithmetic on moments is arithmetic on one 128-bit
// count of nanoseconds, so the only range to check is that of the year.
#include "core/value/temporal.hpp"

#include <algorithm>
#include <array>

namespace weir::value {

namespace {

constexpr std::int64_t floor_divide(std::int64_t dividend, std::int64_t divisor) {
  return dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
}

constexpr std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = floor_divide(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

constexpr std::int64_t first_day = days_from_civil(-max_year, 1, 1);
constexpr std::int64_t last_day = days_from_civil(max_year, 12, 31);

}  // namespace

bool is_leap_year(std::int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(std::int64_t year, int month) {
  constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : lengths[static_cast<std::size_t>(month - 1)];
}

std::optional<Date> date_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < -max_year || year > max_year || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (day > days_in_month(year, static_cast<int>(month))) return std::nullopt;
  return Date{days_from_civil(year, static_cast<int>(month), static_cast<int>(day))};
}

CivilDate civil(Date date) {
  const std::int64_t shifted = date.days + 719'468;
  const std::int64_t era = floor_divide(shifted, 146'097);
  const std::int64_t day_of_era = shifted - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = static_cast<int>((5 * day_of_year + 2) / 153);
  CivilDate result;
  result.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  result.month = shifted_month + (shifted_month < 10 ? 3 : -9);
  result.year = year_of_era + era * 400 + (result.month <= 2 ? 1 : 0);
  return result;
}

int weekday(Date date) {
  const std::int64_t from_monday = date.days + 3 - floor_divide(date.days + 3, 7) * 7;  // day 0: a Thursday
  return static_cast<int>(from_monday) + 1;
}

int day_of_year(Date date) {
  return static_cast<int>(date.days - days_from_civil(civil(date).year, 1, 1)) + 1;
}

int week_of_year(Date date) {
  // The week belongs to the year that has its Thursday.
  const Date thursday{date.days - weekday(date) + 4};
  return (day_of_year(thursday) - 1) / 7 + 1;
}

Date date_of(const DateTime& moment) {
  return {floor_divide(moment.seconds, seconds_per_day)};
}

Time time_of(const DateTime& moment) {
  const std::int64_t seconds = moment.seconds - date_of(moment).days * seconds_per_day;
  return {seconds * nanoseconds_per_second + moment.nanoseconds, moment.zone};
}

DateTime at(Date date, const Time& time) {
  return {date.days * seconds_per_day + time.nanoseconds / nanoseconds_per_second,
          static_cast<std::uint32_t>(time.nanoseconds % nanoseconds_per_second), time.zone};
}

std::optional<DaysTimeDuration> DaysTimeDuration::from_total(Int128 nanoseconds) {
  Int128 seconds = nanoseconds / nanoseconds_per_second;
  Int128 rest = nanoseconds % nanoseconds_per_second;
  if (rest < 0) {
    rest += nanoseconds_per_second;
    --seconds;
  }
  if (static_cast<std::int64_t>(seconds) != seconds) return std::nullopt;
  return DaysTimeDuration{static_cast<std::int64_t>(seconds), static_cast<std::uint32_t>(rest)};
}

std::optional<Date> add(Date date, YearsMonthsDuration duration) {
  CivilDate day = civil(date);
  std::int64_t months = 0;
  if (__builtin_add_overflow(day.year * 12 + day.month - 1, duration.months, &months)) return std::nullopt;
  day.year = floor_divide(months, 12);
  day.month = static_cast<int>(months - day.year * 12) + 1;
  if (day.year < -max_year || day.year > max_year) return std::nullopt;
  return date_of(day.year, day.month, std::min(day.day, days_in_month(day.year, day.month)));
}

std::optional<DateTime> add(const DateTime& moment, YearsMonthsDuration duration) {
  const auto day = add(date_of(moment), duration);
  if (!day) return std::nullopt;
  return at(*day, time_of(moment));
}

std::optional<DateTime> add(const DateTime& moment, DaysTimeDuration duration) {
  const auto sum = DaysTimeDuration::from_total(DaysTimeDuration{moment.seconds, moment.nanoseconds}.total() +
                                                duration.total());
  if (!sum || sum->seconds < first_day * seconds_per_day || sum->seconds >= (last_day + 1) * seconds_per_day)
    return std::nullopt;
  return DateTime{sum->seconds, sum->nanoseconds, moment.zone};
}

Time add(const Time& time, DaysTimeDuration duration) {
  constexpr Int128 day = static_cast<Int128>(seconds_per_day) * nanoseconds_per_second;
  Int128 sum = (time.nanoseconds + duration.total()) % day;
  if (sum < 0) sum += day;
  return {static_cast<std::int64_t>(sum), time.zone};
}

std::optional<DateTime> add(const DateTime& moment, const Period& period) {
  const auto months_later = add(moment, period.years_months);
  return months_later ? add(*months_later, period.days_time) : std::nullopt;
}

YearsMonthsDuration negated(YearsMonthsDuration duration) {
  return {duration.months == INT64_MIN ? INT64_MAX : -duration.months};
}

DaysTimeDuration negated(DaysTimeDuration duration) {
  return DaysTimeDuration::from_total(-duration.total()).value_or(DaysTimeDuration{INT64_MAX, 0});
}

std::optional<std::int64_t> utc_seconds(const DateTime& moment) {
  if (moment.zone.is_named()) return std::nullopt;
  return moment.seconds - (moment.zone.is_offset() ? moment.zone.offset_seconds() : 0);
}

}  // namespace weir::value
