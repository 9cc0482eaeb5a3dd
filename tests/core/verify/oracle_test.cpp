// Two who never spoke to each other must say the same: verify::answers, which explores the law, and the
// reference token game. All small processes, and thousands of random ones; the same markings, the same
// verdicts, the same dead nodes; witnesses replay, and whatever a run does, the reference has seen it. A
// failure is shrunk and printed as a sketch.
#include <algorithm>
#include <set>

#include "core/base/random.hpp"
#include "core/graph/compile.hpp"
#include "core/semantics/choices.hpp"
#include "core/semantics/marking.hpp"
#include "core/semantics/trace.hpp"
#include "core/verify/answers.hpp"
#include "tests/reference/token_game.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_sketch.hpp"
#include "tests/support/sanitized.hpp"

using namespace weir;
using test::sanitized;
using verify::Property;
using verify::Verdict;

namespace {

struct Tally {
  std::uint32_t most_states;  // limit for each graph
  int graphs = 0;
  int complete = 0;  // both explored everything and everything was compared
  int unsound = 0;   // of those
};

struct Compared {
  bool valid = true;  // the model compiles and can begin
  bool complete = false;
  bool sound = false;
  std::string difference;  // empty = they agree
};

std::string text(const semantics::Marking& marking) {
  std::string out;
  for (const std::string& place : marking) out += (out.empty() ? "" : ", ") + place;
  return "{" + out + "}";
}

void compare(std::string& difference, const char* what, const verify::Report& report, Property property,
             bool reference) {
  if (report[property] == (reference ? Verdict::holds : Verdict::violated)) return;
  difference += std::string(what) + ": law says " + std::string(verify::verdict_name(report[property])) +
                ", reference says " + (reference ? "holds" : "violated") + "\n";
}

/// Replays a witness; it must end in a marking that the reference knows.
void replay(std::string& difference, const graph::ProcessGraph& graph, const verify::Witness& witness,
            const std::set<semantics::Marking>& known) {
  semantics::State state;
  semantics::Outcome outcome;
  semantics::ScopeNames names;
  for (const TraceStep& step : witness.steps) {
    const auto action = semantics::resolve(graph, state, names, step);
    if (!action.has_value()) {
      difference += "a witness does not replay at " + step.ask + " " + step.element + "\n";
      return;
    }
    semantics::perform(graph, *action, state, outcome);
    names.update(graph, state, outcome);
  }
  const semantics::Marking end = semantics::marking(graph, state);
  if (end != witness.marking) difference += "a witness replays to " + text(end) + "\n";
  if (!known.contains(end)) difference += "a witness ends in " + text(end) + ", unknown to the reference\n";
}

/// Plays one run at rest pace with random admissible answers. Whenever it waits, the reference must know
/// where.
void run(std::string& difference, const graph::ProcessGraph& graph, Random random,
         const std::set<semantics::Marking>& known) {
  const semantics::Failures failures = semantics::possible_failures(graph);
  const auto starts = graph.instance_starts();
  semantics::State state;
  semantics::Outcome outcome;
  outcome.budget = 1000;  // many small graphs loop without any wait state
  semantics::start(graph, starts[random.below(static_cast<std::uint32_t>(starts.size()))], state, outcome);
  for (int steps = 0; steps < 40 && outcome.end != semantics::End::runaway; ++steps) {
    const semantics::Marking here = semantics::marking(graph, state);
    if (!known.contains(here)) {
      difference += "a run waits at " + text(here) + ", unknown to the reference\n";
      return;
    }
    std::vector<semantics::Question> questions;
    semantics::open_questions(graph, state, questions);
    std::erase_if(questions, [&](const semantics::Question& each) {  // repeated events are capped there
      const semantics::Token& token = state.tokens[each.token.slot];
      return token.phase == semantics::Phase::armed && token.count >= 2;
    });
    if (questions.empty() || outcome.end != semantics::End::running) return;
    const semantics::Question question =
        questions[random.below(static_cast<std::uint32_t>(questions.size()))];
    std::vector<FlowId> scratch, flows;
    semantics::Answer answer;
    answer.count = random.below(question.ask == semantics::Ask::count ? 3 : 2);
    if (question.ask == semantics::Ask::flows) {
      std::uint32_t seen = 0;
      semantics::for_each_choice(graph, question.node, scratch, [&](std::span<const FlowId> each) {
        if (random.below(++seen) == 0) flows.assign(each.begin(), each.end());
      });
      answer.flows = flows;
    }
    const auto& errors = failures.errors[index(question.node)];
    if (question.ask == semantics::Ask::work && !errors.empty() && random.chance(30)) {
      answer.reply = semantics::Reply::error;
      answer.code = errors[random.below(static_cast<std::uint32_t>(errors.size()))];
    }
    semantics::answer(graph, question, answer, state, outcome);
  }
}

Compared compare(const test::Sketch& sketch, std::uint32_t most_states) {
  Compared out;
  const model::Definitions definitions = test::definitions_of(sketch);
  Diagnostics diagnostics;
  const graph::ProcessGraph graph = graph::compile(definitions, model::ProcessIndex{0}, diagnostics);
  if (!diagnostics.list().empty() || graph.instance_starts().empty()) {
    out.valid = false;
    return out;
  }
  std::set<semantics::Marking> markings;
  verify::Options options;
  options.limit_states = most_states;
  options.visit = [&](const semantics::State& state) { markings.insert(semantics::marking(graph, state)); };
  const verify::Report report = verify::answers(graph, options);
  if (!report.complete) {
    // Unbounded or too large. What can still be said: what the law found unsafe must be so.
    const bool unsafe = report[Property::safe] == Verdict::violated;
    const auto reference = reference::token_game(sketch, {.states = most_states, .beyond_unsafe = false});
    if (reference.complete && reference.safe && unsafe) out.difference = "only the law finds it unsafe\n";
    if (reference.complete && !reference.safe && !unsafe && report.states <= most_states)
      out.difference = "only the reference finds it unsafe\n";
    // A weak check of boundedness: without bound there are always more states.
    if (report[Property::bounded] == Verdict::violated &&
        reference::token_game(sketch, {.states = 100}).complete)
      out.difference += "only the law finds it unbounded\n";
    return out;
  }
  const auto reference = reference::token_game(sketch, {.states = 4 * most_states});
  if (!reference.complete) {
    out.difference = "the law has " + std::to_string(report.states) + " states, the reference more than " +
                     std::to_string(reference.states) + "\n";
  }
  out.complete = true;
  for (const semantics::Marking& each : markings)
    if (!reference.markings.contains(each)) out.difference += "only the law reaches " + text(each) + "\n";
  for (const semantics::Marking& each : reference.markings)
    if (!markings.contains(each)) out.difference += "only the reference reaches " + text(each) + "\n";
  compare(out.difference, "safe", report, Property::safe, reference.safe);
  compare(out.difference, "no-deadlock", report, Property::no_deadlock, reference.no_deadlock);
  compare(out.difference, "option-to-complete", report, Property::option_to_complete,
          reference.option_to_complete);
  compare(out.difference, "proper-completion", report, Property::proper_completion,
          reference.proper_completion);
  for (const Property each :
       {Property::safe, Property::no_deadlock, Property::option_to_complete, Property::proper_completion})
    if (report[each] == Verdict::violated)
      replay(out.difference, graph, report.witnesses[static_cast<std::size_t>(each)], reference.markings);
  for (std::uint64_t seed = 0; seed < 3; ++seed) run(out.difference, graph, Random(seed), reference.markings);
  std::set<std::string> dead;
  for (const NodeId node : report.dead) dead.insert(graph.node_id(node));
  for (const std::string& node : dead)
    if (!reference.dead.contains(node)) out.difference += "only the law finds dead: " + node + "\n";
  for (const std::string& node : reference.dead)
    if (!dead.contains(node)) out.difference += "only the reference finds dead: " + node + "\n";
  out.sound = report.sound() == Verdict::holds;
  return out;
}

/// True while they agree; else reports the smallest sketch on which they do not.
bool agree(const test::Sketch& sketch, Tally& tally) {
  const Compared compared = compare(sketch, tally.most_states);
  ++tally.graphs;
  tally.complete += compared.complete;
  tally.unsound += compared.complete && !compared.sound;
  if (compared.valid && compared.difference.empty()) return true;
  const test::Sketch small = test::shrink(sketch, [&](const test::Sketch& smaller) {
    const Compared again = compare(smaller, tally.most_states);
    return again.valid == compared.valid && again.difference.empty() == compared.difference.empty();
  });
  INFO("on\n" << test::to_text(small));
  CHECK(compared.valid);  // it must compile and have a start
  CHECK(compare(small, tally.most_states).difference == "");
  return false;
}

/// Every sketch, or a fiftieth of them in a build with sanitizers.
std::function<void(const test::Sketch&)> agree_on_each(Tally& tally, bool& good) {
  return [&tally, &good, number = 0](const test::Sketch& sketch) mutable {
    if (good && (!sanitized || number++ % 50 == 0)) good = agree(sketch, tally);
  };
}

}  // namespace

