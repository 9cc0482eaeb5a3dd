#include "core/value/cron.hpp"

#include "core/execute/timers.hpp"
#include "tests/support/catch.hpp"

using namespace weir;

namespace {

std::string next(std::string_view text, std::string_view after, int sunday = 1) {
  const auto cron = value::Cron::parse(text, sunday);
  if (!cron) return "no cron text";
  const auto at = cron->next(*execute::parse_instant(after) / value::per_second);
  return at ? execute::instant_text(*at * value::per_second) : "never";
}

}  // namespace

TEST_CASE("a cron text has a next time", "[value][cron]") {
  constexpr std::string_view now = "2026-11-25T09:00:00Z";  // a Wednesday
  struct Case {
    std::string_view text, expected;
    int sunday = 1;
  };
  const Case cases[] = {
      {"0/1 * * * * ?", "2026-11-25T09:00:01Z"},
      {"0 0/5 * * * ?", "2026-11-25T09:05:00Z"},
      {"0 0 8 * * ?", "2026-11-26T08:00:00Z"},
      {"30 15 9 * * ?", "2026-11-25T09:15:30Z"},
      {"0 0 9-17 * * MON-FRI", "2026-11-25T10:00:00Z"},
      {"0 0 8 ? * SAT,SUN", "2026-11-28T08:00:00Z"},
      {"0 0 8 ? * FRI-MON", "2026-11-27T08:00:00Z"},
      {"0 0 8 ? * 2", "2026-11-30T08:00:00Z"},     // Quartz: Monday
      {"0 0 8 * * 2", "2026-12-01T08:00:00Z", 0},  // Spring: Tuesday
      {"0 8 * * 1", "2026-11-30T08:00:00Z"},       // Unix: Monday
      {"0 8 13 * 5", "2026-11-27T08:00:00Z"},      // Unix: the 13th or a Friday
      {"0 0 0 L * ?", "2026-11-30T00:00:00Z"},
      {"0 0 0 L-3 * ?", "2026-11-27T00:00:00Z"},
      {"0 0 0 LW * ?", "2026-11-30T00:00:00Z"},
      {"0 0 0 1W 8 ?", "2027-08-02T00:00:00Z"},   // the first is a Sunday
      {"0 0 0 ? * 6#3", "2026-12-18T00:00:00Z"},  // the third Friday
      {"0 0 0 ? * FRIL", "2026-11-27T00:00:00Z"},
      {"0 0 0 29 2 ?", "2028-02-29T00:00:00Z"},
      {"0 0 0 1 1 ? 2030", "2030-01-01T00:00:00Z"},
      {"0 0 0 1 1 ? 2020", "never"},
      {"0 0 0 31 2 ?", "never"},
      {"@daily", "2026-11-26T00:00:00Z"},
      {"cron 0 0 8 * * *", "2026-11-26T08:00:00Z"},
      {"0 0 8 * * MONDAY", "no cron text"},
      {"0 0 25 * * ?", "no cron text"},
      {"0 0/0 * * * ?", "no cron text"},
      {"R3/PT1H", "no cron text"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text, each.sunday);
    CHECK(next(each.text, now, each.sunday) == each.expected);
  }
}
