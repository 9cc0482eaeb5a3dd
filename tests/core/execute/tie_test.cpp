// What a run does, verify has seen: after every step of a real run, its marking is among those that
// verify::answers explored. Runs have data, mappings, incidents, retries and pauses in which they are read
// back from their records; verify knows none of it. Instances of a multi-instance activity and events that
// repeat are capped at 2, as verify caps them.
#include <algorithm>
#include <set>

#include "core/semantics/marking.hpp"
#include "core/verify/answers.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/life.hpp"
#include "tests/support/random_sketch.hpp"

using namespace weir;

namespace {

constexpr std::uint32_t cap = 2;

/// Beyond what verify lets happen: more instances, or an event that repeats more often.
bool beyond(const semantics::State& state) {
  const auto repeats = [](const semantics::Token& token) {
    return token.phase == semantics::Phase::armed && token.count > cap;
  };
  const auto is_large = [](const semantics::Scope& scope) {
    return scope.kind == semantics::ScopeKind::instances && scope.live + scope.remaining > cap;
  };
  return std::any_of(state.tokens.begin(), state.tokens.end(), repeats) ||
         std::any_of(state.scopes.begin(), state.scopes.end(), is_large);
}

struct Tally {
  int processes = 0, explored = 0;  // completely
  std::size_t met = 0;              // markings in which runs of these rested
};

/// Markings of some runs that verify has not seen; empty = the tie holds.
std::string strangers(const test::Sketch& sketch, std::uint64_t seed, Tally& tally) {
  const graph::ProcessGraph graph = test::graph_of(sketch);
  if (graph.instance_starts().empty()) return {};
  ++tally.processes;
  std::set<semantics::Marking> known;
  verify::Options options;
  options.limit_states = 1000;
  options.repeats = cap;
  options.visit = [&](const semantics::State& state) { known.insert(semantics::marking(graph, state)); };
  if (!verify::answers(graph, options).complete) return {};
  ++tally.explored;
  std::string out;
  std::set<semantics::Marking> met;
  for (std::uint64_t run = 0; run < 8; ++run) {
    test::Life life(test::with_data(sketch, seed + run));
    Random random(seed, run);
    life.begin();
    for (int i = 0; i < 40 && !beyond(life.instance().state); ++i) {
      const semantics::Marking here = semantics::marking(life.graph(), life.instance().state);
      if (met.insert(here).second && !known.contains(here)) {
        for (const std::string& place : here) out += place + ", ";
        out += "\n";
      }
      if (!life.answer(random)) break;
      if (random.chance(10)) life.sleep();
    }
  }
  tally.met += met.size();
  return out;
}

}  // namespace

TEST_CASE("verify has seen where real runs of random processes rest") {
  Tally tally;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const int size = 3 + static_cast<int>(seed % 8);
    const test::Sketch sketch =
        seed % 2 == 0 ? test::random_sketch(seed, size) : test::random_sketch_with_loops(seed, size);
    if (strangers(sketch, seed, tally).empty()) continue;
    Tally ignored;
    const test::Sketch small = test::shrink(
        sketch, [&](const test::Sketch& smaller) { return !strangers(smaller, seed, ignored).empty(); });
    INFO("seed " << seed << " on\n" << test::to_text(small));
    CHECK(strangers(small, seed, ignored) == "");
  }
  CHECK(tally.explored * 10 > tally.processes * 8);
  CHECK(tally.met > 1600);
}
