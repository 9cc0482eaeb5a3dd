// Exact results of queueing theory: tolerance 3.29 standard errors (1 in 1000) but at least 0.5 %, fixed
// seeds. Standard errors come from the run's own batch means, which cover what they promise (kpi_test.cpp).
#include <algorithm>
#include <cmath>
#include <string>

#include "core/simulate/replicate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sketch.hpp"

using namespace weir;
using namespace weir::simulate;

namespace {

struct Setup {
  test::Sketch sketch;
  model::Definitions definitions;
  graph::ProcessGraph graph;
  Scenario scenario;

  explicit Setup(const char* text)
      : sketch(test::parse_sketch(text)),
        definitions(test::definitions_of(sketch)),
        graph(test::graph_of(sketch)) {}

  void resource(std::string id, std::uint32_t count, double cost_per_hour = 0) {
    Resource made;
    made.id = std::move(id);
    made.count = count;
    made.cost_per_hour = cost_per_hour;
    scenario.resources.push_back(std::move(made));
  }
  void work(std::string element, std::string by, const Distribution& time) {
    scenario.activities.push_back({std::move(element), std::move(by), time, {}});
  }
  void flow(std::string gateway, std::string flow, double probability) {
    scenario.flows.push_back({std::move(gateway), std::move(flow), probability, {}});
  }
  [[nodiscard]] Figures run(const RunOptions& options, std::uint64_t replications = 1) const {
    Diagnostics problems;
    const Plan plan = make_plan(graph, definitions, scenario, problems);
    REQUIRE(problems.empty());
    return replicate(plan, options, replications, 1);
  }
};

constexpr const char* one_task = R"(
    start s
    task a
    end e
    s > a > e
  )";

void check_mean(const Series& series, double right) {
  REQUIRE(series.half_width().has_value());
  const double standard_error = *series.half_width() / 2.0;
  CAPTURE(series.mean(), right, standard_error);
  CHECK(std::fabs(series.mean() - right) <= std::max(0.005 * right, 3.29 * standard_error));
}

constexpr value::Microseconds warm_up = 500'000 * value::per_second;

}  // namespace

TEST_CASE("waiting at one station is as theory says") {
  struct Row {
    const char* name;
    Distribution service;
    std::uint32_t servers;
    double waiting, utilisation;
  };
  // lambda = 0.01 per second. M/M/c by Erlang C, M/G/1 by Pollaczek and Khinchine.
  for (const Row& row : {
           Row{"M/M/1", Distribution::exponential(80), 1, 320, 0.8},
           Row{"M/M/3", Distribution::exponential(240), 3, 258.8764, 0.8},
           Row{"M/M/20", Distribution::exponential(1900), 20, 1435.2623, 0.95},
           Row{"M/D/1", Distribution::fixed(80), 1, 160, 0.8},
           Row{"M/U/1", Distribution::uniform(0, 160), 1, 213.3333, 0.8},
           Row{"M/Erlang-4/1", Distribution::gamma(80, 1600), 1, 200, 0.8},
       }) {
    CAPTURE(row.name);
    Setup setup(one_task);
    setup.resource("r", row.servers, 36);
    setup.work("a", "r", row.service);
    setup.scenario.arrivals.between = Distribution::exponential(100);
    const Figures figures = setup.run({.cases = 400'000, .seed = 5, .warm_up = warm_up});
    check_mean(figures.waiting_time, row.waiting);
    check_mean(figures.processing_time, row.service.mean());
    check_mean(figures.cost, row.service.mean() / 100);
    double worked = 0, available = 0;
    for (const ResourceTally& each : figures.resources) {
      worked += each.worked;
      available += each.available;
    }
    CHECK(std::fabs(worked / available - row.utilisation) < 0.02 * row.utilisation);
    // Every case is worked on by somebody: the parts add up exactly.
    CHECK(std::fabs(figures.waiting_time.mean() + figures.processing_time.mean() -
                    figures.cycle_time.mean()) < 1e-6);
  }
}

TEST_CASE("percentiles of M/M/1") {
  Setup setup(one_task);
  setup.resource("r", 1);
  setup.work("a", "r", Distribution::exponential(50));
  setup.scenario.arrivals.between = Distribution::exponential(100);
  const Figures figures = setup.run({.cases = 500'000, .seed = 3, .warm_up = warm_up});
  // The time in the system is exponential with rate mu - lambda = 0.01.
  for (const double q : {0.5, 0.95, 0.99}) {
    CAPTURE(q);
    const double right = -std::log(1 - q) * 100;
    CHECK(std::fabs(figures.cycle_time.quantile(q) - right) < 0.02 * right);
  }
}

TEST_CASE("a network of two stations with rework is a Jackson network") {
  Setup setup(R"(
    start s
    xor again
    task first
    task second
    xor good
    end e
    s > again > first > second > good > e
    good > again
  )");
  setup.resource("one", 1);
  setup.resource("two", 2);
  setup.work("first", "one", Distribution::exponential(40));
  setup.work("second", "two", Distribution::exponential(100));
  setup.flow("good", "again", 0.3);
  setup.flow("good", "e", 0.7);
  setup.scenario.arrivals.between = Distribution::exponential(100);
  const Figures figures = setup.run({.cases = 400'000, .seed = 8, .warm_up = warm_up});
  check_mean(figures.cycle_time, 425);
}

TEST_CASE("without contention times follow from the flow") {
  struct Row {
    const char* name;
    const char* text;
    double cycle;
  };
  for (const Row& row : {
           Row{"sequence", "start s\ntask a\ntask b\nend e\ns > a > b > e", 2700},
           Row{"choice", "start s\nxor x\ntask a\ntask b\nend e\ns > x > a > e\nx > b > e",
               0.25 * 900 + 0.75 * 1800},
           // E[max] of exponentials with means 900 and 1800.
           Row{"parallel", "start s\nand x\ntask a\ntask b\nand j\nend e\ns > x > a > j > e\nx > b > j",
               2100},
           Row{"rework", "start s\nxor m\ntask a\nxor x\nend e\ns > m > a > x > e\nx > m", 900 / 0.25},
           // Each branch by itself, at least one: P(a) = 0.25, P(b) = 0.75, none -> a with 1/4.
           Row{"inclusive", "start s\nor x\ntask a\ntask b\nor j\nend e\ns > x > a > j > e\nx > b > j",
               0.0625 * 900 + 0.5625 * 1800 + 0.1875 * 2100 + 0.1875 * (0.25 * 900 + 0.75 * 1800)},
       }) {
    CAPTURE(row.name);
    Setup setup(row.text);
    setup.work("a", "", Distribution::exponential(900));
    if (setup.graph.find_node("b") != NodeId::none) setup.work("b", "", Distribution::exponential(1800));
    if (setup.graph.find_node("x") != NodeId::none && std::string(row.name) != "parallel") {
      const bool rework = std::string(row.name) == "rework";
      setup.flow("x", rework ? "e" : "a", 0.25);
      setup.flow("x", rework ? "m" : "b", 0.75);
    }
    setup.scenario.arrivals.between = Distribution::exponential(100);
    check_mean(setup.run({.cases = 200'000, .seed = 21}).cycle_time, row.cycle);
  }
}
