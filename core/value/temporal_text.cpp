// Reading and writing of temporal values. One small cursor over the text; every number has a digit limit, so
// nothing can overflow before it is checked.
#include <algorithm>
#include <cstdlib>

#include "core/value/temporal.hpp"

namespace weir::value {

namespace {

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  bool accept(char expected) {
    if (peek() != expected) return false;
    ++at_;
    return true;
  }
  /// A run of digits; `length` receives how many. At most 18, else it fails.
  std::optional<std::int64_t> number(int* length = nullptr) {
    std::int64_t value = 0;
    int count = 0;
    while (peek() >= '0' && peek() <= '9') {
      if (++count > 18) return std::nullopt;
      value = value * 10 + (text_[at_++] - '0');
    }
    if (length != nullptr) *length = count;
    if (count == 0) return std::nullopt;
    return value;
  }
  std::optional<std::int64_t> two_digits() {
    int length = 0;
    const auto value = number(&length);
    return length == 2 ? value : std::nullopt;
  }
  /// ".123" -> nanoseconds; digits beyond nine are cut. 0 when there is no point.
  std::optional<std::uint32_t> fraction(bool may_be_empty = false) {
    if (!accept('.') && !accept(',')) return 0;
    std::uint32_t value = 0;
    int count = 0;
    for (; peek() >= '0' && peek() <= '9'; ++at_, ++count)
      if (count < 9) value = value * 10 + static_cast<std::uint32_t>(text_[at_] - '0');
    if (count == 0 && !may_be_empty) return std::nullopt;
    for (; count < 9; ++count) value *= 10;
    return value;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<Date> read_date(Cursor& in) {
  const bool negative = in.accept('-');
  int length = 0;
  const bool leading_zero = in.peek() == '0';
  const auto year = in.number(&length);
  if (!year || length < 4 || length > 9 || (length > 4 && leading_zero) || !in.accept('-'))
    return std::nullopt;
  const auto month = in.two_digits();
  if (!month || !in.accept('-')) return std::nullopt;
  const auto day = in.two_digits();
  if (!day) return std::nullopt;
  return date_of(negative ? -*year : *year, *month, *day);
}

/// Zone at the end of the text; a local zone when nothing is left.
std::optional<Zone> read_zone(Cursor& in) {
  if (in.at_end()) return Zone{};
  if (in.accept('@')) {
    const Zone zone = find_zone(in.rest());
    return zone.is_local() ? std::nullopt : std::optional<Zone>(zone);
  }
  if (in.accept('Z') || in.accept('z'))
    return in.at_end() ? std::optional<Zone>(Zone::offset(0)) : std::nullopt;
  const bool east = in.accept('+');
  if (!east && !in.accept('-')) return std::nullopt;
  const auto hours = in.two_digits();
  if (!hours || !in.accept(':')) return std::nullopt;
  const auto minutes = in.two_digits();
  if (!minutes || *minutes > 59) return std::nullopt;
  std::int64_t seconds = 0;
  if (in.accept(':')) {
    const auto written = in.two_digits();
    if (!written || *written > 59) return std::nullopt;
    seconds = *written;
  }
  seconds += *hours * 3600 + *minutes * 60;
  if (!in.at_end() || seconds > Zone::max_offset) return std::nullopt;
  return Zone::offset(static_cast<std::int32_t>(east ? seconds : -seconds));
}

/// Time up to the end of the text. `next_day` is set for 24:00:00.
std::optional<Time> read_time(Cursor& in, bool seconds_optional, bool& next_day) {
  next_day = false;
  const auto hour = in.two_digits();
  if (!hour || !in.accept(':')) return std::nullopt;
  const auto minute = in.two_digits();
  if (!minute) return std::nullopt;
  std::int64_t second = 0;
  std::uint32_t fraction = 0;
  if (in.accept(':')) {
    const auto written = in.two_digits();
    const auto part = in.fraction();
    if (!written || !part) return std::nullopt;
    second = *written;
    fraction = *part;
  } else if (!seconds_optional) {
    return std::nullopt;
  }
  if (*hour > 24 || *minute > 59 || second > 59) return std::nullopt;
  if (*hour == 24) {
    if (*minute != 0 || second != 0 || fraction != 0) return std::nullopt;
    next_day = true;
  }
  const auto zone = read_zone(in);
  if (!zone) return std::nullopt;
  const std::int64_t hours = next_day ? 0 : *hour;
  return Time{(hours * 3600 + *minute * 60 + second) * nanoseconds_per_second + fraction, *zone};
}

std::optional<DateTime> read_date_time(std::string_view text, bool timer) {
  Cursor in(text);
  auto date = read_date(in);
  if (!date) return std::nullopt;
  if (timer && in.at_end()) return at(*date, Time{});
  if (!in.accept('T')) return std::nullopt;
  bool next_day = false;
  const auto time = read_time(in, timer, next_day);
  if (!time) return std::nullopt;
  if (next_day) ++date->days;
  return at(*date, *time);
}

void append_padded(std::string& out, std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

void append_fraction(std::string& out, std::int64_t nanoseconds) {
  if (nanoseconds == 0) return;
  out += '.';
  append_padded(out, nanoseconds, 9);
  while (out.back() == '0') out.pop_back();
}

void append_unit(std::string& out, std::int64_t number, char unit) {
  if (number == 0) return;
  out += std::to_string(number);
  out += unit;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  Cursor in(text);
  const auto date = read_date(in);
  return in.at_end() ? date : std::nullopt;
}

std::optional<Time> parse_time(std::string_view text) {
  Cursor in(text);
  bool next_day = false;
  return read_time(in, false, next_day);
}

std::optional<DateTime> parse_date_time(std::string_view text) {
  return read_date_time(text, false);
}

std::optional<DateTime> parse_timer_date(std::string_view text) {
  return read_date_time(text, true);
}

std::optional<Period> parse_period(std::string_view text) {
  Cursor in(text);
  const bool negative = in.accept('-');
  if (!negative) in.accept('+');
  if (!in.accept('P')) return std::nullopt;
  Period period;
  Int128 months = 0;
  Int128 nanoseconds = 0;
  // Units in their order; each at most once. Before the T: Y M W D, after it: H M S.
  constexpr std::string_view date_units = "YMWD";
  constexpr std::string_view time_units = "HMS";
  bool in_time = false;
  std::size_t next_unit = 0;
  bool any = false;
  while (!in.at_end()) {
    if (!in_time && in.accept('T')) {
      in_time = true;
      next_unit = 0;
      if (in.at_end()) return std::nullopt;
      continue;
    }
    const auto number = in.number();
    if (!number) return std::nullopt;
    const bool has_fraction = in.peek() == '.' || in.peek() == ',';
    const auto fraction = in.fraction(true);  // "PT0.S" is accepted by all engines
    if (!fraction) return std::nullopt;
    const std::string_view units = in_time ? time_units : date_units;
    const std::size_t unit = units.find(in.peek(), next_unit);
    if (in.at_end() || unit == std::string_view::npos) return std::nullopt;
    const char letter = units[unit];
    in.accept(letter);
    next_unit = unit + 1;
    any = true;
    if (has_fraction && letter != 'S') return std::nullopt;
    const auto amount = static_cast<Int128>(*number);
    constexpr Int128 second = nanoseconds_per_second;
    if (in_time) {
      nanoseconds += letter == 'H'   ? amount * 3600 * second
                     : letter == 'M' ? amount * 60 * second
                                     : amount * second + *fraction;
      period.has_days_time = true;
    } else if (letter == 'Y' || letter == 'M') {
      months += letter == 'Y' ? amount * 12 : amount;
      period.has_years_months = true;
    } else {
      nanoseconds += amount * (letter == 'W' ? 7 : 1) * seconds_per_day * second;
      period.has_days_time = true;
    }
  }
  if (!any) return std::nullopt;
  if (negative) {
    months = -months;
    nanoseconds = -nanoseconds;
  }
  const auto days_time = DaysTimeDuration::from_total(nanoseconds);
  if (!days_time || static_cast<std::int64_t>(months) != months) return std::nullopt;
  period.years_months = {static_cast<std::int64_t>(months)};
  period.days_time = *days_time;
  return period;
}

std::optional<Repetition> parse_repetition(std::string_view text) {
  if (text.empty() || text[0] != 'R') return std::nullopt;
  const std::size_t first = text.find('/');
  if (first == std::string_view::npos) return std::nullopt;
  Repetition repetition;
  if (const std::string_view count = text.substr(1, first - 1); count == "-1") {
    repetition.count = std::nullopt;
  } else if (!count.empty()) {
    Cursor in(count);
    repetition.count = in.number();
    if (!repetition.count || !in.at_end()) return std::nullopt;
  }
  const std::string_view rest = text.substr(first + 1);
  const std::size_t second = rest.find('/');
  if (second == std::string_view::npos) {
    const auto period = parse_period(rest);
    if (!period) return std::nullopt;
    repetition.period = *period;
    return repetition;
  }
  const std::string_view left = rest.substr(0, second);
  const std::string_view right = rest.substr(second + 1);
  repetition.start = parse_timer_date(left);
  if (repetition.start) {
    if (const auto period = parse_period(right)) {
      repetition.period = *period;
      return repetition;
    }
    repetition.end = parse_timer_date(right);  // R2/start/end: the interval between them is the period
    if (!repetition.end) return std::nullopt;
    const auto from = utc_seconds(*repetition.start);
    const auto to = utc_seconds(*repetition.end);
    if (!from || !to || *to <= *from) return std::nullopt;
    repetition.period.days_time = {*to - *from, 0};
    repetition.period.has_days_time = true;
    repetition.end.reset();
    return repetition;
  }
  const auto period = parse_period(left);
  repetition.end = parse_timer_date(right);
  if (!period || !repetition.end) return std::nullopt;
  repetition.period = *period;
  return repetition;
}

std::string to_text(Date date) {
  const CivilDate day = civil(date);
  std::string out = day.year < 0 ? "-" : "";
  append_padded(out, std::abs(day.year), 4);
  out += '-';
  append_padded(out, day.month, 2);
  out += '-';
  append_padded(out, day.day, 2);
  return out;
}

std::string to_text(const Time& time) {
  const std::int64_t seconds = time.nanoseconds / nanoseconds_per_second;
  std::string out;
  append_padded(out, seconds / 3600, 2);
  out += ':';
  append_padded(out, seconds / 60 % 60, 2);
  out += ':';
  append_padded(out, seconds % 60, 2);
  append_fraction(out, time.nanoseconds % nanoseconds_per_second);
  return out + to_text(time.zone);
}

std::string to_text(const DateTime& moment) {
  return to_text(date_of(moment)) + 'T' + to_text(time_of(moment));
}

std::string to_text(DaysTimeDuration duration) {
  Int128 total = duration.total();
  if (total == 0) return "PT0S";
  std::string out = total < 0 ? "-P" : "P";
  if (total < 0) total = -total;
  const auto seconds = static_cast<std::int64_t>(total / nanoseconds_per_second);
  const auto fraction = static_cast<std::int64_t>(total % nanoseconds_per_second);
  append_unit(out, seconds / seconds_per_day, 'D');
  if (seconds % seconds_per_day == 0 && fraction == 0) return out;
  out += 'T';
  append_unit(out, seconds / 3600 % 24, 'H');
  append_unit(out, seconds / 60 % 60, 'M');
  if (seconds % 60 == 0 && fraction == 0) return out;
  out += std::to_string(seconds % 60);
  append_fraction(out, fraction);
  return out + 'S';
}

std::string to_text(YearsMonthsDuration duration) {
  if (duration.months == 0) return "P0M";
  const bool negative = duration.months < 0;
  std::string out = negative ? "-P" : "P";
  const auto months =
      static_cast<std::int64_t>(negative ? -static_cast<Int128>(duration.months) : duration.months);
  append_unit(out, months / 12, 'Y');
  append_unit(out, months % 12, 'M');
  return out;
}

std::string to_text(Zone zone) {
  if (zone.is_local()) return {};
  if (zone.is_named()) return '@' + std::string(zone_name(zone));
  const std::int32_t offset = zone.offset_seconds();
  if (offset == 0) return "Z";
  std::string out = offset < 0 ? "-" : "+";
  const std::int32_t size = std::abs(offset);
  append_padded(out, size / 3600, 2);
  out += ':';
  append_padded(out, size / 60 % 60, 2);
  if (size % 60 != 0) {
    out += ':';
    append_padded(out, size % 60, 2);
  }
  return out;
}

}  // namespace weir::value
