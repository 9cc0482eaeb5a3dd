// [sim] -> scenario.
#include "formats/toml/simulation.hpp"

#include <fmt/format.h>

#include "tests/formats/toml/support.hpp"
#include "tests/support/catch.hpp"

using namespace weir;

namespace {

constexpr std::string_view steps = R"(
[[step]]
user = "a"
on = [{ timeout = "5d", then = "end" }]
[[step]]
choice = "c"
when = [{ if = "x", then = "end" }]
[[step]]
wait = "w"
for = [{ after = "1d", then = "end" }, { message = "m", then = "end" }]
)";

constexpr std::string_view full = R"toml(
[sim]
arrive = "exponential(20m)"
calendar = "office"
cases = 500
until = "30d"
warmup = "12h"
seed = 42
[sim.calendars]
office = "mon-fri 09:00-17:30"
shop = "mon-fri 08:00-12:00, 13:00-17:00; sat 09:00-12:00"
night = "fri-mon 22:00-06:00"
[sim.resources]
clerk = { count = 4, cost = 60, calendar = "office" }
robot = { calendar = "24/7" }
[sim.steps]
a = { time = "normal(30m, 10m)", by = ["clerk", "robot"], cost = 2.5 }
"a.timeout" = { time = "2h" }
w = { time = "lognormal(1h, 30m)" }
[sim.branches]
c = { end = 0.25 }
[sim.vars]
amount = "normal(1000, 300)"
kind = { new = 0.25, old = 0.75 }
country = "DE"
size = [1, 2.5]
urgent = true
)toml";

struct Made {
  explicit Made(std::string_view section)
      : read(test::with_steps(fmt::format("{}{}", section, steps))),
        problems(test::problems_of(read.sources, read.diagnostics)) {
    Diagnostics again;
    scenario = formats::toml::read_simulation(read.model(), again);
  }
  test::Read read;
  std::string problems;
  simulate::Scenario scenario;
};

}  // namespace

TEST_CASE("a scenario in the definition", "[toml]") {
  const Made made(full);
  CHECK(made.problems.empty());
  const simulate::Scenario& scenario = made.scenario;
  REQUIRE(scenario.arrivals.between);
  CHECK(scenario.arrivals.between->mean() == 1200);
  CHECK(scenario.arrivals.calendar == "office");
  CHECK(scenario.cases == 500u);
  CHECK(scenario.seed == 42u);
  CHECK(scenario.until == 30 * value::per_day);
  CHECK(scenario.warm_up == 12 * value::per_hour);
  REQUIRE(scenario.calendars.size() == 3);
  CHECK(scenario.calendars[0].calendar.weekly_work() == 5 * (8 * value::per_hour + 30 * value::per_minute));
  CHECK(scenario.calendars[1].calendar.weekly_work() == 43 * value::per_hour);
  CHECK(scenario.calendars[2].calendar.weekly_work() == 32 * value::per_hour);
  REQUIRE(scenario.resources.size() == 2);
  CHECK(scenario.resources[0].count == 4);
  CHECK(scenario.resources[0].cost_per_hour == 60);
  CHECK(scenario.resources[1].calendar.empty());
  REQUIRE(scenario.activities.size() == 2);
  CHECK(scenario.activities[1].resource == "robot");
  REQUIRE(scenario.events.size() == 2);
  CHECK(scenario.events[0].element == "a.timeout");
  CHECK(scenario.events[0].time.mean() == 7200);
  CHECK(scenario.events[1].element == "w.m");
  REQUIRE(scenario.flows.size() == 1);
  CHECK(scenario.flows[0].flow == "end");
  REQUIRE(scenario.costs.size() == 1);
  CHECK(scenario.costs[0].cost == 2.5);
  REQUIRE(scenario.variables.size() == 5);
  REQUIRE(scenario.variables[0].number);
  CHECK(scenario.variables[0].number->mean() == 1000);
  REQUIRE(scenario.variables[1].choices.size() == 2);
  CHECK(scenario.variables[1].choices[1].value.get().text() == "old");
  CHECK(scenario.variables[1].choices[1].weight == 0.75);
  CHECK(scenario.variables[2].choices[0].value.get().text() == "DE");
  REQUIRE(scenario.variables[3].choices.size() == 2);
  CHECK(scenario.variables[3].choices[1].value.get().coefficient() == 25);
  CHECK(scenario.variables[4].choices[0].value.get().is_true());
}

TEST_CASE("what is wrong with a scenario is reported with its place", "[toml]") {
  struct Row {
    std::string_view section, problems;
  };
  const Row rows[] = {
      {"[sim]\narive = '1h'\n", "5:1 unknown-key: unknown key 'arive' in [sim]; did you mean 'arrive'?\n"},
      {"[sim]\narrive = 'exponental(1h)'\n",
       "5:10 bad-scenario: unknown distribution 'exponental'; did you mean 'exponential'?\n"},
      {"[sim]\narrive = 'normal(1h)'\n", "5:10 bad-scenario: normal(...) takes 2 durations\n"},
      {"[sim]\narrive = 'weibull(1h, 2)'\n",
       "5:10 bad-scenario: this version of weir does not draw from weibull(...) yet\n"},
      {"[sim]\narrive = 'often'\n", "5:10 bad-scenario: 'often' is neither a duration nor a distribution\n"},
      {"[sim]\ncases = -1\n", "5:9 bad-scenario: 'cases' must be a whole number from 0 up\n"},
      {"[sim]\nuntil = 30\n", "5:9 bad-scenario: 'until' must be a duration, such as \"30d\"\n"},
      {"[sim]\ncalendars = { a = 'mon 9' }\n",
       "5:19 bad-scenario: a calendar is written \"mon-fri 09:00-17:30\" or \"mon-fri 08:00-12:00, "
       "13:00-17:00; sat 09:00-12:00\"\n"},
      {"[sim.resources]\nr = { cuont = 2 }\n",
       "5:7 bad-scenario: unknown key 'cuont' in [sim]; did you mean 'count'?\n"},
      {"[sim.branches]\nc = { end = 0.7, w = 0.7 }\n",
       "5:5 bad-scenario: the probabilities of 'c' add up to 1.4, more than 1\n"},
      {"[sim.vars]\nx = 'norml(1, 2)'\n",
       "5:5 bad-scenario: unknown distribution 'norml'; did you mean 'normal'?\n"},
      {"[sim.vars]\nx = [[1]]\n", "5:6 bad-scenario: 'x' must be a text, a number, true or false\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.section);
    CHECK(Made(row.section).problems == row.problems);
  }
}
