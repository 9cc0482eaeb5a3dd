// What a simulation does, verify has seen: every marking in which a simulated case rests is among those that
// verify::answers explored, on random processes and on those of the samples and transcripts. Instances of a
// multi-instance activity are capped at 2 as verify caps them; a case is left alone once it has let an event
// repeat more often than that.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "core/graph/compile.hpp"
#include "core/semantics/marking.hpp"
#include "core/simulate/simulator.hpp"
#include "core/verify/answers.hpp"
#include "formats/read.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/random_sketch.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/support/sketch.hpp"

using namespace weir;

namespace {

constexpr std::uint32_t cap = 2;

/// Everything takes a random time, events that nothing else would cause included; two people do half of the
/// work, so that some of it waits.
simulate::Scenario lively(const graph::ProcessGraph& graph) {
  using simulate::Distribution;
  simulate::Scenario scenario;
  scenario.arrivals.between = Distribution::exponential(600);
  simulate::Resource people;
  people.id = "people";
  people.count = 2;
  scenario.resources.push_back(people);
  for (std::uint32_t i = 1; i < graph.nodes.size(); ++i) {
    const graph::Node& node = graph.nodes[i];
    const std::string& id = graph.node_ids[i];
    if (node.activity)
      scenario.activities.push_back({id, i % 2 == 0 ? "people" : "", Distribution::exponential(600), {}});
    else if (model::is(node.kind, model::Category::event))
      scenario.events.push_back({id, Distribution::exponential(900), {}});
    if (node.loop == graph::Loop::parallel || node.loop == graph::Loop::sequential)
      scenario.repetitions.push_back({id, 0.3, Distribution::uniform(0, cap + 0.4), {}});
  }
  return scenario;
}

bool repeats_more(const semantics::State& state) {
  return std::any_of(state.tokens.begin(), state.tokens.end(), [](const semantics::Token& token) {
    return token.phase == semantics::Phase::armed && token.count > cap;
  });
}

struct Tally {
  int graphs = 0;
  int explored = 0;          // completely
  std::size_t markings = 0;  // rested in, of those
};

/// Markings of a simulation that verify has not seen; empty = the tie holds.
std::string strangers(const graph::ProcessGraph& graph, const model::Definitions& definitions,
                      std::uint64_t seed, std::uint32_t most_states, Tally& tally) {
  ++tally.graphs;
  std::set<semantics::Marking> known;
  verify::Options options;
  options.limit_states = most_states;
  options.repeats = cap;
  options.visit = [&](const semantics::State& state) { known.insert(semantics::marking(graph, state)); };
  if (!verify::answers(graph, options).complete) return {};
  ++tally.explored;
  Diagnostics problems;
  const simulate::Plan plan = simulate::make_plan(graph, definitions, lively(graph), problems);
  std::string out;
  std::set<semantics::Marking> met;
  std::set<std::uint64_t> beyond;  // cases
  simulate::run_visiting(plan, {.cases = 30, .seed = seed, .most_steps = 100}, 0,
                         [&](std::uint64_t number, const semantics::State& state) {
                           if (repeats_more(state)) beyond.insert(number);
                           if (beyond.contains(number)) return;
                           const semantics::Marking here = semantics::marking(graph, state);
                           if (!met.insert(here).second || known.contains(here)) return;
                           for (const std::string& place : here) out += place + ", ";
                           out += "\n";
                         });
  tally.markings += met.size();
  return out;
}

std::string strangers(const test::Sketch& sketch, std::uint64_t seed, Tally& tally) {
  const model::Definitions definitions = test::definitions_of(sketch);
  Diagnostics diagnostics;
  const graph::ProcessGraph graph = graph::compile(definitions, model::ProcessIndex{0}, diagnostics);
  if (!diagnostics.list().empty() || graph.instance_starts().empty()) return {};
  return strangers(graph, definitions, seed, 1500, tally);
}

void check(const test::Sketch& sketch, std::uint64_t seed, Tally& tally) {
  if (strangers(sketch, seed, tally).empty()) return;
  Tally ignored;
  const test::Sketch small = test::shrink(
      sketch, [&](const test::Sketch& smaller) { return !strangers(smaller, seed, ignored).empty(); });
  INFO("on\n" << test::to_text(small));
  CHECK(strangers(small, seed, ignored) == "");
}

}  // namespace

TEST_CASE("verify has seen where simulated cases of random processes rest") {
  Tally tally;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    check(test::random_sketch(seed, 3 + static_cast<int>(seed % 8)), seed, tally);
    check(test::random_sketch_with_loops(seed, 2 + static_cast<int>(seed % 6)), seed, tally);
  }
  CHECK(tally.explored * 10 > tally.graphs * 8);
  CHECK(tally.markings > 2500);
}

TEST_CASE("verify has seen where simulated cases of the samples rest") {
  Tally tally;
  for (const char* folder : {"samples", "tests/transcripts"})
    for (const auto& each : std::filesystem::recursive_directory_iterator(test::source_dir() / folder)) {
      const std::string extension = each.path().extension().string();
      if (!each.is_regular_file() || (extension != ".bpmn" && extension != ".toml")) continue;
      SourceMap sources;
      Diagnostics diagnostics;
      std::ifstream stream(each.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
      const formats::ReadResult read = formats::read(each.path().string(), bytes, sources, diagnostics);
      if (!read.has_model || diagnostics.has_errors()) continue;
      for (std::uint32_t i = 0; i < read.definitions.processes.size(); ++i) {
        Diagnostics problems;
        const graph::ProcessGraph graph = graph::compile(read.definitions, model::ProcessIndex{i}, problems);
        if (problems.has_errors() || graph.instance_starts().empty()) continue;
        INFO(each.path().string());
        CHECK(strangers(graph, read.definitions, 1, test::sanitized ? 10'000 : 200'000, tally) == "");
      }
    }
  CHECK(tally.explored > 5);
}
