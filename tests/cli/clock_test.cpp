#include "cli/world/clock.hpp"

#include <cstdlib>
#include <ctime>

#include "tests/support/catch.hpp"

using namespace weir;
using cli::world::SystemClock;

namespace {

/// Sets WEIR_NOW for one test.
struct Now {
  explicit Now(const char* text) { ::setenv("WEIR_NOW", text, 1); }
  ~Now() { ::unsetenv("WEIR_NOW"); }
};

}  // namespace

TEST_CASE("WEIR_NOW stops the clock") {
  struct Case {
    const char* text;
    value::Instant instant;
  };
  const Case each =
      GENERATE(Case{"1970-01-01T00:00:00Z", 0}, Case{"2024-05-01T09:00:00.25Z", 1714554000250000},
               Case{"2024-05-01T11:00:00+02:00", 1714554000000000},
               Case{"2024-05-01T09:00:00", 1714554000000000}, Case{"1969-12-31T23:59:59.5Z", -500000});
  CAPTURE(each.text);
  const Now now(each.text);
  Result<SystemClock> clock = SystemClock::from_environment();
  REQUIRE(clock);
  CHECK(clock->now() == each.instant);
  CHECK(clock->now() == each.instant);
}

TEST_CASE("WEIR_NOW must be an instant") {
  for (const char* text :
       {"tomorrow", "2024-05-01", "2024-05-01T09:00:00@Europe/Paris", "999999999-01-01T00:00:00Z"}) {
    CAPTURE(text);
    const Now now(text);
    const Result<SystemClock> clock = SystemClock::from_environment();
    REQUIRE_FALSE(clock);
    CHECK(clock.error().message == "WEIR_NOW is '" + std::string(text) +
                                       "', which is not a date and time such as 2024-05-01T09:00:00Z");
  }
}

TEST_CASE("without WEIR_NOW the clock is the machine's") {
  ::unsetenv("WEIR_NOW");
  Result<SystemClock> clock = SystemClock::from_environment();
  REQUIRE(clock);
  const value::Instant before = static_cast<value::Instant>(std::time(nullptr)) * value::per_second;
  const value::Instant now = clock->now();
  CHECK(now >= before - value::per_second);
  CHECK(now < before + value::per_minute);
}
