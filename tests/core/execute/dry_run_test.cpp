// Dry runs of sketches: what decides, what is noted, what stops them.
#include "core/execute/dry_run.hpp"

#include "core/graph/compile.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sketch.hpp"

using namespace weir;
using namespace weir::execute;

namespace {

/// Status, then the codes of the diagnostics, then where tokens are: "completed", "incident deadlock | p:flow
/// a>j".
std::string outcome(const DryRunResult& result) {
  std::string out(status_name(result.status));
  for (const Diagnostic& each : result.diagnostics.list()) out += " " + each.code;
  for (std::size_t i = 0; i < result.at.size(); ++i) out += (i == 0 ? " | " : ", ") + result.at[i];
  return out;
}

/// Conditions by flow id, as FEEL.
using Conditions = std::vector<std::pair<std::string, std::string>>;

DryRunResult run(const char* sketch, const Conditions& conditions = {}, value::Variables variables = {}) {
  model::Definitions definitions = test::definitions_of(test::parse_sketch(sketch));
  for (const auto& [flow, text] : conditions)
    for (model::SequenceFlow& each : definitions.flows)
      if (each.id == flow) {
        each.condition.written = true;
        each.condition.body = definitions.document.extra.emplace_back(text);
      }
  Diagnostics diagnostics;
  const graph::ProcessGraph graph = graph::compile(definitions, model::ProcessIndex{0}, diagnostics);
  REQUIRE(diagnostics.empty());
  DryRunOptions options;
  options.variables = std::move(variables);
  return dry_run(definitions, graph, options);
}

value::Variables with(std::string_view name, std::int64_t number) {
  value::Variables variables;
  variables.set(name, value::Value::integer(number));
  return variables;
}

std::vector<std::string> elements(const DryRunResult& result) {
  std::vector<std::string> out;
  for (const TraceStep& step : result.trace) out.push_back(step.element);
  return out;
}

}  // namespace

constexpr const char* choice = R"(
  start s
  xor x
  task small
  task large
  end e
  s > x > small > e
  x > large > e
)";

TEST_CASE("dry run: conditions decide") {
  const Conditions conditions{{"x>small", "amount <= 1000"}, {"x>large", "= amount > 1000"}};
  CHECK(elements(run(choice, conditions, with("amount", 5))) == std::vector<std::string>{"s", "x", "small"});
  CHECK(elements(run(choice, conditions, with("amount", 5000))) ==
        std::vector<std::string>{"s", "x", "large"});
  CHECK(outcome(run(choice, conditions, with("amount", 5))) == "completed");
}

TEST_CASE("dry run: what nothing decides goes the first way, with a note") {
  const DryRunResult result = run(choice);
  CHECK(outcome(result) == "completed undecided");
  CHECK(elements(result) == std::vector<std::string>{"s", "x", "small"});
}

TEST_CASE("dry run: no true condition and no default flow is an incident") {
  CHECK(outcome(run(choice, {{"x>small", "amount > 10"}, {"x>large", "amount > 20"}}, with("amount", 1))) ==
        "incident no-condition-holds | p:flow s>x");
}

TEST_CASE("dry run: the default flow is taken when every condition is false") {
  const DryRunResult result = run(R"(
    start s
    xor x
    task a
    task b
    end e
    s > x > a [if] > e
    x > b [default] > e
  )",
                                  {{"x>a", "amount > 10"}}, with("amount", 1));
  CHECK(outcome(result) == "completed");
  CHECK(elements(result) == std::vector<std::string>{"s", "x", "b"});
}

TEST_CASE("dry run: a loop that no data ends takes turns and ends") {
  const DryRunResult result = run(R"(
    start s
    xor m
    task a
    xor x
    end e
    s > m > a > x > m
    x > e
  )");
  CHECK(outcome(result) == "completed undecided");
}

TEST_CASE("dry run: results that no task produced neither stop a run nor send it round in circles") {
  const char* polling = R"(
    start s
    xor m
    task poll
    xor x
    end e
    s > m > poll > x > m [default]
    x > e [if]
  )";
  CHECK(outcome(run(polling, {{"x>e", "status = \"merged\""}})) == "completed undecided");
  // A process that really never ends with the data it was given is not helped.
  CHECK(
      outcome(run(polling, {{"x>e", "amount > 10"}}, with("amount", 1))).starts_with("incident step-limit"));
  CHECK(outcome(run(choice, {{"x>small", "result.a = 1"}, {"x>large", "result.a = 2"}}))
            .starts_with("completed"));
}

TEST_CASE("dry run: deadlock names where tokens wait") {
  const DryRunResult result = run(R"(
    start s
    xor x
    task a
    task b
    and j
    end e
    s > x > a > j > e
    x > b > j
  )");
  CHECK(outcome(result) == "incident undecided deadlock | p:flow a>j");
  CHECK(result.diagnostics.list().back().message ==
        "nothing can happen any more, tokens wait at 'a>j' before 'j'");
}

TEST_CASE("dry run: events come by themselves, boundary events do not") {
  CHECK(outcome(run(R"(
    start s
    catch m message:M
    user u
    boundary t on u timer
    event-gateway g
    catch g1 timer
    catch g2 message:N
    end e
    s > m > u > g > g1 > e
    g > g2 > e
    t > e
  )")) == "completed");
}

TEST_CASE("dry run: an uncaught error fails the instance") {
  CHECK(outcome(run(R"(
    start s
    task a
    end e error:E
    s > a > e
  )")) == "failed uncaught-error");
}

TEST_CASE("dry run: a loop without any wait state stops") {
  CHECK(outcome(run(R"(
    start s
    xor m
    throw t
    s > m > t > m
  )"))
            .starts_with("incident step-limit"));
}

TEST_CASE("replay: the trace of a dry run plays again") {
  model::Definitions definitions = test::definitions_of(test::parse_sketch(R"(
    start s
    and g
    sub q mi
      start qs
      xor x
      task a
      task b
      end qe
      qs > x > a > qe
      x > b > qe
    task c loop
    and j
    end e
    s > g > q > j > e
    g > c > j
  )"));
  Diagnostics diagnostics;
  const graph::ProcessGraph graph = graph::compile(definitions, model::ProcessIndex{0}, diagnostics);
  DryRunResult result = dry_run(definitions, graph, {});
  CHECK(result.status == Status::completed);
  const ReplayResult again = replay(graph, result.trace);
  CHECK(again.error.empty());
  CHECK(again.end == semantics::End::completed);
  result.trace[2].element = "nowhere";
  CHECK(replay(graph, result.trace).error ==
        "'nowhere' in p does not ask '" + result.trace[2].ask + "' here");
}
