#include "core/simulate/kpi.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/random.hpp"
#include "core/simulate/distribution.hpp"
#include "tests/support/catch.hpp"

using namespace weir;
using namespace weir::simulate;

namespace {

bool near(double value, double right, double relative = 1e-12) {
  return std::fabs(value - right) <= relative * std::fabs(right);
}

}  // namespace

TEST_CASE("percentiles are those of the sorted values to half a per mille") {
  Random random(1);
  const Distribution distribution = Distribution::lognormal(5000, 1e8);
  Histogram whole, first, second;
  std::vector<std::int64_t> values;
  for (int i = 0; i < 50'000; ++i) {
    const value::Microseconds value = distribution.draw_time(random);
    values.push_back(value);
    whole.add(value);
    (i % 3 == 0 ? first : second).add(value);
  }
  std::sort(values.begin(), values.end());
  first.merge(second);
  for (const double q : {0.0, 0.01, 0.5, 0.9, 0.95, 0.99, 1.0}) {
    CAPTURE(q);
    const auto right = static_cast<double>(values[static_cast<std::size_t>(q * 49'999)]);
    CHECK(std::fabs(whole.quantile(q) - right) <= 0.001 * right);
    CHECK(whole.quantile(q) == first.quantile(q));
  }
}

TEST_CASE("percentiles of few or equal values") {
  Histogram histogram;
  CHECK(histogram.quantile(0.5) == 0);
  histogram.add(600'000'123);
  CHECK(histogram.quantile(0.5) == 600'000'123);
  histogram.add(600'000'123);
  CHECK(histogram.quantile(0.95) == 600'000'123);
  histogram.add(-5);
  CHECK(histogram.quantile(0) == 0);
}

TEST_CASE("Student's t") {
  CHECK(near(student_t(1), 12.7062, 1e-4));
  CHECK(near(student_t(9), 2.2622, 1e-4));
  CHECK(near(student_t(31), 2.0395, 1e-4));
  CHECK(near(student_t(100), 1.9840, 1e-4));
}

TEST_CASE("batch means cover the mean of correlated values as often as they promise") {
  // An autoregressive series with correlation 0.9 from value to value and mean 0.
  int covered = 0;
  constexpr int rounds = 400;
  for (int round = 0; round < rounds; ++round) {
    Random random(99, static_cast<std::uint64_t>(round));
    BatchMeans batches;
    double value = 0, sum = 0;
    constexpr int count = 20'000;
    for (int i = 0; i < count; ++i) {
      value = 0.9 * value + draw_normal(random);
      batches.add(value);
      sum += value;
    }
    REQUIRE(batches.half_width().has_value());
    covered += std::fabs(sum / count) <= *batches.half_width() ? 1 : 0;
  }
  CAPTURE(covered);
  CHECK(covered >= 0.92 * rounds);
  CHECK(covered <= 0.98 * rounds);
}

TEST_CASE("a series of replications has the interval of their means") {
  Series total;
  for (const double base : {10.0, 12.0, 14.0}) {
    Series one;
    one.add(base);
    one.add(base + 2);
    total.merge(one);
  }
  CHECK(total.count() == 6);
  CHECK(near(total.mean(), 13.0));
  // Means 11, 13, 15: deviation 2, t with two degrees of freedom.
  CHECK(near(*total.half_width(), 4.3027 * 2 / std::sqrt(3.0)));
  CHECK_FALSE(Series().half_width().has_value());
}
