#include "core/simulate/distribution.hpp"

#include <cmath>
#include <string>

#include "tests/support/catch.hpp"

using namespace weir;
using simulate::Distribution;

namespace {

constexpr int draws = 200'000;

struct Moments {
  double mean = 0, variance = 0, least = 1e300, most = -1e300;
};

Moments sample(const Distribution& distribution, std::uint64_t seed) {
  Random random(seed);
  Moments moments;
  double squares = 0;
  for (int i = 0; i < draws; ++i) {
    const double value = distribution.draw(random);
    const double delta = value - moments.mean;
    moments.mean += delta / (i + 1);
    squares += delta * (value - moments.mean);
    moments.least = std::min(moments.least, value);
    moments.most = std::max(moments.most, value);
  }
  moments.variance = squares / (draws - 1);
  return moments;
}

}  // namespace

TEST_CASE("draws have the mean and variance of their distribution") {
  struct Row {
    std::string name;
    Distribution distribution;
    double mean, variance;
    double fourth;  // standardised fourth moment: the variance of a sample variance follows from it
  };
  const std::vector<Row> rows{
      {"exponential", Distribution::exponential(80), 80, 6400, 9},
      {"uniform", Distribution::uniform(10, 70), 40, 300, 1.8},
      {"normal, rarely cut", Distribution::normal(100, 15), 100, 225, 3},
      {"triangular", Distribution::triangular(0, 30, 120), 50, 650, 2.4},
      {"lognormal", Distribution::lognormal(100, 2500), 100, 2500, 8.1},
      {"gamma of shape 4", Distribution::gamma(80, 1600), 80, 1600, 4.5},
      {"gamma of shape 1/4", Distribution::gamma(80, 25600), 80, 25600, 27},
      {"gamma, later", Distribution::gamma(80, 1600).shifted(20), 100, 1600, 4.5},
      {"normal + exponential", Distribution::exponnorm(100, 10, 30), 130, 1000, 7.86},
      // Cut: 150 + Exp(1350) below 1500 is 150 + 1350 (1 - 1 / (e - 1)).
      {"cut exponential", Distribution::exponential(1350).shifted(150).within(150, 1500), 714.3314, 144'572.2,
       1.9},
      // Half a normal distribution.
      {"cut normal", Distribution::normal(0, 10).within(0, 1e9), 7.978846, 36.338023, 3.87},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Moments moments = sample(row.distribution, 11);
    // Four standard errors; the seed is fixed, so that this cannot fail by chance later.
    CHECK(std::fabs(moments.mean - row.mean) < 4 * std::sqrt(row.variance / draws));
    CHECK(std::fabs(moments.variance - row.variance) <
          4 * row.variance * std::sqrt((row.fourth - 1) / draws));
  }
}

TEST_CASE("normal draws have the quantiles of the normal distribution") {
  Random random(3);
  int below[4] = {};
  constexpr double points[4] = {-2.326347874, -0.6744897502, 0.6744897502, 2.326347874};
  constexpr double shares[4] = {0.01, 0.25, 0.75, 0.99};
  for (int i = 0; i < draws; ++i) {
    const double value = simulate::draw_normal(random);
    for (int k = 0; k < 4; ++k) below[k] += value < points[k] ? 1 : 0;
  }
  for (int k = 0; k < 4; ++k)
    CHECK(std::fabs(below[k] / double(draws) - shares[k]) <
          4 * std::sqrt(shares[k] * (1 - shares[k]) / draws));
}

TEST_CASE("draws stay in their interval, whatever it is") {
  const Distribution odd[] = {
      Distribution::normal(-50, 1),                    // never positive: the mean is none either
      Distribution::exponential(10).within(1e6, 2e6),  // hardly ever: the middle
      Distribution::uniform(5, 1).within(3, 2),        // an empty interval
      Distribution::gamma(-3, 1),
      Distribution::lognormal(0, 0),
      Distribution::exponential(std::nan("")),
      Distribution::fixed(-7),
      Distribution::triangular(9, 2, 4),
      Distribution::exponential(std::numeric_limits<double>::infinity()),
  };
  Random random(5);
  for (const Distribution& each : odd)
    for (int i = 0; i < 50; ++i) {
      const double value = each.draw(random);
      CHECK(std::isfinite(value));
      CHECK(value >= 0);
      CHECK(each.draw_time(random) >= 0);
    }
  CHECK(Distribution::exponential(10).within(1e6, 2e6).draw(random) == 1.5e6);
  CHECK(Distribution::fixed(1e300).draw_time(random) == std::int64_t{1} << 53);
}
