// Answers == changes == live, after every record and byte for byte: what is written down of a step, and what
// its answers mean to the semantics, both lead to the instance that is in memory.
#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"
#include "tests/support/life.hpp"
#include "tests/support/random_sketch.hpp"

using namespace weir;

namespace {

test::Sketch sketch_of(std::uint64_t seed) {
  const int size = 4 + static_cast<int>(seed % 14);
  return seed % 3 == 0 ? test::random_sketch(seed, size) : test::random_sketch_with_loops(seed, size);
}

/// Lets things happen and checks after each; in `percent` of 100 cases one of the builds reads it back.
void live(test::Life& life, const test::Sketch& sketch, Random& random, std::uint32_t percent,
          std::uint32_t builds) {
  if (!life.begin()) return;
  INFO(test::to_text(sketch));
  life.check();
  for (int i = 0; i < 25 && life.answer(random); ++i) {
    INFO(life.last());
    life.check();
    if (random.chance(percent)) life.sleep(random.below(builds));
  }
}

}  // namespace

TEST_CASE("recovery: random processes, after every record") {
  std::size_t records = 0, decided = 0, undecided = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    const test::Sketch sketch = sketch_of(seed);
    Random random(seed, 1);
    test::Life life(test::with_data(sketch, seed));
    live(life, sketch, random, 10, 1);
    records += life.records();
    decided += life.count("level = ");
    undecided += life.count("\"name\":\"decision\"");
  }
  CHECK(records > 2500);
  CHECK(decided > 100);
  CHECK(undecided > 10);
}

TEST_CASE("recovery: tokens are moved while random processes run") {
  std::size_t moved = 0, completed = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    const test::Sketch sketch = sketch_of(seed);
    Random random(seed, 5);
    test::Life life(test::with_data(sketch, seed));
    if (!life.begin()) continue;
    INFO(test::to_text(sketch));
    for (int i = 0; i < 25; ++i) {
      bool happened = false;
      for (int tries = random.chance(40) ? 5 : 0; tries > 0 && !happened; --tries)
        happened = life.move(random);
      moved += happened;
      if (!happened && !life.answer(random)) break;
      INFO(life.last());
      life.check();
      if (random.chance(10)) life.sleep();
    }
    completed += life.instance().status == execute::Status::completed;
  }
  CHECK(moved > 500);
  CHECK(completed > 50);
}

TEST_CASE("recovery: what one build wrote, others read and go on with") {
  std::size_t records = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    const test::Sketch sketch = sketch_of(seed);
    Random random(seed, 3);
    std::vector<model::Definitions> builds;
    builds.push_back(test::with_data(sketch, seed));
    for (int i = 0; i < 2; ++i) builds.push_back(test::with_data(test::reordered(sketch, random), seed));
    test::Life life(std::move(builds));
    live(life, sketch, random, 30, 3);
    records += life.records();
  }
  CHECK(records > 1000);
}

TEST_CASE("recovery: a signal from inside ends what an event-based gateway waits for") {
  test::Life life(test::with_data(test::parse_sketch(R"(
    start s
    and a
    receive r
    throw t signal:S
    event-gateway g
    catch timer timer
    catch signal signal:S
    user u
    end e
    end f
    s > a > r > t > e
    a > g > timer > f
    g > signal > u > f)"),
                                  1));
  life.begin();
  Random random(1);
  for (int i = 0; i < 20 && life.answer(random); ++i) life.check();
  CHECK(life.instance().status == execute::Status::completed);
}

TEST_CASE("recovery: an instance with many records is the same to who has looked before and who has not") {
  test::EngineRoom room;
  const std::string sha = room.add("readings.toml", R"(weir = 1
[process]
id = "readings"
[vars]
last = "number"
[messages.reading]
[[step]]
start = "s"
[[step]]
catch = "reading"
message = "reading"
[[step]]
manual = "noted"
next = "reading"
)");
  REQUIRE(room.start(sha));
  for (int i = 0; i < 120; ++i) {
    CAPTURE(i);
    value::Variables variables;
    variables.set("last", value::Value::integer(i));
    if (i % 3 == 0) variables.set("reading" + std::to_string(i), value::Value::integer(i));
    REQUIRE(room.message("reading", "", variables));
    const std::string known = room.whole("readings-1");
    if (i % 7 != 0) continue;
    room.reopen();
    CHECK(room.whole("readings-1") == known);
  }
}
