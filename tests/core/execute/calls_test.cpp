// Calls of connectors, several at a time.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using namespace weir::test;

namespace {

constexpr const char* definition = R"(weir = 1
[process]
id = "orders"
[connections]
c = { type = "shell" }
[[step]]
start = "s"
[[step]]
service = "first"
use = "c"
with.shell = ["echo"]
[[step]]
service = "second"
use = "c"
with.shell = ["echo"]
[[step]]
end = "e"
)";

/// Lets nobody go on before `together` calls are under way, until `calls` were made.
class Meeting : public execute::Connector {
 public:
  Meeting(int together, int calls) : together_(together), left_(calls) {}
  execute::Called call(const execute::Call& call) override {
    std::unique_lock lock(mutex_);
    most_ = std::max(most_, ++here_);
    changed_.notify_all();
    const bool met = changed_.wait_for(lock, std::chrono::minutes(1),
                                       [&] { return most_ >= together_ || left_ < together_; });
    --here_;
    --left_;
    if (met) return ScriptedConnector::well(call);
    return {false, "ALONE", "nobody else came", {}};
  }
  [[nodiscard]] int most() const { return most_; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int together_, left_, here_ = 0, most_ = 0;
};

}  // namespace

TEST_CASE("calls: several run at a time, no more than allowed, and all of them end") {
  EngineRoom room;
  const std::string sha = room.add("orders.toml", definition);
  for (int i = 0; i < 10; ++i) REQUIRE(room.start(sha));
  Meeting meeting(4, 20);
  execute::Runtime runtime(
      *room.store, room.clock, meeting,
      [&](std::string_view id, std::string_view process) { return room.find(id, process); }, "other",
      [](std::string_view) { return true; });
  runtime.set_calls_at_once(4);
  const auto made = runtime.make_calls({});
  REQUIRE(made.has_value());
  CHECK(*made == 20);
  CHECK(meeting.most() == 4);
  for (int i = 1; i <= 10; ++i) {
    CHECK(room.standing("orders-" + std::to_string(i)) == "completed");
    CHECK(room.trace("orders-" + std::to_string(i)) == "s first second");
  }
}

TEST_CASE("calls: one at a time, in the order of the instances") {
  EngineRoom room;
  const std::string sha = room.add("orders.toml", definition);
  for (int i = 0; i < 3; ++i) REQUIRE(room.start(sha));
  REQUIRE(room.make_calls().has_value());
  CHECK(room.connector.tokens == std::vector<std::string>{"orders-1/first/1@store", "orders-2/first/1@store",
                                                          "orders-3/first/1@store", "orders-1/second/1@store",
                                                          "orders-2/second/1@store",
                                                          "orders-3/second/1@store"});
}

TEST_CASE("calls: something else is done while they run, and what it leads to is called too") {
  // Each call lasts until others have been waited for.
  class Slow : public execute::Connector {
   public:
    execute::Called call(const execute::Call&) override {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return go_; });
      execute::Called called;
      called.ok = true;
      return called;
    }
    void go() {
      const std::lock_guard lock(mutex_);
      go_ = true;
      changed_.notify_all();
    }

   private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool go_ = false;
  };
  EngineRoom room;
  const std::string sha = room.add("orders.toml", definition);
  REQUIRE(room.start(sha));
  Slow slow;
  execute::Runtime runtime(
      *room.store, room.clock, slow,
      [&](std::string_view id, std::string_view process) { return room.find(id, process); }, "other",
      [](std::string_view) { return true; });
  runtime.set_calls_at_once(4);
  int times = 0;
  const auto made = runtime.make_calls({}, [&]() -> Result<std::uint64_t> {
    if (++times == 1) {  // the first call goes on
      execute::StartRequest another;
      another.definition = sha;
      another.process = "orders";
      if (const auto started = runtime.start(another); !started) return started.error();
      slow.go();
    }
    return std::uint64_t{0};
  });
  REQUIRE(made.has_value());
  CHECK(times >= 1);
  CHECK(*made == 4);
  CHECK(room.standing("orders-1") == "completed");
  CHECK(room.standing("orders-2") == "completed");
}

TEST_CASE("calls: nothing more is begun when it is told to stop") {
  EngineRoom room;
  const std::string sha = room.add("orders.toml", definition);
  REQUIRE(room.start(sha));
  room.runtime->stop_when([&] { return !room.connector.tokens.empty(); });
  REQUIRE(room.make_calls().has_value());
  CHECK(room.connector.tokens.size() == 1);
  CHECK(room.standing("orders-1") == "waiting second");
}
