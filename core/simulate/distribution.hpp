// How long things take: a distribution of seconds, cut to an interval. Parameters are what scenario files
// give (means, standard deviations, variances); the constructors turn them into what drawing needs.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "core/base/random.hpp"
#include "core/value/calendar.hpp"

namespace weir::simulate {

/// A row of the table in distribution.cpp per kind.
enum class Shape : std::uint8_t {
  fixed,
  exponential,
  uniform,
  normal,
  triangular,
  lognormal,
  gamma,
  exponnorm
};
std::string_view shape_name(Shape shape);

/// Draws outside [max(0, least), most] are repeated, at most 100 times; then the mean counts, or the middle
/// of the interval when the mean lies outside too. All values in seconds.
class Distribution {
 public:
  /// Always 0.
  Distribution() = default;
  static Distribution fixed(double value);
  static Distribution exponential(double mean);
  /// Between low and high; the other way round is mended.
  static Distribution uniform(double low, double high);
  static Distribution normal(double mean, double deviation);
  static Distribution triangular(double low, double mode, double high);
  /// Mean and variance of the result, not of its logarithm.
  static Distribution lognormal(double mean, double variance);
  static Distribution gamma(double mean, double variance);
  /// The sum of a normal and an exponential time.
  static Distribution exponnorm(double normal_mean, double deviation, double exponential_mean);
  /// The same, that much later; before it is cut.
  [[nodiscard]] Distribution shifted(double offset) const;
  /// The same, cut to an interval.
  [[nodiscard]] Distribution within(double least, double most) const;

  [[nodiscard]] Shape shape() const { return shape_; }
  /// Before it is cut.
  [[nodiscard]] double mean() const { return mean_; }

  /// Seconds; the number of random bits used varies.
  [[nodiscard]] double draw(Random& random) const;
  /// The same, rounded to microseconds, in [0, 2^53].
  [[nodiscard]] value::Microseconds draw_time(Random& random) const;

 private:
  [[nodiscard]] double draw_uncut(Random& random) const;
  [[nodiscard]] double draw_other(Random& random) const;  // than exponential

  Shape shape_ = Shape::fixed;
  double a_ = 0, b_ = 0, c_ = 0;  // see draw_uncut()
  double offset_ = 0;
  double mean_ = 0;
  double least_ = 0;
  double most_ = std::numeric_limits<double>::infinity();
};

/// Standard normal, one uniform number each (inversion).
double draw_normal(Random& random);

}  // namespace weir::simulate
