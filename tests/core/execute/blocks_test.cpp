// Random processes of blocks on a durable store, against what their structure says must be open.
#include <algorithm>

#include "tests/support/blocks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using namespace weir::test;

namespace {

value::Variables variables(const Decisions& decisions) {
  value::Variables made;
  for (const auto& [name, number] : decisions) made.set(name, value::Value::integer(number));
  return made;
}

/// Names of open tasks as commands know them, by element.
std::multimap<std::string, std::string> open_tasks(EngineRoom& room, execute::Status& status) {
  REQUIRE(room.store->lock().has_value());
  value::Arena arena;
  const auto found = room.store->find("blocks-1", arena);
  REQUIRE(found.has_value());
  REQUIRE(found->has_value());
  status = (**found).changes.status;
  std::multimap<std::string, std::string> open;
  for (const execute::Wait& each : (**found).changes.waits)
    open.emplace(each.element, "blocks-1/" + execute::wait_name(each));
  room.store->unlock();
  return open;
}

}  // namespace

TEST_CASE("random processes of blocks: open is what the structure says, after every step of every process") {
  constexpr std::uint64_t processes = 600;
  std::uint64_t ended = 0, steps = 0;
  for (std::uint64_t seed = 1; seed <= processes; ++seed) {
    Random random(20'261'126, seed);
    const Block block = random_block(random, 1 + static_cast<int>(random.below(20)));
    const std::string text = to_bpmn(block);
    CAPTURE(seed, text);
    EngineRoom room(random.chance(50) ? 1 + random.below(4000) : std::uint64_t{1} << 20u);
    Decisions decisions;
    decide(block, random, false, decisions);
    Blocks expected(block);
    expected.start(decisions);
    REQUIRE(room.start(room.add("blocks.bpmn", text), variables(decisions)));
    std::vector<std::string> done;
    for (int step = 0;; ++step) {
      execute::Status status = execute::Status::waiting;
      const auto open = open_tasks(room, status);
      std::vector<std::string> elements;
      for (const auto& [element, task] : open) elements.push_back(element);
      CAPTURE(step, done);
      REQUIRE(elements == expected.open());
      REQUIRE((status == execute::Status::completed) == expected.ended());
      if (expected.ended()) break;
      auto chosen = open.begin();
      std::advance(chosen, random.below(static_cast<std::uint32_t>(open.size())));
      decide(block, random, step > 60, decisions);
      if (random.chance(30)) room.reopen();
      REQUIRE(room.complete(chosen->second, variables(decisions)));
      expected.complete(chosen->first, decisions);
      done.push_back(chosen->first);
      ++steps;
    }
    ++ended;
    // History has every completion once, in order.
    REQUIRE(room.store->lock().has_value());
    value::Arena arena;
    const auto records = room.store->history("blocks-1", arena);
    room.store->unlock();
    REQUIRE(records.has_value());
    std::vector<std::string> told;
    for (const execute::Record& record : *records)
      for (const TraceStep& each : record.steps)
        if (each.element[0] == 't' && each.ask == "work")
          told.push_back(each.element.substr(0, each.element.find('#')));
    CHECK(told == done);
  }
  CHECK(ended == processes);
  CHECK(steps > 4000);
}
