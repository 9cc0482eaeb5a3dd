// What happens to single cases, to the microsecond.
#include "core/simulate/simulator.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "core/simulate/replicate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sketch.hpp"

using namespace weir;
using namespace weir::simulate;
using value::per_hour;
using value::per_minute;
using value::per_second;

namespace {

struct Setup {
  test::Sketch sketch;
  model::Definitions definitions;
  graph::ProcessGraph graph;
  Scenario scenario;
  Diagnostics problems;

  explicit Setup(const char* text)
      : sketch(test::parse_sketch(text)),
        definitions(test::definitions_of(sketch)),
        graph(test::graph_of(sketch)) {
    scenario.begin = 1'704'099'600 * per_second;  // Monday 09:00
    scenario.arrivals.between = Distribution::fixed(3600);
  }
  void resource(std::string id, std::uint32_t count = 1, std::string calendar = {},
                double cost_per_hour = 0) {
    Resource made;
    made.id = std::move(id);
    made.count = count;
    made.calendar = std::move(calendar);
    made.cost_per_hour = cost_per_hour;
    scenario.resources.push_back(std::move(made));
  }
  void daily(std::string id, double from, double to) {
    std::vector<value::Shift> shifts;
    for (std::int64_t day = 0; day < 7; ++day)
      shifts.push_back({day * value::per_day + static_cast<std::int64_t>(from * double(per_hour)),
                        day * value::per_day + static_cast<std::int64_t>(to * double(per_hour))});
    scenario.calendars.push_back({std::move(id), value::Calendar(std::move(shifts)), {}});
  }
  void work(std::string element, std::string by, double seconds) {
    scenario.activities.push_back({std::move(element), std::move(by), Distribution::fixed(seconds), {}});
  }
  Plan plan() {
    problems = {};
    return make_plan(graph, definitions, scenario, problems);
  }
  Figures run(std::uint64_t cases, std::vector<LogRow>* log = nullptr, RunOptions options = {}) {
    options.cases = cases;
    const Plan made = plan();
    return simulate::run(made, options, 0, log);
  }
  [[nodiscard]] NodeId node(const char* id) const { return graph.find_node(id); }
  /// Minutes after the beginning.
  [[nodiscard]] std::int64_t minutes(value::Instant at) const { return (at - scenario.begin) / per_minute; }
};

constexpr const char* one_task = "start s\ntask a\nend e\ns > a > e";

}  // namespace

TEST_CASE("work pauses at the end of a shift and goes on with the next") {
  Setup setup(one_task);
  setup.daily("office", 9, 17);
  setup.resource("r", 1, "office", 60);
  setup.work("a", "r", 6 * 3600);
  setup.scenario.arrivals.between = Distribution::fixed(4 * 3600);
  std::vector<LogRow> log;
  const Figures figures = setup.run(2, &log);
  REQUIRE(log.size() == 2);
  CHECK(setup.minutes(log[0].started) == 0);
  CHECK(setup.minutes(log[0].ended) == 6 * 60);
  // Arrives at 13:00, starts at 15:00 when the first is done, pauses from 17:00 to 9:00, done at 13:00.
  CHECK(setup.minutes(log[1].enabled) == 4 * 60);
  CHECK(setup.minutes(log[1].started) == 6 * 60);
  CHECK(setup.minutes(log[1].ended) == 28 * 60);
  const ElementTally& tally = figures.elements[index(setup.node("a"))];
  CHECK(tally.waiting == 2 * 3600);
  CHECK(tally.processing == 12 * 3600);
  CHECK(tally.paused == 16 * 3600);
  CHECK(tally.cost == 720);
  CHECK(figures.cost.mean() == 360);
  // On duty from Monday 9:00 to 17:00 and Tuesday 9:00 to 13:00, always at work.
  CHECK(figures.resources[0].available == 12 * 3600);
  CHECK(figures.resources[0].worked == 12 * 3600);
}

