// The process dies at every change of the disk, in three ways, and power may be lost with it; changes fail;
// files are cut and changed. Nothing that was acknowledged is lost unless somebody is told so, and what is
// there can be gone on with to the same end.
#include <cstdlib>

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
[messages.paid]
key = "number"
[connections]
c = { type = "shell" }
[[step]]
start = "s"
[[step]]
user = "a"
on = [{ every = "1d", times = 1, then = "reminded", name = "remind" }]
[[step]]
service = "call"
use = "c"
with.shell = ["echo"]
[[step]]
catch = "payment"
message = "paid"
[[step]]
catch = "wait"
after = "1h"
[[step]]
user = "b"
next = "e"
[[step]]
end = "reminded"
[[step]]
end = "e"
)";

constexpr int last = 6;

value::Variables with_x(std::int64_t number) {
  value::Variables variables;
  variables.set("x", value::Value::integer(number));
  return variables;
}

/// How far the instance is, 0 = there is none.
int progress(EngineRoom& room) {
  const std::string standing = room.standing("orders-1");
  if (standing.empty()) return 0;
  if (standing.find("waiting a") == 0) return 1;
  if (standing == "waiting call" || standing == "incident call!effect-unknown") return 2;
  if (standing == "waiting payment") return 3;
  if (standing == "waiting wait") return 4;
  if (standing == "waiting b") return 5;
  CHECK(standing == "completed");
  return last;
}

/// One step on; false: it was not acknowledged.
bool go_on(EngineRoom& room, const std::string& sha, int from) {
  switch (from) {
    case 0: {
      value::Variables variables = with_x(1);
      variables.set("number", value::Value::string("K"));
      return room.start(sha, variables, "K").has_value();
    }
    case 1:
      return room.complete("orders-1/a", with_x(2)).has_value();
    case 2:
      if (room.standing("orders-1").starts_with("incident") &&
          !room.batch([&] { return room.runtime->retry("orders-1", "me"); }))
        return false;
      return room.make_calls().has_value();
    case 3:
      return room.message("paid", "K").has_value();
    case 4:
      room.clock.pass("PT1H");
      return room.fire_timers().has_value();
    default:
      return room.complete("orders-1/b", with_x(3)).has_value();
  }
}

/// Goes on until it ends, from whatever is there. A call that died in between says so first.
void finish(EngineRoom& room, const std::string& sha) {
  int at = 0;
  for (int i = 0; i < 20 && (at = progress(room)) < last; ++i) go_on(room, sha, at);
  CHECK(at == last);
  CHECK(room.variables("orders-1") == R"(x=3 number="K" )");
  CHECK(room.trace("orders-1") == "s a call payment wait b");
  CHECK(room.standing("orders-2").empty());
}

using Fate = std::function<void(MemoryDisk&)>;

enum class Next : std::uint8_t { same_process, other_process };

/// Something is planned for the n-th change; false: there were fewer.
bool play(std::uint64_t n, std::uint64_t checkpoint_bytes, Next next, const Fate& plan, const Fate& after) {
  CAPTURE(n, checkpoint_bytes);
  EngineRoom room(checkpoint_bytes);
  const std::string sha = room.add("orders.toml", definition);
  plan(room.disk);
  int acknowledged = 0;
  try {
    while (acknowledged < last && go_on(room, sha, acknowledged)) ++acknowledged;
  } catch (const Killed&) {
  }
  const bool happened = acknowledged < last || room.disk.failures() > 0;
  after(room.disk);
  if (next == Next::other_process) room.reopen();
  if (acknowledged == last) {
    finish(room, sha);
    return happened;
  }
  CHECK(progress(room) >= acknowledged);
  finish(room, sha);
  return true;
}

constexpr std::uint64_t most_changes = 90;  // of the scenario, with room to spare

/// A state directory on which all of it has happened.
MemoryDisk played(std::uint64_t checkpoint_bytes) {
  EngineRoom room(checkpoint_bytes);
  const std::string sha = room.add("orders.toml", definition);
  for (int step = 0; step < last; ++step) REQUIRE(go_on(room, sha, step));
  return room.disk;
}

