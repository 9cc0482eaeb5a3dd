// Small hand-written parsers with one cursor. They are as strict as ISO 8601 where a mistake would go
// unnoticed (30 February, letters in the wrong order, 10^20 seconds), and as lenient as the engines where
// people rely on it (no seconds, no zone, a named zone).
#include "core/lint/timer_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <vector>

#include "core/lint/rule.hpp"
#include "core/value/cron.hpp"

namespace weir::lint {

namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  [[nodiscard]] bool done() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  std::string_view digits() {
    const std::size_t from = at_;
    while (!done() && digit(text_[at_])) ++at_;
    return text_.substr(from, at_ - from);
  }
  /// Exactly `count` digits, as a number.
  std::optional<int> number(std::size_t count) {
    if (text_.size() - at_ < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!digit(text_[at_ + i])) return std::nullopt;
      value = value * 10 + (text_[at_ + i] - '0');
    }
    at_ += count;
    return value;
  }
  char next() { return text_[at_++]; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

TimerText wrong(std::string problem) {
  return {std::move(problem), 0, false};
}

int days_in_month(int year, int month) {
  constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

bool take_fraction(Cursor& in) {
  return !(in.take('.') || in.take(',')) || !in.digits().empty();
}

/// Behind the time: nothing, Z, +hh, +hhmm, +hh:mm, and then perhaps [Region/City].
bool take_zone(Cursor& in) {
  if (in.take('Z') || in.take('z')) {
  } else if (in.take('+') || in.take('-')) {
    const auto hours = in.number(2);
    if (!hours || *hours > 18) return false;
    if (!in.done() && in.peek() != '[') {
      in.take(':');
      const auto minutes = in.number(2);
      if (!minutes || *minutes > 59) return false;
    }
  }
  if (in.take('[')) {
    std::size_t length = 0;
    while (!in.done() && in.peek() != ']') {
      const char c = in.next();
      if (!letter(c) && !digit(c) && std::string_view("/_+-").find(c) == std::string_view::npos) return false;
      ++length;
    }
    if (length == 0 || !in.take(']')) return false;
  }
  return in.done();
}

}  // namespace

TimerText check_date(std::string_view text) {
  const auto malformed = [] { return wrong("is no ISO 8601 date (2024-12-31 or 2024-12-31T23:59:00Z)"); };
  Cursor in(text);
  const auto year = in.number(4);
  const bool extended = in.take('-');
  const auto month = year ? in.number(2) : std::nullopt;
  if (month && extended && !in.take('-')) return malformed();
  const auto day = month ? in.number(2) : std::nullopt;
  if (!day) return malformed();
  if (*month < 1 || *month > 12) return wrong(fmt::format("has no month {}", *month));
  if (*day < 1 || *day > days_in_month(*year, *month))
    return wrong(fmt::format("is no date: month {} of {} has no day {}", *month, *year, *day));
  if (in.done()) return {};
  if (!in.take('T') && !in.take('t') && !in.take(' ')) return malformed();
  const auto hour = in.number(2);
  if (!hour) return malformed();
  const bool colon = in.take(':');
  const auto minute = colon || digit(in.peek()) ? in.number(2) : std::optional(0);
  if (!minute) return malformed();
  std::optional<int> second = 0;
  if (in.take(':') || (!colon && digit(in.peek()))) second = in.number(2);
  if (!second || !take_fraction(in)) return malformed();
  if (*hour > 24 || *minute > 59 || *second > 60 || (*hour == 24 && *minute + *second > 0))
    return wrong(fmt::format("is no time of day: {:02}:{:02}:{:02}", *hour, *minute, *second));
  TimerText made;
  made.may_not_exist = in.peek() == '[' && *hour < 4;
  return take_zone(in) ? made : malformed();
}

TimerText check_duration(std::string_view text) {
  constexpr double day = 86400;
  struct Unit {
    char letter;
    double seconds;
  };
  constexpr std::array date_units{Unit{'Y', 365.25 * day}, Unit{'M', 30.44 * day}, Unit{'W', 7 * day},
                                  Unit{'D', day}};
  constexpr std::array time_units{Unit{'H', 3600}, Unit{'M', 60}, Unit{'S', 1}};
  const auto malformed = [] { return wrong("is no ISO 8601 duration (P1DT2H30M, PT10S)"); };

  if (text.starts_with('-')) return wrong("is negative: a timer cannot fire in the past");
  Cursor in(text);
  in.take('+');
  if (!in.take('P') && !in.take('p')) return malformed();
  TimerText made;
  bool time = false;
  std::size_t last = 0;  // 1 + position of the unit before
  std::size_t parts = 0;
  while (!in.done()) {
    if (!time && (in.take('T') || in.take('t'))) {
      time = true;
      last = 0;
      if (in.done()) return malformed();
      continue;
    }
    if (in.peek() == '-') return wrong("is negative: a timer cannot fire in the past");
    const std::string_view before = in.rest();
    const std::string_view whole = in.digits();
    if (whole.empty() || !take_fraction(in)) return malformed();
    std::string number(before.substr(0, before.size() - in.rest().size()));
    std::replace(number.begin(), number.end(), ',', '.');
    const std::span<const Unit> units =
        time ? std::span<const Unit>(time_units) : std::span<const Unit>(date_units);
    const auto unit =
        std::find_if(units.begin(), units.end(), [&](Unit each) { return each.letter == upper(in.peek()); });
    if (in.done() || unit == units.end()) return malformed();
    const auto position = static_cast<std::size_t>(unit - units.begin()) + 1;
    if (position <= last) return malformed();
    last = position;
    in.next();
    double value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    made.seconds += value * unit->seconds;
    ++parts;
  }
  if (parts == 0) return malformed();
  if (!(made.seconds < 9999 * 365.25 * day)) return wrong("is longer than 9,999 years");
  return made;
}

namespace {

TimerText check_cron(std::string_view text) {
  const Result<value::Cron> cron = value::Cron::parse(text, 0);
  if (cron) return {{}, cron->every_second() ? 1.0 : 60.0, true, false};
  return wrong(cron.error().message.empty()
                   ? "is neither an ISO 8601 repetition (R3/PT10M) nor a cron expression (0 0 8 * * MON-FRI)"
                   : fmt::format("is no cron expression: {}", cron.error().message));
}

TimerText check_repetition(std::string_view text) {
  Cursor in(text);
  in.next();  // R
  if (in.peek() == '-') return wrong("repeats a negative number of times");
  const std::string_view count = in.digits();
  if (count.size() > 18) return wrong("repeats more often than can be counted");
  if (!in.take('/')) return wrong("is no ISO 8601 repetition (R3/PT10M)");
  std::vector<std::string_view> parts;
  for (std::string_view rest = in.rest();;) {
    const auto slash = rest.find('/');
    parts.push_back(rest.substr(0, slash));
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  TimerText made;
  made.endless = count.empty();
  bool duration = false;
  for (const std::string_view part : parts) {
    // Camunda 8 leaves the start empty in R3//PT10M; Flowable allows an expression as the end.
    if (part.empty() && parts.size() > 1) continue;
    if (is_expression(part)) {
      made.endless = false;
      duration = true;
      continue;
    }
    const bool is_duration = part.find_first_of("Pp") != std::string_view::npos && !duration;
    TimerText one = is_duration ? check_duration(part) : check_date(part);
    if (!one.problem.empty())
      return wrong(fmt::format("is no ISO 8601 repetition: '{}' {}", part, one.problem));
    if (is_duration) {
      made.seconds = one.seconds;
      duration = true;
      if (made.endless && one.seconds == 0) return wrong("repeats for ever without any time in between");
    } else if (duration) {
      made.endless = false;  // an end
    }
  }
  if (!duration && parts.size() < 2) return wrong("has no period (R3/PT10M)");
  return made;
}

}  // namespace

TimerText check_cycle(std::string_view text) {
  if (text.starts_with('R') || text.starts_with('r')) return check_repetition(text);
  if (text.starts_with('P') && check_duration(text).problem.empty())
    return wrong(fmt::format("is a duration, not a repetition (R/{})", text));
  return check_cron(text);
}

std::string_view called_bean(std::string_view expression) {
  const auto open = std::min(expression.find("${"), expression.find("#{"));
  if (open == std::string_view::npos) return {};
  std::string_view rest = expression.substr(open + 2);
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  std::size_t end = 0;
  while (end < rest.size() && (letter(rest[end]) || digit(rest[end]) || rest[end] == '_')) ++end;
  const std::string_view name = rest.substr(0, end);
  if (name.empty() || end == rest.size() || rest[end] != '.') return {};
  std::size_t at = end;
  while (at < rest.size() && (letter(rest[at]) || digit(rest[at]) || rest[at] == '_' || rest[at] == '.'))
    ++at;
  return at < rest.size() && rest[at] == '(' ? name : std::string_view{};
}

}  // namespace weir::lint
