// Days are looked at one after the other: a timer's next day is near, and 230 years have few enough.
#include "core/value/cron.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <string>

namespace weir::value {

namespace {

struct Field {
  std::string_view name;
  int least, most;
  std::string_view names;  // three letters each
  int first_name;
};
constexpr Field seconds{"second", 0, 59, "", 0}, minutes{"minute", 0, 59, "", 0};
constexpr Field hours{"hour", 0, 23, "", 0}, days{"day of the month", 1, 31, "", 0};
constexpr Field months{"month", 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC", 1};
constexpr Field years{"year", 1970, 2199, "", 0};
constexpr std::string_view weekday_names = "SUNMONTUEWEDTHUFRISAT";
constexpr int last_year = 2199;
constexpr int largest_step = 9999;  // so that adding it to a value of a field is harmless

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::optional<int> one(std::string_view text, const Field& field) {
  if (text.size() == 3)
    for (std::size_t i = 0; i + 3 <= field.names.size(); i += 3)
      if (std::equal(text.begin(), text.end(), field.names.begin() + static_cast<std::ptrdiff_t>(i),
                     [](char a, char b) { return upper(a) == b; }))
        return field.first_name + static_cast<int>(i / 3);
  const auto value = number(text);
  return value && *value >= field.least && *value <= field.most ? value : std::nullopt;
}

/// "*", "5", "5-9", "*/15", "5-30/5", "5/15": calls `add` for each value.
template <class Add>
bool part(std::string_view text, const Field& field, Add add) {
  int step = 1;
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos) {
    const auto given = number(text.substr(slash + 1));
    if (!given || *given < 1 || *given > largest_step) return false;
    step = *given;
    text = text.substr(0, slash);
  }
  int from = field.least, to = field.most;
  if (text != "*" && !(text.empty() && slash != std::string_view::npos)) {
    const std::size_t dash = text.find('-');
    const auto low = one(text.substr(0, dash), field);
    const auto high = dash == std::string_view::npos ? low : one(text.substr(dash + 1), field);
    if (!low || !high) return false;
    from = *low;
    to = dash == std::string_view::npos && slash != std::string_view::npos ? field.most : *high;
  }
  if (to < from) {  // FRI-MON
    for (int value = from; value <= field.most; value += step) add(value);
    from = field.least;
  }
  for (int value = from; value <= to; value += step) add(value);
  return true;
}

/// What is wrong with the first part that cannot be read; empty = all can.
template <class Part>
std::string each_part(std::string_view text, const Field& field, Part read) {
  for (;;) {
    const std::size_t comma = text.find(',');
    const std::string_view each = text.substr(0, comma);
    if (!read(each)) return "'" + std::string(each) + "' is no " + std::string(field.name);
    if (comma == std::string_view::npos) return {};
    text.remove_prefix(comma + 1);
  }
}

std::string read_field(std::string_view text, const Field& field, std::uint64_t& into) {
  return each_part(text, field, [&](std::string_view each) {
    return part(each, field, [&](int value) { into |= std::uint64_t{1} << static_cast<unsigned>(value); });
  });
}

int days_in(const CivilDate& day) {
  for (int last = 31; last > 28; --last)
    if (date_of(day.year, day.month, last)) return last;
  return 28;
}

/// 0 = Sunday.
int weekday_of(const CivilDate& day) {
  return weekday(*date_of(day.year, day.month, day.day)) % 7;
}

}  // namespace

Result<Cron> Cron::parse(std::string_view text, int sunday) {
  if (text.starts_with("cron ")) text.remove_prefix(5);
  struct Macro {
    std::string_view name, fields;
  };
  constexpr std::array macros{Macro{"@yearly", "0 0 0 1 1 *"},  Macro{"@annually", "0 0 0 1 1 *"},
                              Macro{"@monthly", "0 0 0 1 * *"}, Macro{"@weekly", "0 0 0 * * SUN"},
                              Macro{"@daily", "0 0 0 * * *"},   Macro{"@midnight", "0 0 0 * * *"},
                              Macro{"@hourly", "0 0 * * * *"}};
  for (const Macro& each : macros)
    if (each.name == text) text = each.fields;
  std::vector<std::string_view> words;
  for (std::size_t at = text.find_first_not_of(" \t\n\r");
       at != std::string_view::npos && words.size() < 9;) {
    const std::size_t end = std::min(text.find_first_of(" \t\n\r", at), text.size());
    words.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(" \t\n\r", end);
  }
  if (words.size() < 5 || words.size() > 7) return Error{};
  Cron made;
  if (words.size() == 5) {
    words.insert(words.begin(), "0");
    made.days_.either = true;
    sunday = 0;
  }
  std::string problem;
  const auto fits = [&](std::string found) {
    problem = std::move(found);
    return problem.empty();
  };
  if (!fits(read_field(words[0], seconds, made.seconds_)) ||
      !fits(read_field(words[1], minutes, made.minutes_)) ||
      !fits(read_field(words[2], hours, made.hours_)) || !fits(read_field(words[4], months, made.months_)))
    return Error{problem};
  if (words.size() == 7 && words[6] != "*") {
    made.years_.resize(static_cast<std::size_t>(years.most - years.least + 1));
    const auto read = [&](std::string_view each) {
      return part(each, years,
                  [&](int value) { made.years_[static_cast<std::size_t>(value - years.least)] = true; });
    };
    if (!fits(each_part(words[6], years, read))) return Error{problem};
  }
  Days& found = made.days_;
  const auto bit = [](int value) { return 1u << static_cast<unsigned>(value); };
  const auto is_any = [](std::string_view word) { return word == "*" || word == "?"; };
  found.any_day = is_any(words[3]);
  found.any_weekday = is_any(words[5]);
  const bool days_read = found.any_day || fits(each_part(words[3], days, [&](std::string_view each) {
                           if (each == "L") return found.from_last |= 1u, true;
                           if (each == "LW" || each == "WL") return found.last_workday = true;
                           if (each.starts_with("L-")) {
                             const auto back = number(each.substr(2));
                             if (!back || *back < 0 || *back > 30) return false;
                             return found.from_last |= bit(*back), true;
                           }
                           if (each.ends_with('W')) {
                             const auto near = one(each.substr(0, each.size() - 1), days);
                             return near ? (found.nearest |= bit(*near), true) : false;
                           }
                           return part(each, days, [&](int value) { found.days |= bit(value); });
                         }));
  const Field weekdays{"day of the week", sunday, 7, weekday_names, sunday};
  const auto from_sunday = [&](int value) { return (value - sunday) % 7; };
  const bool weekdays_read =
      found.any_weekday || !days_read || fits(each_part(words[5], weekdays, [&](std::string_view each) {
        if (each == "L") return found.weekdays |= bit(6), true;  // Quartz: Saturday
        const std::size_t hash = each.find('#');
        if (hash != std::string_view::npos) {
          const auto day = one(each.substr(0, hash), weekdays);
          const auto nth = number(each.substr(hash + 1));
          if (!day || !nth || *nth < 1 || *nth > 5) return false;
          return found.nth[static_cast<std::size_t>(*nth)] |= bit(from_sunday(*day)), true;
        }
        if (each.ends_with('L') && !one(each, weekdays)) {
          const auto day = one(each.substr(0, each.size() - 1), weekdays);
          return day ? (found.last |= bit(from_sunday(*day)), true) : false;
        }
        return part(each, weekdays, [&](int value) { found.weekdays |= bit(from_sunday(value)); });
      }));
  if (!days_read || !weekdays_read) return Error{problem};
  return made;
}

bool Cron::matches(const CivilDate& day) const {
  if (((months_ >> static_cast<unsigned>(day.month)) & 1u) == 0) return false;
  if (!years_.empty() && !years_[static_cast<std::size_t>(day.year - years.least)]) return false;
  const int last = days_in(day), week = weekday_of(day);
  const auto has = [](std::uint32_t set, int value) {
    return ((set >> static_cast<unsigned>(value)) & 1u) != 0;
  };
  /// The workday nearest to a day of this month, within it.
  const auto workday = [&](int wanted) {
    const int at = weekday_of({day.year, day.month, wanted});
    if (at == 6) return wanted > 1 ? wanted - 1 : wanted + 2;
    if (at == 0) return wanted < last ? wanted + 1 : wanted - 2;
    return wanted;
  };
  bool day_fits = days_.any_day || has(days_.days, day.day) || has(days_.from_last, last - day.day) ||
                  (days_.last_workday && workday(last) == day.day);
  for (int wanted = std::max(1, day.day - 2); !day_fits && wanted <= std::min(last, day.day + 2); ++wanted)
    day_fits = has(days_.nearest, wanted) && workday(wanted) == day.day;
  const bool weekday_fits = days_.any_weekday || has(days_.weekdays, week) ||
                            (has(days_.last, week) && day.day + 7 > last) ||
                            has(days_.nth[static_cast<std::size_t>((day.day - 1) / 7 + 1)], week);
  if (days_.either && !days_.any_day && !days_.any_weekday) return day_fits || weekday_fits;
  return day_fits && weekday_fits;
}

std::optional<std::int64_t> Cron::next(std::int64_t after) const {
  const std::int64_t from = after + 1;
  std::int64_t day = from / seconds_per_day - (from % seconds_per_day < 0 ? 1 : 0);
  std::int64_t second = from - day * seconds_per_day;
  for (;; ++day, second = 0) {
    Date date;
    date.days = static_cast<decltype(date.days)>(day);
    const CivilDate at = civil(date);
    if (at.year > last_year) return std::nullopt;
    if (at.year < years.least || !matches(at)) continue;
    for (std::int64_t hour = second / 3600; hour < 24; ++hour, second = 0) {
      if (((hours_ >> static_cast<unsigned>(hour)) & 1u) == 0) continue;
      for (std::int64_t minute = std::max<std::int64_t>(0, second - hour * 3600) / 60; minute < 60;
           ++minute) {
        if (((minutes_ >> static_cast<unsigned>(minute)) & 1u) == 0) continue;
        const std::int64_t begin = hour * 3600 + minute * 60;
        const auto least = static_cast<unsigned>(std::max<std::int64_t>(0, second - begin));
        if (least > 59 || (seconds_ >> least) == 0) continue;
        return day * seconds_per_day + begin + least + std::countr_zero(seconds_ >> least);
      }
    }
  }
}

}  // namespace weir::value