/// What somebody who looks at the instance is told: an error, or all there is.
std::string told(EngineRoom& room) {
  if (const auto locked = room.store->lock(); !locked) return "error";
  value::Arena arena;
  const auto found = room.store->find("orders-1", arena);
  const auto history = room.store->history("orders-1", arena);
  const auto newest = room.store->newest("orders");
  const auto source = newest ? room.store->source(*newest) : Result<execute::Source>(newest.error());
  room.store->unlock();
  if (!found || !history || !source) return "error";
  return room.standing("orders-1") + " | " + room.trace("orders-1") + " | " +
         (room.standing("orders-1").empty() ? "" : room.variables("orders-1")) + " | " + source->text;
}

}  // namespace

TEST_CASE("crash: killed at every change") {
  using Moment = MemoryDisk::Moment;
  int kills = 0;
  for (const std::uint64_t checkpoint_bytes : {std::uint64_t{1} << 20u, std::uint64_t{600}, std::uint64_t{1}})
    for (const Moment moment : {Moment::before, Moment::during, Moment::after})
      for (const int power : {0, 1, 2})
        for (std::uint64_t n = 1; n <= most_changes; ++n)
          kills += play(
              n, checkpoint_bytes, Next::other_process, [&](MemoryDisk& disk) { disk.kill_after(n, moment); },
              [&](MemoryDisk& disk) {
                if (power == 0)
                  disk.restart();
                else if (power == 1)
                  disk.crash();
                else
                  disk.crash(n * 10 + static_cast<std::uint64_t>(power));
              });
  CHECK(kills > 1000);
}

TEST_CASE("crash: every change fails once") {
  int failures = 0;
  for (const Next next : {Next::other_process, Next::same_process})
    for (const std::uint64_t checkpoint_bytes :
         {std::uint64_t{1} << 20u, std::uint64_t{600}, std::uint64_t{1}})
      for (std::uint64_t n = 1; n <= most_changes; ++n)
        failures += play(
            n, checkpoint_bytes, next, [&](MemoryDisk& disk) { disk.fail_after(n); },
            [&](MemoryDisk& disk) {
              // After a failed sync only another process may go on.
              if (next == Next::other_process || disk.is_broken()) disk.restart();
            });
  CHECK(failures > 200);
}

TEST_CASE("crash: a journal that ends anywhere") {
  const bool thorough = std::getenv("WEIR_ALL_BITS") != nullptr;
  const MemoryDisk whole = played(std::uint64_t{1} << 20u);
  for (const auto& [path, text] : whole.files()) {
    if (path.find("/journal/") == std::string::npos) continue;
    int before = 0;
    for (std::size_t size = 0; size <= text.size(); size += size + 40 < text.size() && !thorough ? 5 : 1) {
      CAPTURE(path, size);
      EngineRoom room;
      const std::string sha = room.add("orders.toml", definition);
      room.disk = whole;
      room.disk.put(path, text.substr(0, size));
      room.reopen();
      const int at = progress(room);  // some beginning of what happened
      CHECK(at >= before);
      before = at;
      finish(room, sha);
    }
    CHECK(before == last);
  }
}

TEST_CASE("crash: a changed bit is noticed, or changes nothing") {
  const bool thorough = std::getenv("WEIR_ALL_BITS") != nullptr;  // else one of each byte
  int noticed = 0;
  for (const std::uint64_t checkpoint_bytes :
       {std::uint64_t{1} << 20u, std::uint64_t{3000}, std::uint64_t{1}}) {
    const MemoryDisk whole = played(checkpoint_bytes);
    EngineRoom room(checkpoint_bytes);
    room.add("orders.toml", definition);
    room.disk = whole;
    room.reopen();
    const std::string expected = told(room);
    REQUIRE(expected.starts_with("completed"));
    for (const auto& [path, text] : whole.files())
      for (std::size_t at = 0; at < text.size(); ++at)
        for (int bit = thorough ? 0 : static_cast<int>(at % 8); bit < 8; bit += thorough ? 1 : 8) {
          std::string changed = text;
          changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
          room.disk = whole;
          room.disk.put(path, changed);
          room.reopen();
          const std::string got = told(room);
          noticed += got == "error";
          if (got != "error" && got != expected) {
            CAPTURE(path, at, bit, changed);
            CHECK(got == expected);
          }
        }
  }
  CHECK(noticed > (thorough ? 80'000 : 10'000));
}
