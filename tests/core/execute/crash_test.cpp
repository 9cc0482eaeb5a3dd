// The process dies at every change of the disk, in three ways, and power may be lost with it: nothing that
// was acknowledged is lost, and the scenario can be gone on with to the same end.
#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using namespace weir::test;

namespace {

constexpr const char* definition = R"(weir = 1
[process]
id = "orders"
[vars]
x = "number"
[connections]
c = { type = "shell" }
[[step]]
start = "s"
[[step]]
user = "a"
[[step]]
service = "call"
use = "c"
with.shell = ["echo"]
[[step]]
user = "b"
[[step]]
end = "e"
)";

value::Variables with_x(std::int64_t number) {
  value::Variables variables;
  variables.set("x", value::Value::integer(number));
  return variables;
}

/// How far the instance is, 0 = there is none.
int progress(EngineRoom& room) {
  const std::string standing = room.standing("orders-1");
  if (standing.empty()) return 0;
  if (standing == "waiting a") return 1;
  if (standing == "waiting call" || standing == "incident call!effect-unknown") return 2;
  if (standing == "waiting b") return 3;
  CHECK(standing == "completed");
  return 4;
}

/// One step on; false: it was not acknowledged.
bool go_on(EngineRoom& room, const std::string& sha, int from) {
  switch (from) {
    case 0:
      return room.start(sha, with_x(1), "K").has_value();
    case 1:
      return room.complete("orders-1/a", with_x(2)).has_value();
    case 2:
      if (room.standing("orders-1").starts_with("incident") &&
          !room.batch([&] { return room.runtime->retry("orders-1", "me"); }))
        return false;
      return room.make_calls().has_value();
    default:
      return room.complete("orders-1/b", with_x(3)).has_value();
  }
}

/// Goes on until it ends, from whatever is there. A call that died in between says so first.
void finish(EngineRoom& room, const std::string& sha) {
  int at = 0;
  for (int i = 0; i < 12 && (at = progress(room)) < 4; ++i) go_on(room, sha, at);
  CHECK(at == 4);
  CHECK(room.variables("orders-1") == "x=3 ");
  CHECK(room.trace("orders-1") == "s a call b");
  CHECK(room.standing("orders-2").empty());
}

using Fate = std::function<void(MemoryDisk&)>;

/// The n-th change goes wrong; false: there were fewer.
bool play(std::uint64_t n, std::uint64_t checkpoint_bytes, const Fate& plan, const Fate& after) {
  CAPTURE(n, checkpoint_bytes);
  EngineRoom room(checkpoint_bytes);
  const std::string sha = room.add("orders.toml", definition);
  plan(room.disk);
  int acknowledged = 0;
  bool died = false;
  try {
    while (acknowledged < 4 && go_on(room, sha, acknowledged)) ++acknowledged;
  } catch (const Killed&) {
    died = true;
  }
  if (acknowledged == 4) {
    finish(room, sha);
    return false;
  }
  after(room.disk);
  if (died) room.reopen();
  // What failed may be tried again at once, unless a sync failed: then by the next process.
  if (!died) room.reopen();
  CHECK(progress(room) >= acknowledged);
  finish(room, sha);
  return true;
}

constexpr std::uint64_t most_changes = 60;  // of the scenario, with room to spare

}  // namespace

TEST_CASE("crash: killed at every change") {
  using Moment = MemoryDisk::Moment;
  for (const std::uint64_t checkpoint_bytes : {std::uint64_t{1} << 20u, std::uint64_t{600}, std::uint64_t{1}})
    for (const Moment moment : {Moment::before, Moment::during, Moment::after})
      for (const int power : {0, 1, 2, 3})
        for (std::uint64_t n = 1; n <= most_changes; ++n)
          play(
              n, checkpoint_bytes, [&](MemoryDisk& disk) { disk.kill_after(n, moment); },
              [&](MemoryDisk& disk) {
                if (power == 0)
                  disk.restart();
                else if (power == 1)
                  disk.crash();
                else
                  disk.crash(n * 10 + static_cast<std::uint64_t>(power));
              });
}

TEST_CASE("crash: every change fails once") {
  for (const std::uint64_t checkpoint_bytes : {std::uint64_t{1} << 20u, std::uint64_t{1}})
    for (std::uint64_t n = 1; n <= most_changes; ++n)
      play(
          n, checkpoint_bytes, [&](MemoryDisk& disk) { disk.fail_after(n); },
          [](MemoryDisk& disk) { disk.restart(); });
}