TEST_CASE("sketches survive being written and read") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::string once = test::to_text(test::random_sketch_with_loops(seed, 8));
    CHECK(test::to_text(test::parse_sketch(once)) == once);
  }
}

TEST_CASE("the law and the reference agree on all tiny processes") {
  Tally tally{.most_states = 60};
  bool good = true;
  for (const int nodes : {1, 2, 3}) test::for_each_tiny_sketch(nodes, agree_on_each(tally, good));
  CHECK((sanitized || tally.graphs == 7364));
  CHECK(tally.complete * 2 > tally.graphs);  // most others fill a flow without bound
}

TEST_CASE("the law and the reference agree on all small processes of splits and joins") {
  Tally tally{.most_states = 60};
  bool good = true;
  for (const int nodes : {1, 2, 3, 4}) test::for_each_small_sketch(nodes, agree_on_each(tally, good));
  CHECK((sanitized || tally.graphs == 25609));
  CHECK(tally.complete * 4 > tally.graphs * 3);
}

TEST_CASE("the law and the reference agree on random processes") {
  Tally tally{.most_states = 1500};
  const std::uint64_t count = sanitized ? 500 : 5000;
  bool good = true;
  for (std::uint64_t seed = 0; seed < count && good; ++seed)
    good = agree(test::random_sketch(seed, 3 + static_cast<int>(seed % 8)), tally);
  CHECK(tally.complete * 10 > tally.graphs * 9);
  CHECK(tally.unsound * 3 > tally.graphs);  // neither kind of verdict is rare
  CHECK(tally.unsound * 3 < tally.graphs * 2);
}

TEST_CASE("the law and the reference agree on random processes with loops and instances") {
  Tally tally{.most_states = 1500};
  const std::uint64_t count = sanitized ? 200 : 2000;
  bool good = true;
  for (std::uint64_t seed = 0; seed < count && good; ++seed)
    good = agree(test::random_sketch_with_loops(seed, 2 + static_cast<int>(seed % 6)), tally);
  CHECK(tally.complete * 10 > tally.graphs * 8);
}
