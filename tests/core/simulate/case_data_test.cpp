// Data decides where it can, dice do the rest.
#include "core/simulate/case_data.hpp"

#include <string>

#include "core/simulate/simulator.hpp"
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
  Diagnostics problems;

  explicit Setup(const char* text)
      : sketch(test::parse_sketch(text)),
        definitions(test::definitions_of(sketch)),
        graph(test::graph_of(sketch)) {
    scenario.arrivals.between = Distribution::fixed(3600);
  }
  void condition(std::string gateway, std::string flow, std::string text) {
    scenario.conditions.push_back({std::move(gateway), std::move(flow), std::move(text), {}});
  }
  void number(std::string name, Distribution distribution) {
    scenario.variables.push_back({std::move(name), distribution, {}, {}});
  }
  void text(std::string name, std::vector<std::pair<const char*, double>> choices) {
    CaseVariable made{std::move(name), std::nullopt, {}, {}};
    for (const auto& [value, weight] : choices) made.choices.push_back({value::Value::string(value), weight});
    scenario.variables.push_back(std::move(made));
  }
  /// How many of 1000 cases did each of the activities, and what was said.
  std::string run(std::initializer_list<const char*> activities) {
    problems = {};
    const Plan plan = make_plan(graph, definitions, scenario, problems);
    const Figures figures = simulate::run(plan, {.cases = 1000}, 0);
    std::string out;
    for (const char* each : activities)
      for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)
        if (graph.node_ids[i] == each)
          out += std::string(each) + " " + std::to_string(figures.elements[i].count) + "\n";
    for (const Diagnostic& each : problems.list()) out += each.message + "\n";
    for (const std::string& each : plan.invented.probabilities) out += "invented: " + each + "\n";
    return out;
  }
};

}  // namespace

TEST_CASE("a condition on case data decides, whatever the probabilities say") {
  Setup setup("start s\nxor x\ntask a\ntask b\nend e\ns > x > a > e\nx > b > e");
  setup.scenario.flows = {{"x", "a", 0.0, {}}, {"x", "b", 1.0, {}}};
  setup.number("amount", Distribution::fixed(1500));
  setup.condition("x", "a", "amount > 1000");
  CHECK(setup.run({"a", "b"}) == "a 1000\nb 0\n");
  setup.scenario.variables[0].number = Distribution::fixed(1000);  // nothing holds: dice
  CHECK(setup.run({"a", "b"}) == "a 0\nb 1000\n");
  setup.scenario.conditions.clear();
  CHECK(setup.run({"a", "b"}) == "a 0\nb 1000\n");
}

TEST_CASE("draws have their distribution, and every use in a case is the same value") {
  Setup setup(
      "start s\nxor x\ntask a\ntask b\nxor j\nxor y\ntask c\ntask d\nend e\n"
      "s > x > a > j > y > c > e\nx > b > j\ny > d > e");
  setup.text("kind", {{"new", 0.25}, {"old", 0.75}});
  setup.condition("x", "a", "kind = \"new\"");
  setup.condition("x", "b", "kind = \"old\"");
  setup.condition("y", "c", "kind = \"new\"");
  setup.condition("y", "d", "kind = \"old\"");
  const std::string result = setup.run({"a", "b", "c", "d"});
  int a = 0, b = 0, c = 0, d = 0;
  REQUIRE(std::sscanf(result.c_str(), "a %d\nb %d\nc %d\nd %d\n", &a, &b, &c, &d) == 4);
  CHECK(result.find("invented") == std::string::npos);
  CHECK(a > 200);
  CHECK(a < 300);
  CHECK(a + b == 1000);
  CHECK(a == c);
  CHECK(b == d);
}

TEST_CASE("what no case has is said, and dice decide") {
  Setup setup("start s\nxor x\ntask a\ntask b\nend e\ns > x > a > e\nx > b > e");
  setup.number("amount", Distribution::fixed(1500));
  setup.condition("x", "a", "amount > limit");
  setup.scenario.flows = {{"x", "a", 0.0, {}}, {"x", "b", 1.0, {}}};
  CHECK(setup.run({"a", "b"}) == "a 0\nb 1000\n'amount > limit' reads 'limit', which no case has\n");
}

TEST_CASE("an inclusive gateway takes every flow whose condition holds") {
  Setup setup("start s\nor x\ntask a\ntask b\ntask c\nend e\ns > x > a > e\nx > b > e\nx > c > e");
  setup.number("amount", Distribution::fixed(5));
  setup.condition("x", "a", "amount > 3");
  setup.condition("x", "b", "amount > 4");
  setup.condition("x", "c", "amount > 5");
  CHECK(setup.run({"a", "b", "c"}) == "a 1000\nb 1000\nc 0\n");
}

TEST_CASE("mistakes in case data are errors") {
  Setup setup("start s\nxor x\ntask a\ntask b\nend e\ns > x > a > e\nx > b > e");
  setup.text("kind", {{"new", 0.0}});
  setup.number("twice", Distribution::fixed(1));
  setup.number("twice", Distribution::fixed(2));
  setup.condition("x", "nowhere", "twice > 1");
  Plan plan = make_plan(setup.graph, setup.definitions, setup.scenario, setup.problems);
  std::string said;
  for (const Diagnostic& each : setup.problems.list()) said += each.message + "\n";
  CHECK(said == "no flow 'nowhere' leaves 'x'\n'kind' has no possible value\n'twice' is drawn twice\n");
}