TEST_CASE("a colleague on duty takes the work of one who is not") {
  Setup setup(one_task);
  setup.daily("morning", 0, 12);
  setup.daily("evening", 12, 24);
  setup.resource("early", 1, "morning");
  setup.resource("late", 1, "evening");
  setup.work("a", "early", 600);
  setup.work("a", "late", 600);
  std::vector<LogRow> log;
  setup.run(24, &log);
  REQUIRE(log.size() == 24);
  for (const LogRow& row : log) {
    CHECK(row.started == row.enabled);
    const std::int64_t hour = (9 + static_cast<std::int64_t>(row.number)) % 24;
    CHECK(row.resource == (hour < 12 ? 0u : 1u));
  }
}

TEST_CASE("who waits longest is served first, also by who comes on duty") {
  Setup setup("start s\ntask a\nend e\ns > a > e");
  setup.daily("late", 13, 17);
  setup.resource("r", 2, "late");
  setup.work("a", "r", 1800);
  std::vector<LogRow> log;
  setup.run(5, &log);  // 9, 10, 11, 12, 13 o'clock
  REQUIRE(log.size() == 5);
  const std::int64_t starts[] = {240, 240, 270, 270, 300};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(log[i].number == i);
    CHECK(setup.minutes(log[i].started) == starts[i]);
  }
}

TEST_CASE("the resource that was idle longest is chosen, of equals the first") {
  Setup setup(one_task);
  setup.resource("r", 3);
  setup.work("a", "r", 60);
  std::vector<LogRow> log;
  setup.run(6, &log);
  REQUIRE(log.size() == 6);
  for (std::size_t i = 0; i < 6; ++i) CHECK(log[i].resource == i % 3);
}

TEST_CASE("one resource for two activities takes what was enabled first") {
  Setup setup(R"(
    start s
    and x
    task a
    task b
    and j
    end e
    s > x > a > j > e
    x > b > j
  )");
  setup.resource("both");
  setup.resource("only-b");
  setup.work("a", "both", 1800);
  setup.work("b", "both", 1800);
  setup.work("b", "only-b", 7200);
  setup.scenario.arrivals.between = Distribution::fixed(600);
  std::vector<LogRow> log;
  setup.run(3, &log);
  // both: a0 0-30, a1 30-60 (enabled at 10 before b1), b1 60-90, a2 90-120; only-b: b0 0-120, b2 120-240.
  struct Row {
    std::uint64_t number;
    const char* node;
    std::int64_t started;
  };
  const Row rows[] = {{0, "a", 0}, {1, "a", 30}, {1, "b", 60}, {0, "b", 0}, {2, "a", 90}, {2, "b", 120}};
  REQUIRE(log.size() == 6);
  for (const Row& row : rows) {
    CAPTURE(row.number, row.node);
    bool found = false;
    for (const LogRow& each : log)
      if (each.number == row.number && each.node == setup.node(row.node)) {
        CHECK(setup.minutes(each.started) == row.started);
        found = true;
      }
    CHECK(found);
  }
}

TEST_CASE("a boundary timer interrupts work and frees its resource") {
  Setup setup(R"(
    start s
    task a
    boundary t on a timer
    task b
    end e
    s > a > e
    t > b > e
  )");
  setup.resource("r", 1, "", 60);
  setup.work("a", "r", 7200);
  setup.work("b", "", 60);
  setup.scenario.events.push_back({"t", Distribution::fixed(1800), {}});
  setup.scenario.arrivals.between = Distribution::fixed(900);
  const Figures figures = setup.run(2);
  // The first works for 30 minutes, the second waits 15 minutes, works 15 and is interrupted too.
  CHECK(figures.elements[index(setup.node("a"))].count == 0);
  CHECK(figures.elements[index(setup.node("t"))].count == 2);
  CHECK(figures.elements[index(setup.node("b"))].count == 2);
  CHECK(figures.waiting_time.mean() == 450);
  CHECK(figures.processing_time.mean() == (30 + 15) / 2.0 * 60 + 60);
  CHECK(figures.cost.mean() == 22.5);
  CHECK(figures.resources[0].worked == 45 * 60);
  CHECK(figures.resources[0].count == 0);
}

