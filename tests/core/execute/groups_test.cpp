// Groups of operations that are worked on while the disk is at the one before: killed and failing at every
// change. What was acknowledged is there, a group is there as a whole or not at all, and it can be gone on
// with.
#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using namespace weir::test;

namespace {

constexpr const char* definition = R"(weir = 1
[process]
id = "one"
[[step]]
start = "s"
[[step]]
user = "task"
[[step]]
end = "e"
)";
constexpr std::uint64_t groups = 6, size = 3;
enum class Work : std::uint8_t { starts, starts_and_ends };

/// Group number `group` (from 0): starts instances and maybe ends those of the group before. Doing it again
/// changes nothing.
bool work_on(EngineRoom& room, const std::string& sha, std::uint64_t group, Work work) {
  for (std::uint64_t i = 0; i < size; ++i) {
    execute::StartRequest start;
    const std::string key = fmt::format("{}-{}", group, i);
    start.definition = sha;
    start.process = "one";
    start.key = key;
    if (!room.runtime->start(start)) return false;
    if (group == 0 || work == Work::starts) continue;
    execute::CompleteRequest end;
    end.task = fmt::format("one-{}/task", size * (group - 1) + i + 1);
    const bool ended = room.runtime->complete(end).has_value();
    if (!ended && room.runtime->trouble() != execute::Trouble::not_found &&
        room.runtime->trouble() != execute::Trouble::conflict)
      return false;
  }
  return true;
}

/// From the first group on; how many were acknowledged, all of them when nothing goes wrong.
std::uint64_t play(EngineRoom& room, const std::string& sha, Work work, std::uint64_t& acknowledged) {
  acknowledged = 0;
  if (!room.runtime->begin()) return acknowledged;
  for (std::uint64_t group = 0; group < groups; ++group) {
    const bool last = group + 1 == groups;
    if (!work_on(room, sha, group, work) || !(last ? room.runtime->commit() : room.runtime->commit_aside())) {
      room.runtime->abandon();
      return acknowledged;
    }
    acknowledged = last ? groups : group;
    room.runtime->forget();
  }
  return acknowledged;
}

/// What is there: so many groups, each as it was when it was made.
void check(EngineRoom& room, std::uint64_t acknowledged, Work work) {
  REQUIRE(room.store->lock());
  const std::uint64_t started = room.store->started();
  room.store->unlock();
  CHECK(started % size == 0);
  CHECK(started >= size * acknowledged);
  for (std::uint64_t i = 1; i <= started; ++i) {
    const bool ended = work == Work::starts_and_ends && i + size <= started;
    CHECK(room.standing(fmt::format("one-{}", i)) == (ended ? "completed" : "waiting task"));
    CHECK(room.trace(fmt::format("one-{}", i)) == (ended ? "s task" : "s"));
  }
}

struct Way {
  std::uint64_t checkpoint_bytes;
  Work work;
};
constexpr Way ways[] = {{std::uint64_t{1} << 20u, Work::starts},
                        {1500, Work::starts},
                        {1, Work::starts},
                        {std::uint64_t{1} << 20u, Work::starts_and_ends},
                        {1500, Work::starts_and_ends},
                        {1, Work::starts_and_ends}};

std::string make_known(EngineRoom& room) {
  const std::string sha = room.add("one.toml", definition);
  REQUIRE(room.store->lock());
  REQUIRE(room.store->deploy({sha, "one.toml", definition, {}}, {{"one"}, {}, {}}));
  room.store->unlock();
  return sha;
}

}  // namespace

TEST_CASE("groups: killed at every change") {
  using Moment = MemoryDisk::Moment;
  int kills = 0;
  for (const Way& way : ways)
    for (const Moment moment : {Moment::before, Moment::during, Moment::after})
      for (const bool power : {false, true})
        for (std::uint64_t n = 1;; ++n) {
          CAPTURE(way.checkpoint_bytes, n);
          EngineRoom room(way.checkpoint_bytes);
          const std::string sha = make_known(room);
          room.disk.kill_after(n, moment);
          std::uint64_t acknowledged = 0;
          bool killed = false;
          try {
            play(room, sha, way.work, acknowledged);
          } catch (const Killed&) {
            killed = true;
            ++kills;
          }
          power ? room.disk.crash() : room.disk.restart();
          room.reopen();
          check(room, acknowledged, way.work);
          CHECK(play(room, sha, way.work, acknowledged) == groups);
          check(room, groups, way.work);
          if (!killed) break;
        }
  CHECK(kills > 1000);
}

TEST_CASE("groups: every change fails once") {
  int failures = 0;
  for (const Way& way : ways)
    for (std::uint64_t n = 1;; ++n) {
      CAPTURE(way.checkpoint_bytes, n);
      EngineRoom room(way.checkpoint_bytes);
      const std::string sha = make_known(room);
      room.disk.fail_after(n);
      std::uint64_t acknowledged = 0;
      play(room, sha, way.work, acknowledged);
      const bool failed = room.disk.failures() > 0;
      failures += failed;
      // After a failed sync only another process may go on.
      if (room.disk.is_broken()) {
        room.disk.restart();
        room.reopen();
      }
      check(room, acknowledged, way.work);
      CHECK(play(room, sha, way.work, acknowledged) == groups);
      check(room, groups, way.work);
      if (!failed) break;
    }
  CHECK(failures > 100);
}

TEST_CASE("groups: a journal that became a checkpoint is not taken for whole when some of it is missing") {
  EngineRoom room(1500);
  const std::string sha = make_known(room);
  std::uint64_t acknowledged = 0;
  REQUIRE(play(room, sha, Work::starts, acknowledged) == groups);
  std::string adopted;
  for (const auto& [path, text] : room.disk.files())
    if (path.find("/instances/") != std::string::npos && path.find('-') != std::string::npos) adopted = path;
  REQUIRE(!adopted.empty());
  const std::string whole = room.disk.files().at(adopted);
  const std::size_t second = whole.find("\n{\"batch\":2");
  REQUIRE(second != std::string::npos);
  const std::string index =
      "state/index/" + adopted.substr(adopted.rfind('/') + 1, adopted.rfind('.') - adopted.rfind('/') - 1) +
      ".idx";
  for (const bool with_index : {true, false}) {
    for (const std::size_t bytes : {whole.size() - 1, second + 1, whole.find("\n{\"seq\"")}) {
      CAPTURE(with_index, bytes);
      EngineRoom other(1500);
      other.add("one.toml", definition);
      other.disk = room.disk;
      other.disk.put(adopted, whole.substr(0, bytes));
      if (!with_index) REQUIRE(other.disk.remove(index));
      other.reopen();
      CHECK_FALSE(other.store->lock());
    }
    EngineRoom other(1500);
    other.add("one.toml", definition);
    other.disk = room.disk;
    if (!with_index) REQUIRE(other.disk.remove(index));
    other.reopen();
    check(other, groups, Work::starts);
  }
}
