#include "core/simulate/limit.hpp"

#include "tests/support/catch.hpp"

using namespace weir::simulate;

TEST_CASE("limits on key figures") {
  Figures figures;
  for (int i = 1; i <= 3; ++i) {
    figures.cycle_time.add(i * 3600.0);
    figures.cost.add(i * 10.0);
  }
  const auto holds_now = [&](const char* text) {
    const auto limit = parse_limit(text);
    REQUIRE(limit);
    return holds(*limit, measured(*limit, figures).value());
  };
  CHECK(holds_now("cycle_time.mean > 1h"));
  CHECK(holds_now("cycle_time.mean>=2h"));
  CHECK_FALSE(holds_now("cycle_time.mean > 2h"));
  CHECK(holds_now(" cycle_time.mean <= PT2H "));
  CHECK_FALSE(holds_now("cost.mean < 20"));
  CHECK(holds_now("cost.p95 > 19.5"));
  for (const char* wrong : {"", "cycle_time.p95", "cycle_time > 2d", "cycle_time.p99 > 2d", "speed.mean > 1",
                            "cycle_time.mean > 3", "cost.mean > 2d", "cost.mean > nan", "cost.mean >"})
    CHECK_FALSE(parse_limit(wrong));
  CHECK_FALSE(measured(*parse_limit("waiting_time.mean > 1s"), figures));
}
