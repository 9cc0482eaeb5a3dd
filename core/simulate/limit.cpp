// Four figures, three statistics, four comparisons: tables, and the only grammar is where the words end.
#include "core/simulate/limit.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "core/base/printable.hpp"
#include "core/value/duration_text.hpp"

namespace weir::simulate {

namespace {

struct FigureRow {
  std::string_view name;
  Series Figures::*series;
  bool is_time;
};
constexpr FigureRow figures_table[] = {{"cycle_time", &Figures::cycle_time, true},
                                       {"waiting_time", &Figures::waiting_time, true},
                                       {"processing_time", &Figures::processing_time, true},
                                       {"cost", &Figures::cost, false}};
constexpr std::pair<std::string_view, Limit::Statistic> statistics[] = {
    {"mean", Limit::Statistic::mean}, {"p50", Limit::Statistic::p50}, {"p95", Limit::Statistic::p95}};
// Longer ones first: '<' begins '<='.
constexpr std::pair<std::string_view, Limit::Comparison> comparisons[] = {{"<=", Limit::Comparison::at_most},
                                                                          {">=", Limit::Comparison::at_least},
                                                                          {"<", Limit::Comparison::less},
                                                                          {">", Limit::Comparison::more}};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

Result<Limit> parse_limit(std::string_view text) {
  Limit limit;
  limit.text = std::string(trimmed(text));
  const std::size_t at = text.find_first_of("<>");
  if (at == std::string_view::npos)
    return Error{
        fmt::format("'{}' compares nothing: write for example 'cycle_time.p95 > 2d'", printable(text))};
  const std::string_view left = trimmed(text.substr(0, at));
  const std::size_t dot = left.find('.');
  const std::string_view name = left.substr(0, dot);
  for (const FigureRow& row : figures_table)
    if (row.name == name) {
      limit.series = row.series;
      limit.is_time = row.is_time;
    }
  if (limit.series == nullptr)
    return Error{
        fmt::format("there is no figure '{}': choose cycle_time, waiting_time, processing_time or cost",
                    printable(name))};
  bool known = false;
  const std::string_view statistic = dot == std::string_view::npos ? "" : left.substr(dot + 1);
  for (const auto& [word, meaning] : statistics)
    if (word == statistic) {
      limit.statistic = meaning;
      known = true;
    }
  if (!known) return Error{fmt::format("'{}' needs .mean, .p50 or .p95 behind the figure", printable(left))};
  std::string_view right = text.substr(at);
  for (const auto& [sign, meaning] : comparisons)
    if (right.starts_with(sign)) {
      limit.comparison = meaning;
      right = trimmed(right.substr(sign.size()));
      break;
    }
  if (limit.is_time) {
    const std::optional<value::Microseconds> time = value::parse_duration(right);
    if (!time) return Error{fmt::format("'{}' is no duration such as 2d, 12h or PT90M", printable(right))};
    limit.value = static_cast<double>(*time) * 1e-6;
    return limit;
  }
  const char* end = right.data() + right.size();
  const auto [rest, error] = std::from_chars(right.data(), end, limit.value);
  if (error != std::errc() || rest != end || !std::isfinite(limit.value))
    return Error{fmt::format("'{}' is no number", printable(right))};
  return limit;
}

std::optional<double> measured(const Limit& limit, const Figures& figures) {
  const Series& series = figures.*limit.series;
  if (series.count() == 0) return std::nullopt;
  switch (limit.statistic) {
    case Limit::Statistic::p50:
      return series.quantile(0.5);
    case Limit::Statistic::p95:
      return series.quantile(0.95);
    case Limit::Statistic::mean:
      break;
  }
  return series.mean();
}

bool holds(const Limit& limit, double figure) {
  switch (limit.comparison) {
    case Limit::Comparison::less:
      return figure < limit.value;
    case Limit::Comparison::at_most:
      return figure <= limit.value;
    case Limit::Comparison::at_least:
      return figure >= limit.value;
    case Limit::Comparison::more:
      break;
  }
  return figure > limit.value;
}

}  // namespace weir::simulate
