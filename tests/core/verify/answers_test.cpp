// Verdicts on small processes that were reasoned about by hand, and witnesses that replay.
#include "core/verify/answers.hpp"

#include "core/semantics/trace.hpp"
#include "core/verify/canonical.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sketch.hpp"

using namespace weir;
using namespace weir::verify;

namespace {

/// "safe no-deadlock ..." with "!" in front of what is violated and "?" in front of what is unknown.
std::string verdicts(const Report& report) {
  std::string out;
  for (const PropertyFacts& each : all_properties()) {
    if (!out.empty()) out += ' ';
    if (report[each.property] == Verdict::violated) out += '!';
    if (report[each.property] == Verdict::unknown) out += '?';
    out += each.id;
  }
  return out;
}

constexpr const char* all_hold =
    "safe no-deadlock option-to-complete proper-completion no-dead-element bounded";

/// Replays a witness on a fresh state and checks that it ends where it says.
void check_witness(const graph::ProcessGraph& graph, const Witness& witness) {
  REQUIRE(!witness.steps.empty());
  semantics::State state;
  semantics::Outcome outcome;
  semantics::ScopeNames names;
  for (const TraceStep& step : witness.steps) {
    INFO(step.scope << " " << step.element << " " << step.ask << " " << step.answer);
    const auto action = semantics::resolve(graph, state, names, step);
    REQUIRE(action.has_value());
    semantics::perform(graph, *action, state, outcome);
    names.update(graph, state, outcome);
  }
  CHECK(semantics::marking(graph, state) == witness.marking);
}

void check(const char* sketch, const std::string& expected) {
  const graph::ProcessGraph graph = test::graph_of(sketch);
  const Report report = answers(graph);
  CHECK(verdicts(report) == expected);
  for (const Property each : {Property::safe, Property::no_deadlock, Property::option_to_complete,
                              Property::proper_completion, Property::bounded})
    if (report[each] == Verdict::violated)
      check_witness(graph, report.witnesses[static_cast<std::size_t>(each)]);
}

}  // namespace

TEST_CASE("verify: a sound process") {
  check(R"(
    start s
    and g
    task a
    task b
    and j
    end e
    s > g > a > j > e
    g > b > j
  )",
        all_hold);
}

TEST_CASE("verify: exclusive split into parallel join is a deadlock") {
  check(R"(
    start s
    xor g
    task a
    task b
    and j
    end e
    s > g > a > j > e
    g > b > j
  )",
        "safe !no-deadlock !option-to-complete proper-completion !no-dead-element bounded");
}

TEST_CASE("verify: parallel split into exclusive merge lacks synchronisation") {
  check(R"(
    start s
    and g
    task a
    task b
    xor m
    task c
    end e
    s > g > a > m > c > e
    g > b > m
  )",
        "!safe no-deadlock option-to-complete !proper-completion no-dead-element bounded");
}

TEST_CASE("verify: a loop without exit is a livelock, not a deadlock") {
  check(R"(
    start s
    xor x
    task a
    xor m
    task b
    end e
    s > x > a > e
    x > m > b > m
  )",
        "safe no-deadlock !option-to-complete proper-completion no-dead-element bounded");
}

TEST_CASE("verify: inclusive joins") {
  check(R"(
    start s
    or g
    task a
    task b
    task c
    or j
    end e
    s > g > a > j > e
    g > b > j
    g > c > j
  )",
        all_hold);
  check(R"(
    start s
    and g
    or j
    or k
    task a
    task b
    xor x
    xor y
    end e
    end f
    s > g > j > a > x > e
    x > k
    g > k > b > y > f
    y > j
  )",
        "safe !no-deadlock !option-to-complete proper-completion !no-dead-element bounded");
}

TEST_CASE("verify: a token generator is unbounded") {
  check(R"(
    start s
    xor m
    and g
    task a
    task b
    end e
    s > m > a > g > m
    g > b > e
  )",
        "!safe ?no-deadlock ?option-to-complete !proper-completion ?no-dead-element !bounded");
}

