// A sum of numbers with units.
#include "core/value/duration_text.hpp"

#include <array>
#include <charconv>

#include "core/value/temporal.hpp"

namespace weir::value {

namespace {

struct Unit {
  std::string_view name;
  Microseconds length;
};
constexpr std::array units{
    Unit{"ms", 1000},    Unit{"w", per_week},   Unit{"d", per_day},
    Unit{"h", per_hour}, Unit{"m", per_minute}, Unit{"s", per_second},
};
constexpr double longest = 1000 * 365.25 * static_cast<double>(per_day);

std::optional<Microseconds> of_period(std::string_view text) {
  const std::optional<Period> period = parse_period(text);
  if (!period || period->years_months.months != 0) return std::nullopt;
  const double time = static_cast<double>(period->days_time.total()) * 1e-3;
  if (!(time >= 0 && time <= longest)) return std::nullopt;
  return static_cast<Microseconds>(time);
}

}  // namespace

std::optional<Microseconds> parse_duration(std::string_view text) {
  if (text.starts_with('P')) return of_period(text);
  double sum = 0;
  bool any = false;
  while (!text.empty()) {
    if (text.front() == ' ') {
      text.remove_prefix(1);
      continue;
    }
    if (text.front() < '0' || text.front() > '9') return std::nullopt;
    double number = 0;
    const auto [end, problem] =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (problem != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const Unit* found = nullptr;
    for (const Unit& unit : units)
      if (found == nullptr && text.starts_with(unit.name)) found = &unit;
    if (found == nullptr) return std::nullopt;
    text.remove_prefix(found->name.size());
    sum += number * static_cast<double>(found->length);
    any = true;
  }
  if (!any || sum > longest) return std::nullopt;
  return static_cast<Microseconds>(sum + 0.5);
}

}  // namespace weir::value
