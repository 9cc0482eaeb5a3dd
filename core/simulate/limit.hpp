// A limit on a key figure, "cycle_time.p95 > 2d": true when the simulation shall count as failed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/simulate/kpi.hpp"

namespace weir::simulate {

struct Limit {
  enum class Statistic : std::uint8_t { mean, p50, p95 };
  enum class Comparison : std::uint8_t { less, at_most, more, at_least };
  std::string text;  // as written
  Series Figures::*series = nullptr;
  Statistic statistic = Statistic::mean;
  Comparison comparison = Comparison::more;
  double value = 0;  // seconds or money
  bool is_time = true;
};

/// Reads FIGURE.STATISTIC COMPARISON VALUE; a time needs a unit, a cost has none.
Result<Limit> parse_limit(std::string_view text);
/// What the limit is about; nothing when no case counts.
std::optional<double> measured(const Limit& limit, const Figures& figures);
/// Whether the comparison is true of a measured figure.
bool holds(const Limit& limit, double figure);

}  // namespace weir::simulate