TEST_CASE("verify: sub-processes, boundary events, errors") {
  check(R"(
    start s
    sub q
      start qs
      xor x
      task a
      end qa
      end qe error:E
      qs > x > a > qa
      x > qe
    boundary b on q error:E
    boundary t on q timer
    task c
    end e
    end f
    s > q > e
    b > c > f
    t > f
  )",
        all_hold);
  check(R"(
    start s
    user a
    boundary t on a timer non-interrupting
    xor m
    end e
    s > a > m > e
    t > m
  )",
        "!safe no-deadlock option-to-complete !proper-completion no-dead-element bounded");
}

TEST_CASE("verify: loops and multi-instance") {
  check(R"(
    start s
    task a loop
    sub q mi until
      start qs
      task c
      end qe
      qs > c > qe
    task d mi-sequential
    end e
    s > a > q > d > e
  )",
        all_hold);
}

TEST_CASE("verify: terminate hides the other branch, event sub-process may interrupt") {
  check(R"(
    start s
    and g
    task a
    task b
    end e1 terminate
    end e2
    event-sub h
      start hs message:M
      task c
      end he
      hs > c > he
    s > g > a > e1
    g > b > e2
  )",
        all_hold);
}

TEST_CASE("verify: limits end in unknown, never in holds") {
  const graph::ProcessGraph graph = test::graph_of(R"(
    start s
    and g
    task a
    task b
    task c
    and j
    end e
    s > g > a > j > e
    g > b > j
    g > c > j
  )");
  Options options;
  options.limit_states = 5;
  const Report report = answers(graph, options);
  CHECK(!report.complete);
  for (const PropertyFacts& each : all_properties()) CHECK(report[each.property] == Verdict::unknown);
}

TEST_CASE("verify: a state keeps that behavior One has thrown") {
  const graph::ProcessGraph graph = test::graph_of(R"(
    start s
    task a mi one:signal:S
    end e
    s > a > e
  )");
  semantics::State state, again;
  semantics::Outcome outcome;
  const auto next = [&](semantics::State& at, std::uint32_t count) {
    std::vector<semantics::Question> questions;
    semantics::open_questions(graph, at, questions);
    REQUIRE(!questions.empty());
    semantics::answer(graph, questions[0], {.count = count}, at, outcome);
  };
  semantics::start(graph, graph.instance_starts()[0], state, outcome);
  next(state, 3);
  next(state, 0);
  CHECK(outcome.thrown.size() == 1);
  Canonical canonical(graph, 1);
  std::vector<std::uint8_t> bytes;
  canonical.encode(state, bytes);
  canonical.decode(bytes, again);
  next(again, 0);
  CHECK(outcome.thrown.empty());
}

TEST_CASE("verify: compensation thrown by an instance of behavior Complex") {
  check(R"(
    start s
    task t
    task ut undo
    boundary ct on t compensation
    task a mi complex complex:compensation:t
    end e
    s > t > a > e
    ct ~> ut
  )",
        all_hold);
}

TEST_CASE("verify: compensation of the instances and rounds of a sub-process") {
  for (const char* loop : {"mi", "mi-sequential", "loop max:2"}) {
    const std::string sketch = std::string("start s\nsub q ") + loop + R"(
  start qs
  task a
  task ua undo
  boundary ca on a compensation
  task b
  task ub undo
  boundary cb on b compensation
  end qe
  qs > a > b > qe
  ca ~> ua
  cb ~> ub
throw t compensation
end e
s > q > t > e
)";
    check(sketch.c_str(), all_hold);
  }
}

TEST_CASE(
    "an instantiating event-based gateway: every event begins an instance, Parallel ones wait for all") {
  check(R"(
    event-gateway g instantiate
    catch m message:M
    receive r
    end e
    end f
    g > m > e
    g > r > f
  )",
        all_hold);
  check(R"(
    event-gateway g instantiate parallel
    catch m message:M
    receive r
    xor x
    end e
    g > m > x > e
    g > r > x
  )",
        "!safe no-deadlock option-to-complete !proper-completion no-dead-element bounded");
}