TEST_CASE("a timer that interrupts waiting takes the work out of the queue") {
  Setup setup("start s\ntask a\nboundary t on a timer\nend e\ns > a > e\nt > e");
  setup.resource("r");
  setup.work("a", "r", 3600);
  setup.scenario.events.push_back({"t", Distribution::fixed(4000), {}});
  setup.scenario.arrivals.between = Distribution::fixed(600);
  std::vector<LogRow> log;
  const Figures figures = setup.run(20, &log);
  CHECK(figures.cases.completed == 20);
  for (const LogRow& row : log) CHECK(row.ended - row.enabled <= 4000 * per_second);
  CHECK(figures.cases.unfinished == 0);
}

TEST_CASE("the first event of an event-based gateway wins") {
  Setup setup(R"(
    start s
    event-gateway g
    catch fast timer
    catch slow message
    task after
    end e
    s > g > fast > after > e
    g > slow > e
  )");
  setup.scenario.events.push_back({"fast", Distribution::fixed(100), {}});
  setup.scenario.events.push_back({"slow", Distribution::fixed(200), {}});
  setup.work("after", "", 5);
  const Figures figures = setup.run(3);
  CHECK(figures.elements[index(setup.node("fast"))].count == 3);
  CHECK(figures.elements[index(setup.node("slow"))].count == 0);
  CHECK(figures.cycle_time.mean() == 105);
}

TEST_CASE("loops and instances") {
  SECTION("multi-instance, all at once") {
    Setup setup("start s\ntask a mi\nend e\ns > a > e");
    setup.resource("r", 2);
    setup.work("a", "r", 60);
    setup.scenario.repetitions.push_back({"a", std::nullopt, Distribution::fixed(5), {}});
    const Figures figures = setup.run(1);
    CHECK(figures.elements[index(setup.node("a"))].count == 5);
    CHECK(figures.cycle_time.mean() == 180);
  }
  SECTION("multi-instance, one after the other") {
    Setup setup("start s\ntask a mi-sequential\nend e\ns > a > e");
    setup.work("a", "", 60);
    setup.scenario.repetitions.push_back({"a", std::nullopt, Distribution::fixed(5), {}});
    CHECK(setup.run(1).cycle_time.mean() == 300);
  }
  SECTION("a loop that always goes on ends at its maximum") {
    Setup setup("start s\ntask a loop max:4\nend e\ns > a > e");
    setup.work("a", "", 60);
    setup.scenario.repetitions.push_back({"a", 1.0, std::nullopt, {}});
    CHECK(setup.run(1).cycle_time.mean() == 240);
  }
}

TEST_CASE("cases that cannot end are told apart and end the simulation all the same") {
  SECTION("a join that waits for a branch nobody takes") {
    Setup setup("start s\nxor x\nand j\nend e\ns > x > j > e\nx > j");
    const Figures figures = setup.run(10);
    CHECK(figures.cases.stuck == 10);
    CHECK(figures.cases.completed == 0);
    // The join is named, and each case lacks the token of one of its two flows.
    CHECK(std::accumulate(figures.stuck.waiting.begin(), figures.stuck.waiting.end(), 0u) == 10);
    CHECK(std::count(figures.stuck.waiting.begin(), figures.stuck.waiting.end(), 10u) == 1);
    CHECK(std::accumulate(figures.stuck.missing.begin(), figures.stuck.missing.end(), 0u) == 10);
  }
  SECTION("an endless loop") {
    Setup setup("start s\nxor m\ntask a\nxor x\nend e\ns > m > a > x > m\nx > e");
    setup.work("a", "", 1);
    setup.scenario.flows.push_back({"x", "m", 1.0, {}});
    setup.scenario.flows.push_back({"x", "e", 0.0, {}});
    const Figures figures = setup.run(3);
    CHECK(figures.cases.stopped == 3);
    CHECK(figures.cycle_time.count() == 0);
  }
  SECTION("a loop in which no time passes and nothing is asked") {
    Setup setup("start s\nxor m\nxor x\nend e\ns > m > x > m\nx > e");
    setup.scenario.flows.push_back({"x", "m", 1.0, {}});
    setup.scenario.flows.push_back({"x", "e", 0.0, {}});
    CHECK(setup.run(3).cases.stopped == 3);
  }
  SECTION("nobody ever comes") {
    Setup setup(one_task);
    setup.scenario.calendars.push_back({"closed", value::Calendar(std::vector<value::Shift>{}), {}});
    setup.resource("r", 1, "closed");
    setup.work("a", "r", 1);
    const Figures figures = setup.run(3);
    CHECK(figures.cases.unfinished == 3);
    CHECK_FALSE(setup.problems.empty());
  }
  SECTION("an error nobody catches") {
    Setup setup("start s\nend e error:E\ns > e");
    CHECK(setup.run(3).cases.failed == 3);
  }
}

