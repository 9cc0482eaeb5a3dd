#include "core/base/stable_math.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/base/random.hpp"
#include "tests/support/catch.hpp"

using namespace weir;

namespace {

/// Distance in units of the last place of `right`.
double units_apart(double value, double right) {
  const double unit =
      std::nextafter(std::fabs(right), std::numeric_limits<double>::infinity()) - std::fabs(right);
  return std::fabs(value - right) / unit;
}

}  // namespace

TEST_CASE("logarithm and exponential are right to a unit in the last place") {
  Random random(1);
  double worst_log = 0, worst_exp = 0;
  for (int i = 0; i < 100'000; ++i) {
    const double x = std::bit_cast<double>(random.bits() & 0x7fefffffffffffffu);
    if (x > 0) worst_log = std::max(worst_log, units_apart(stable_log(x), std::log(x)));
    const double near_one = 0.5 + random.unit();
    worst_log = std::max(worst_log, units_apart(stable_log(near_one), std::log(near_one)));
    const double power = (random.unit() - 0.5) * 1400;
    worst_exp = std::max(worst_exp, units_apart(stable_exp(power), std::exp(power)));
  }
  // The library rounds correctly nearly always; two errors below one unit differ by at most one or two.
  CHECK(worst_log <= 1.0);
  CHECK(worst_exp <= 1.0);
}

TEST_CASE("the bits are the same on every machine") {
  struct Row {
    double x;
    std::uint64_t log, exp;
  };
  // Computed once; a machine or compiler that disagrees would draw other random numbers.
  for (const Row& row : {Row{0.3, 0xbff34378fcbda721u, 0x3ff599058c8c1a96u},
                         Row{2.0, 0x3fe62e42fefa39efu, 0x401d8e64b8d4ddaeu},
                         Row{1e-7, 0xc0301e3b843eaa73u, 0x3ff000001ad7f2b1u},
                         Row{123.456, 0x401343774f3e2362u, 0x4b11428e1cbc0143u}}) {
    CAPTURE(row.x);
    CHECK(std::bit_cast<std::uint64_t>(stable_log(row.x)) == row.log);
    CHECK(std::bit_cast<std::uint64_t>(stable_exp(row.x)) == row.exp);
  }
}

TEST_CASE("the quick logarithm is nearly as right, and the same everywhere") {
  Random random(1);
  double worst = 0;
  for (int i = 0; i < 200'000; ++i) {
    double x = random.unit() + 0x1p-54;
    if (i % 3 == 0) x *= x * x * x;
    const double right = std::log(x);
    const double unit = std::nextafter(std::fabs(right), HUGE_VAL) - std::fabs(right);
    worst = std::max(worst, std::fabs(quick_log(x) - right) / std::max(2e-16, 2 * unit));
  }
  CHECK(worst <= 1.0);
  CHECK(std::bit_cast<std::uint64_t>(quick_log(0.3)) == 0xbff34378fcbda720u);
  CHECK(std::bit_cast<std::uint64_t>(quick_log(0x1p-54)) == 0xc042b708872320e2u);
  CHECK(std::bit_cast<std::uint64_t>(quick_log(1 - 0x1p-53)) == 0xbc97700000000000u);
}

TEST_CASE("borders of logarithm and exponential") {
  CHECK(stable_log(1.0) == 0.0);
  CHECK(stable_log(0.0) == -std::numeric_limits<double>::infinity());
  CHECK(units_apart(stable_log(5e-324), std::log(5e-324)) <= 1.0);
  CHECK(stable_exp(0.0) == 1.0);
  CHECK(stable_exp(-800) == 0.0);
  CHECK(stable_exp(800) == std::numeric_limits<double>::infinity());
  CHECK(stable_exp(-740) > 0.0);
}
