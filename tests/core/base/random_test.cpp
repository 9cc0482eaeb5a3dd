// The numbers themselves are part of the contract: a seed printed in a report must mean the same for ever.
#include "core/base/random.hpp"

#include <set>

#include "tests/support/catch.hpp"

using weir::Random;

TEST_CASE("random numbers are fixed for ever") {
  Random random(42);
  CHECK(random.bits() == 0xd3aaf12e4d887ddcu);
  CHECK(random.below(1000) == 300);
  CHECK(Random(42, 1).bits() == 0x2a1dc1dd9503e56cu);
}

TEST_CASE("random streams are pure functions of seed, stream and count") {
  Random random(7);
  const std::uint64_t first = random.split(3).bits();
  const std::uint64_t a = random.bits();
  const std::uint64_t b = random.bits();
  CHECK(random.split(3).bits() == first);
  CHECK(a != b);
  random.resume(0);
  CHECK(random.bits() == a);
  std::set<std::uint64_t> seen;
  for (std::uint64_t stream = 0; stream < 1000; ++stream) seen.insert(Random(7, stream).bits());
  CHECK(seen.size() == 1000);
}

TEST_CASE("random numbers below a bound are spread evenly") {
  Random random(1);
  std::uint32_t counts[6] = {};
  for (int i = 0; i < 60'000; ++i) ++counts[random.below(6)];
  for (const std::uint32_t count : counts) {
    CHECK(count > 9'700);
    CHECK(count < 10'300);
  }
  CHECK(random.below(1) == 0);
  for (int i = 0; i < 1000; ++i) {
    const double unit = random.unit();
    CHECK((unit >= 0.0 && unit < 1.0));
  }
}