TEST_CASE("what begins during the warm-up does not count") {
  Setup setup(one_task);
  setup.resource("r");
  setup.work("a", "r", 1800);
  RunOptions options;
  options.warm_up = 90 * per_minute;
  const Figures figures = setup.run(4, nullptr, options);  // at 0, 60, 120 and 180 minutes
  CHECK(figures.cases.arrived == 4);
  CHECK(figures.cycle_time.count() == 2);
  CHECK(figures.elements[index(setup.node("a"))].count == 2);
  CHECK(figures.resources[0].worked == 3600);  // of the second case nothing is left: it ended at 90
  CHECK(figures.resources[0].available == 120 * 60);
}

TEST_CASE("arrivals keep to their calendar and to the last moment") {
  Setup setup(one_task);
  setup.daily("morning", 9, 11);
  setup.work("a", "", 0);
  setup.scenario.arrivals.calendar = "morning";
  setup.scenario.until = 2 * value::per_day;
  std::vector<LogRow> log;
  setup.run(100, &log);
  REQUIRE(log.size() == 4);  // 9 and 10 o'clock on two days; 11 o'clock is pushed to the next morning
  CHECK(setup.minutes(log[1].enabled) == 60);
  CHECK(setup.minutes(log[2].enabled) == 24 * 60);
  CHECK(setup.minutes(log[3].enabled) == 25 * 60);
}

TEST_CASE("the same seed gives the same figures on any number of threads") {
  Setup setup("start s\ntask a\nxor x\ntask b\nend e\ns > a > x > b > e\nx > e");
  setup.daily("office", 8, 18);
  setup.resource("r", 2, "office", 50);
  setup.scenario.activities.push_back({"a", "r", Distribution::gamma(1800, 1e6), {}});
  setup.scenario.activities.push_back({"b", "r", Distribution::lognormal(1800, 1e6), {}});
  setup.scenario.arrivals.between = Distribution::exponential(3600);
  const Plan plan = setup.plan();
  const RunOptions options{.cases = 500, .seed = 77};
  std::vector<LogRow> first_log, second_log;
  const Figures one = replicate(plan, options, 7, 1, &first_log);
  const Figures many = replicate(plan, options, 7, 4, &second_log);
  CHECK(one.cycle_time.mean() == many.cycle_time.mean());
  CHECK(one.cycle_time.quantile(0.95) == many.cycle_time.quantile(0.95));
  CHECK(one.cost.mean() == many.cost.mean());
  CHECK(one.cost.half_width() == many.cost.half_width());
  CHECK(one.resources[1].worked == many.resources[1].worked);
  CHECK(one.events == many.events);
  REQUIRE(first_log.size() == second_log.size());
  for (std::size_t i = 0; i < first_log.size(); ++i) CHECK(first_log[i].ended == second_log[i].ended);
  const Figures other = replicate(plan, {.cases = 500, .seed = 78}, 7, 1);
  CHECK(one.cycle_time.mean() != other.cycle_time.mean());
}

TEST_CASE("the order of elements in the file does not matter") {
  const auto mean = [](const char* text) {
    Setup setup(text);
    setup.resource("r", 2);
    setup.scenario.activities.push_back({"a", "r", Distribution::exponential(1800), {}});
    setup.scenario.activities.push_back({"b", "r", Distribution::exponential(1800), {}});
    setup.scenario.flows.push_back({"x", "b", 0.5, {}});
    setup.scenario.flows.push_back({"x", "e", 0.5, {}});
    setup.scenario.arrivals.between = Distribution::exponential(3600);
    return setup.run(1000).cycle_time.mean();
  };
  CHECK(mean("start s\ntask a\nxor x\ntask b\nend e\ns > a > x > b > e\nx > e") ==
        mean("end e\ntask b\nxor x\ntask a\nstart s\nb > e\nx > b\nx > e\na > x\ns > a"));
}
