// What a scenario leaves open is invented, what does not fit is said.
#include "core/simulate/plan.hpp"

#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/sketch.hpp"

using namespace weir;
using namespace weir::simulate;

namespace {

struct Planned {
  model::Definitions definitions;
  graph::ProcessGraph graph;
  Diagnostics problems;
  Plan plan;

  Planned(const char* text, const Scenario& scenario)
      : definitions(test::definitions_of(test::parse_sketch(text))),
        graph(test::graph_of(text)),
        plan(make_plan(graph, definitions, scenario, problems)) {}
  [[nodiscard]] double probability(const char* flow) const {
    return plan.probabilities[index(graph.find_flow(flow))];
  }
};

constexpr const char* choice =
    "start s\nxor x\ntask a\ntask b\ntask c\nend e\ns > x > a > e\nx > b > e\nx > c > e";

}  // namespace

TEST_CASE("without a scenario everything open is invented") {
  const Planned planned("start s\nuser a\nservice b\nxor x\nend e\ns > a > b > x > e\nx > a", {});
  CHECK(planned.problems.empty());
  CHECK(planned.plan.invented.arrivals);
  CHECK(planned.plan.invented.durations == std::vector<std::string>{"a", "b"});
  CHECK(planned.plan.invented.probabilities == std::vector<std::string>{"x"});
  CHECK(planned.plan.nodes[index(planned.graph.find_node("a"))].time.mean() == 1800);
  CHECK(planned.plan.nodes[index(planned.graph.find_node("b"))].time.mean() == 1);
  CHECK(planned.probability("x>e") == 0.5);
}

TEST_CASE("probabilities are made whole") {
  Scenario scenario;
  SECTION("flows are named by themselves or by their targets; those without a number share the rest") {
    scenario.flows = {{"x", "x>a", 0.5, {}}, {"x", "b", std::nullopt, {}}};
    const Planned planned(choice, scenario);
    CHECK(planned.problems.empty());
    CHECK(planned.probability("x>a") == 0.5);
    CHECK(planned.probability("x>b") == 0.25);
    CHECK(planned.probability("x>c") == 0.25);
  }
  SECTION("wrong sums are scaled, with a warning") {
    scenario.flows = {{"x", "a", 0.66, {}}, {"x", "b", 0.33, {}}, {"x", "c", 0.33, {}}};
    const Planned planned(choice, scenario);
    REQUIRE(planned.problems.size() == 1);
    CHECK(planned.problems.list()[0].message ==
          "the probabilities of 'x' add up to 1.32; they are scaled to 1");
    CHECK(planned.probability("x>a") == 0.5);
  }
  SECTION("nothing left") {
    scenario.flows = {{"x", "a", 0.0, {}}, {"x", "b", 0.0, {}}, {"x", "c", 0.0, {}}};
    const Planned planned(choice, scenario);
    CHECK(planned.problems.size() == 1);
    CHECK(planned.probability("x>a") == 1.0 / 3);
  }
  SECTION("no probability") {
    scenario.flows = {{"x", "a", -0.5, {}}};
    CHECK(Planned(choice, scenario).problems.has_errors());
  }
}

TEST_CASE("what a scenario names must exist") {
  Scenario scenario;
  scenario.resources.push_back({"clerk", "", "", 2, 0, "nights", {}});
  scenario.activities = {
      {"a", "clerc", {}, {}}, {"aa", "clerk", {}, {}}, {"s", "clerk", {}, {}}, {"b", "clerk", {}, {}}};
  scenario.flows = {{"x", "d", 0.5, {}}};
  const Planned planned(choice, scenario);
  std::vector<std::string> messages;
  for (const Diagnostic& each : planned.problems.list()) messages.push_back(each.message);
  CHECK(messages == std::vector<std::string>{
                        "there is no calendar 'nights'; always on duty is assumed",
                        "there is no resource 'clerc'; did you mean 'clerk'?",
                        "the process has no element 'aa'",
                        "'s' is no activity: it takes no time of resources",
                        "no flow 'd' leaves 'x'",
                    });
  // Nobody can do a: its time is invented rather than nothing.
  CHECK(planned.plan.invented.durations == std::vector<std::string>{"a", "c"});
  CHECK(planned.plan.resources.size() == 2);
  CHECK(planned.plan.resources[1].id == "clerk_1");
}

TEST_CASE("activities that the same resources can do share a team") {
  Scenario scenario;
  scenario.resources.push_back({"r", "", "pool", 1, 0, "", {}});
  scenario.resources.push_back({"q", "", "pool", 1, 0, "", {}});
  scenario.activities = {{"a", "pool", {}, {}}, {"b", "q", {}, {}}, {"b", "r", {}, {}}, {"c", "q", {}, {}}};
  const Planned planned(choice, scenario);
  const auto team = [&](const char* id) {
    return planned.plan.nodes[index(planned.graph.find_node(id))].team;
  };
  CHECK(team("a") == team("b"));
  CHECK(team("a") != team("c"));
  CHECK(planned.plan.memberships[0].size() == 1);
  CHECK(planned.plan.memberships[1].size() == 2);
}
