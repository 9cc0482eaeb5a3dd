// The questions that decided the shape of State (design section 8), kept as tests: do inclusive and complex
// joins, event sub-processes, compensation, loops and ad-hoc activation fit tokens that are trivially
// copyable and one question per token? What the answers were stands in the head comments of state.hpp and
// semantics.hpp.
#include <algorithm>

#include "core/semantics/marking.hpp"
#include "core/verify/answers.hpp"
#include "core/verify/canonical.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sketch.hpp"

using namespace weir;
using namespace weir::semantics;

namespace {

struct Run {
  graph::ProcessGraph graph;
  State state;
  Outcome outcome;

  explicit Run(const char* sketch) : graph(test::graph_of(sketch)) {
    start(graph, graph.instance_starts()[0], state, outcome);
  }
  bool give(Ask ask, const char* node, const Answer& with = {}) {
    std::vector<Question> open;
    open_questions(graph, state, open);
    for (const Question& each : open)
      if (each.ask == ask && graph.node_id(each.node) == node) {
        answer(graph, each, with, state, outcome);
        return true;
      }
    return false;
  }
  std::string at() const {
    std::string out;
    for (const std::string& each : marking(graph, state)) out += (out.empty() ? "" : ", ") + each;
    return out;
  }
};

}  // namespace

TEST_CASE("prototype: complex gateway as a discriminator fires once, then waits for its reset") {
  Run run(R"(
    start s
    and g
    task a
    task b
    task c
    complex j
    task d
    end e
    s > g > a > j > d > e
    g > b > j
    g > c > j
  )");
  CHECK(run.give(Ask::work, "a"));
  CHECK(run.give(Ask::again, "j", {.count = 0}));  // activationCount >= 2 is not yet true
  CHECK(run.give(Ask::work, "b"));
  CHECK(run.give(Ask::again, "j", {.count = 1}));
  CHECK(run.at() == "p:flow g>c, p:flow j>d");
  CHECK(run.give(Ask::work, "d"));
  CHECK(run.outcome.end == End::running);
  CHECK(run.give(Ask::work, "c"));  // consumed by the reset (table 13.5)
  CHECK(run.outcome.end == End::completed);
}

TEST_CASE("prototype: compensation runs the handlers in reverse order of completion") {
  Run run(R"(
    start s
    task a
    boundary ca on a compensation
    task ua undo
    sub q
      start qs
      task b
      boundary cb on b compensation
      task ub undo
      end qe
      qs > b > qe
      cb ~> ub
    throw t compensation
    task z
    end e
    s > a > q > t > z > e
    ca ~> ua
  )");
  CHECK(run.give(Ask::work, "a"));
  CHECK(run.give(Ask::work, "b"));
  CHECK(!run.give(Ask::work, "z"));
  CHECK(!run.give(Ask::work, "ua"));  // b was completed last, so it is undone first
  CHECK(run.give(Ask::work, "ub"));
  CHECK(run.give(Ask::work, "ua"));
  CHECK(run.at() == "p:flow t>z");
  CHECK(run.give(Ask::work, "z"));
  CHECK(run.outcome.end == End::completed);
}

TEST_CASE("prototype: ad-hoc activation is a question of its scope") {
  Run run(R"(
    start s
    adhoc h
      task a
      task b
    end e
    s > h > e
  )");
  const NodeId a = run.graph.find_node("a");
  const NodeId b = run.graph.find_node("b");
  CHECK(run.give(Ask::activate, "h", {.nodes = std::span(&a, 1), .count = 1}));
  CHECK(run.give(Ask::work, "a"));
  CHECK(run.outcome.end == End::running);  // nothing runs, but more may be activated
  CHECK(run.give(Ask::activate, "h", {.nodes = std::span(&b, 1), .count = 0}));
  CHECK(run.give(Ask::work, "b"));
  CHECK(run.outcome.end == End::completed);
}

TEST_CASE("prototype: a large multi-instance activity costs no scan per completion") {
  Run run(R"(
    start s
    task a mi
    end e
    s > a > e
  )");
  REQUIRE(run.give(Ask::count, "a", {.count = 100000}));
  std::vector<Question> open;
  open_questions(run.graph, run.state, open);
  REQUIRE(open.size() == 100000);
  for (const Question& each : open) answer(run.graph, each, {}, run.state, run.outcome);
  CHECK(run.outcome.end == End::completed);
}

TEST_CASE("prototype: parallel join of 10,000 flows") {
  test::Sketch sketch;
  const auto add = [&](std::string id, std::string kind) {
    sketch.nodes.push_back({.id = std::move(id), .kind = std::move(kind)});
    return static_cast<int>(sketch.nodes.size()) - 1;
  };
  const auto flow = [&](int from, int to) {
    sketch.flows.push_back({.id = "f" + std::to_string(sketch.flows.size()), .source = from, .target = to});
  };
  const int s = add("s", "start"), g = add("g", "and"), j = add("j", "and"), e = add("e", "end");
  flow(s, g);
  flow(j, e);
  for (int i = 0; i < 10000; ++i) {
    const int task = add("t" + std::to_string(i), "task");
    flow(g, task);
    flow(task, j);
  }
  const graph::ProcessGraph graph = test::graph_of(sketch);
  State state;
  Outcome outcome;
  start(graph, graph.instance_starts()[0], state, outcome);
  std::vector<Question> open;
  open_questions(graph, state, open);
  REQUIRE(open.size() == 10000);
  for (const Question& each : open) answer(graph, each, {}, state, outcome);
  CHECK(outcome.end == End::completed);
}

TEST_CASE("prototype: a state of a usual process takes few bytes, and comes back from them") {
  const graph::ProcessGraph graph = test::graph_of(R"(
    start s
    and g
    sub q
      start qs
      user a
      boundary t on a timer non-interrupting
      task r
      end qe
      end re
      qs > a > qe
      t > r > re
    task b
    and j
    end e
    event-sub h
      start hs message:M
      task c
      end he
      hs > c > he
    s > g > q > j > e
    g > b > j
  )");
  verify::Canonical canonical(graph, 2);
  std::size_t states = 0;
  std::size_t bytes = 0;
  verify::Options options;
  options.visit = [&](const State& state) {
    std::vector<std::uint8_t> once, twice;
    canonical.encode(state, once);
    State back;
    canonical.decode(once, back);
    canonical.encode(back, twice);
    CHECK(once == twice);
    CHECK(marking(graph, state) == marking(graph, back));
    ++states;
    bytes += once.size();
  };
  const verify::Report report = verify::answers(graph, options);
  CHECK(report.states == states);
  CHECK(bytes / states < 40);
}
