// However a state directory is cut into checkpoints and whatever becomes of their indexes, the same instances
// are found by what they are, were started with and wait for.
#include <fmt/format.h>

#include <map>

#include "cli/world/state_care.hpp"
#include "core/base/crc32c.hpp"
#include "core/base/random.hpp"
#include "formats/state/batch.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using namespace weir::test;

namespace {

constexpr const char* definition = R"(weir = 1
[process]
id = "parcels"
[vars]
number = "string"
[messages.arrival]
key = "number"
[[step]]
start = "s"
[[step]]
user = "pack"
on = [{ after = "1d", then = "look", name = "late" }]
[[step]]
catch = "arrived"
message = "arrival"
next = "e"
[[step]]
user = "look"
[[step]]
end = "e"
)";

/// A life of `count` instances: the same one for every size of checkpoints.
void live(EngineRoom& room, const std::string& sha, int count) {
  for (int i = 1; i <= count; ++i) {
    const std::string number = "N" + std::to_string(i);
    value::Variables variables;
    variables.set("number", value::Value::string(number));
    REQUIRE(room.start(sha, variables, "key-" + std::to_string(i)));
    if (i % 2 == 0) REQUIRE(room.complete("parcels-" + std::to_string(i) + "/pack"));
    if (i % 6 == 0) REQUIRE(room.message("arrival", "N" + std::to_string(i - 2)));
    if (i % 12 == 0)
      REQUIRE(room.batch([&] { return room.runtime->remove("parcels-" + std::to_string(i - 8), {}); }));
  }
  value::Variables variables;
  variables.set("number", value::Value::string("again"));
  if (count >= 12) REQUIRE(room.start(sha, variables, "key-4"));  // the key is free again
}

std::string told(const execute::Record& record) {
  std::string text = std::string(record.instance) + ":" + std::to_string(record.begun);
  for (const execute::Wait& each : record.changes.waits) text += " " + each.element;
  return text + "\n";
}

/// What every way to look finds, as text.
std::string found(EngineRoom& room, int count) {
  room.reopen();
  execute::Store& store = *room.store;
  REQUIRE(store.lock().has_value());
  std::string text;
  const auto tell = [&](const execute::Record& record) {
    text += told(record);
    return true;
  };
  REQUIRE(store.each(tell));
  // Indexes may lead to more than there is; whoever asks looks at the waits.
  const auto only = [&](execute::WaitKind kind, std::string_view key) {
    return [&, kind, key](const execute::Record& record) {
      for (const execute::Wait& each : record.changes.waits)
        if (each.kind == kind && (key.empty() || each.key == key)) text += told(record);
      return true;
    };
  };
  for (int i = 1; i <= count; ++i) {
    const std::string number = "N" + std::to_string(i), id = "parcels-" + std::to_string(i);
    text += number + "\n";
    REQUIRE(store.each_waiting(execute::WaitKind::message, "arrival", number,
                               only(execute::WaitKind::message, number)));
    text += *store.find_key("parcels", "key-" + std::to_string(i)) + "\n";
    value::Arena arena;
    const auto record = store.find(id, arena);
    REQUIRE(record.has_value());
    text += record->has_value() ? told(**record) : "none\n";
  }
  REQUIRE(store.each_waiting(execute::WaitKind::message, "arrival", std::nullopt,
                             only(execute::WaitKind::message, "")));
  REQUIRE(store.each_waiting(execute::WaitKind::message, "other", std::nullopt, tell));
  REQUIRE(store.each_due(execute::WaitKind::timer, value::never, only(execute::WaitKind::timer, "")));
  value::Arena arena;
  CHECK_FALSE(store.find("parcels-0", arena)->has_value());
  CHECK(store.find_key("parcels", "key-0")->empty());
  store.unlock();
  return text;
}

/// Every record of every instance, each once, wherever it stands.
std::string past(EngineRoom& room, int count) {
  room.reopen();
  cli::world::FileStore& store = *room.store;
  REQUIRE(store.lock().has_value());
  std::map<std::string, std::string, std::less<>> all;
  REQUIRE(store.each_record([&](const execute::Record& record) {
    all[std::string(record.instance)] += formats::state::write_record(record);
  }));
  std::string text;
  for (int i = 1; i <= count; ++i) {
    const std::string id = "parcels-" + std::to_string(i);
    value::Arena arena;
    const auto records = store.history(id, arena);
    REQUIRE(records.has_value());
    std::string lines;
    for (const execute::Record& each : *records) lines += formats::state::write_record(each);
    CHECK(lines == all[id]);
    text += lines;
  }
  store.unlock();
  return text;
}

std::vector<std::string> names(const MemoryDisk& disk, std::string_view folder) {
  std::vector<std::string> found;
  for (const auto& [path, text] : disk.files())
    if (path.find(folder) != std::string::npos) found.push_back(path);
  return found;
}

}  // namespace

TEST_CASE("segments: what is found does not depend on when checkpoints are made") {
  constexpr int count = 60;
  std::string expected, expected_past;
  for (const std::uint64_t checkpoint_bytes :
       {std::uint64_t{1} << 20u, std::uint64_t{5000}, std::uint64_t{1500}, std::uint64_t{1}}) {
    CAPTURE(checkpoint_bytes);
    EngineRoom room(checkpoint_bytes);
    live(room, room.add("parcels.toml", definition), count);
    const std::string now = found(room, count);
    if (expected.empty()) expected = now;
    CHECK(now == expected);
    const std::string before = past(room, count);
    if (expected_past.empty()) expected_past = before;
    CHECK(before == expected_past);
    CHECK(names(room.disk, "/instances/").size() >= names(room.disk, "/index/").size());
    CHECK(names(room.disk, "/instances/").size() < 8);
    if (checkpoint_bytes == 1500) CHECK(names(room.disk, "/instances/").size() > 1);
  }
}

TEST_CASE("segments: what was removed is gone when all is written anew") {
  constexpr int count = 60;
  for (const std::uint64_t checkpoint_bytes :
       {std::uint64_t{1} << 20u, std::uint64_t{1500}, std::uint64_t{1}}) {
    EngineRoom room(checkpoint_bytes);
    live(room, room.add("parcels.toml", definition), count);
    const std::string expected = found(room, count);
    const std::string gone = "\"parcels-4\"";
    REQUIRE(room.store->lock().has_value());
    REQUIRE(room.store->compact().has_value());
    cli::world::StateCare care{room.disk, *room.store, room.directory};
    REQUIRE(care.shorten_history().has_value());
    const auto checked = care.check();
    CHECK(checked.damage.empty());
    CHECK(checked.histories > 0);
    room.store->unlock();
    CHECK(names(room.disk, "/instances/").size() == 1);
    for (const auto& [path, text] : room.disk.files()) {
      CAPTURE(path);
      CHECK(text.find(gone) == std::string::npos);
    }
    CHECK(found(room, count) == expected);
    CHECK(room.trace("parcels-10") == "s pack arrived");

    // A copy is the same; a byte that is wrong in any file of it is told.
    REQUIRE(room.store->lock().has_value());  // found() has opened another one
    cli::world::StateCare other{room.disk, *room.store, room.directory};
    REQUIRE(other.copy_to("copy").has_value());
    CHECK_FALSE(other.copy_to("copy").has_value());
    room.store->unlock();
    for (const auto& [path, text] : room.disk.files()) {
      if (path.find("copy/") != 0 || text.empty()) continue;
      cli::world::FileStore::Options options;
      options.create = false;
      std::string changed = text;
      changed[changed.size() / 2] ^= 1;
      room.disk.put(path, changed);
      CAPTURE(path);
      cli::world::FileStore copy(room.disk, "copy", options);
      const auto locked = copy.lock();
      CHECK((!locked || !cli::world::StateCare{room.disk, copy, "copy"}.check().damage.empty()));
      room.disk.put(path, text);
    }
    cli::world::FileStore::Options options;
    cli::world::FileStore copy(room.disk, "copy", options);
    REQUIRE(copy.lock().has_value());
    const auto all = cli::world::StateCare{room.disk, copy, "copy"}.check();
    CHECK(all.damage.empty());
    CHECK(all.instances == checked.instances);
  }
}

TEST_CASE("segments: a compaction that is killed at any change and done again tells nothing twice") {
  constexpr int count = 24;
  const auto compact = [](EngineRoom& room) {
    REQUIRE(room.store->lock().has_value());
    const bool done =
        room.store->compact().has_value() &&
        cli::world::StateCare{room.disk, *room.store, room.directory}.shorten_history().has_value();
    room.store->unlock();
    return done;
  };
  EngineRoom whole(2000);
  const std::string sha = whole.add("parcels.toml", definition);
  live(whole, sha, count);
  const MemoryDisk before = whole.disk;
  whole.reopen();
  REQUIRE(compact(whole));
  const std::string expected = past(whole, count), standing = found(whole, count);
  int kills = 0;
  for (const auto moment :
       {MemoryDisk::Moment::before, MemoryDisk::Moment::during, MemoryDisk::Moment::after})
    for (std::uint64_t n = 1;; ++n) {
      CAPTURE(n, static_cast<int>(moment));
      EngineRoom room(2000);
      (void)room.add("parcels.toml", definition);
      room.disk = before;
      room.reopen();
      room.disk.kill_after(n, moment);
      bool killed = false;
      try {
        (void)compact(room);
      } catch (const Killed&) {
        killed = true;
      }
      if (!killed) break;
      ++kills;
      room.disk.restart();
      room.reopen();
      REQUIRE(compact(room));
      CHECK(past(room, count) == expected);
      CHECK(found(room, count) == standing);
    }
  CHECK(kills > 20);
}

TEST_CASE("segments: an index that is missing, damaged or another file's is made again") {
  constexpr int count = 32;
  EngineRoom room(1500);
  live(room, room.add("parcels.toml", definition), count);
  const std::string expected = found(room, count);
  const std::vector<std::string> indexes = names(room.disk, "/index/");
  REQUIRE(indexes.size() > 1);
  const auto before = room.disk.files();
  Random random(7);
  const auto below = [&](std::size_t bound) { return random.below(static_cast<std::uint32_t>(bound)); };
  for (int i = 0; i < 200; ++i) {
    const std::string& path = indexes[below(indexes.size())];
    std::string bytes = before.at(path);
    switch (i % 4) {
      case 0:
        bytes.resize(below(bytes.size()));
        break;
      case 1:
        bytes = before.at(indexes[below(indexes.size())]);
        break;
      default:
        bytes[below(bytes.size())] ^= static_cast<char>(1u << below(8));
    }
    room.disk.put(path, bytes);
    CHECK(found(room, count) == expected);
    if (path.find('+') == std::string::npos) CHECK(room.disk.files().at(path) == before.at(path));
  }
  for (const std::string& each : indexes) REQUIRE(room.disk.remove(each));
  CHECK(found(room, count) == expected);
}

TEST_CASE("segments: a directory with one checkpoint, as it was written before there were several") {
  constexpr int count = 11;
  EngineRoom room(1);
  live(room, room.add("parcels.toml", definition), count);
  const std::string expected = found(room, count);
  // Records did not tell their number, and state.json named one file.
  const std::vector<std::string> segments = names(room.disk, "/instances/");
  std::string all;
  {
    REQUIRE(room.store->lock().has_value());
    for (int i = 1; i <= count; ++i) {
      value::Arena arena;
      auto record = room.store->find("parcels-" + std::to_string(i), arena);
      if (!record->has_value()) continue;
      (*record)->begun = 0;
      all += formats::state::write_record(**record);
    }
    room.store->unlock();
  }
  for (const std::string& each : segments) REQUIRE(room.disk.remove(each));
  for (const std::string& each : names(room.disk, "/index/")) REQUIRE(room.disk.remove(each));
  room.disk.put("state/instances/3.jsonl", formats::state::batch_header(3, count, all) + all);
  const std::string sum =
      fmt::format("{:08x}", crc32c(fmt::format("store instances/3.jsonl 99 {} 500", count)));
  room.disk.put("state/state.json",
                fmt::format(R"({{"schema":"weir.state/1","id":"store","checkpoint":"instances/3.jsonl",)"
                            R"("journal":99,"started":{},"sequence":500,"crc":"{}"}})",
                            count, sum));
  CHECK(found(room, count) == expected);
}

TEST_CASE("segments: files of which every line counts are not written again, they share an index") {
  constexpr int count = 40;
  EngineRoom room(1);
  const std::string sha = room.add("one.toml",
                                   "weir = 1\n[process]\nid = \"one\"\n[[step]]\nstart = \"s\"\n[[step]]\n"
                                   "user = \"task\"\n[[step]]\nend = \"e\"\n");
  std::vector<std::string> expected;
  for (int i = 1; i <= count; ++i) {
    value::Variables variables;
    variables.set("number", value::Value::integer(i));
    REQUIRE(room.start(sha, variables, fmt::format("k{}", i)).has_value());
    expected.push_back(room.whole(fmt::format("one-{}", i)));
  }
  const auto all_there = [&] {
    room.reopen();
    for (int i = 1; i <= count; ++i)
      CHECK(room.whole(fmt::format("one-{}", i)) == expected[static_cast<std::size_t>(i - 1)]);
    const auto again = room.start(sha, {}, fmt::format("k{}", count / 2));
    REQUIRE(again.has_value());
    CHECK(again->existed);
    CHECK(again->instance == fmt::format("one-{}", count / 2));
  };
  CHECK(names(room.disk, "/instances/").size() == count);
  CHECK(names(room.disk, "/index/").size() < 14);  // two levels of seven
  all_there();

  const auto good = room.disk.files();
  for (const std::string& each : names(room.disk, "/index/")) {
    INFO(each);
    std::string bytes = good.at(each);
    bytes[bytes.size() / 2] ^= 1;
    room.disk.put(each, bytes);
    all_there();
    REQUIRE(room.disk.remove(each));
    all_there();
    room.disk.put(each, good.at(each));
  }
  // A file that lacks its end is noticed, whichever of them it is.
  const std::string cut = names(room.disk, "/instances/")[count / 3];
  room.disk.put(cut, good.at(cut).substr(0, good.at(cut).size() / 2));
  room.reopen();
  const auto refused = room.store->lock();
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message.find(cut) != std::string::npos);
  room.disk.put(cut, good.at(cut));

  // Lines that do not count any more: with the others they are written anew.
  room.reopen();
  for (int i = 1; i <= count; ++i) REQUIRE(room.complete(fmt::format("one-{}/task", i)).has_value());
  REQUIRE(room.start(sha).has_value());  // now most lines are out of date
  CHECK(names(room.disk, "/instances/").size() == 1);
  room.reopen();
  for (int i = 1; i <= count; ++i) {
    CHECK(room.standing(fmt::format("one-{}", i)) == "completed");
    CHECK(room.trace(fmt::format("one-{}", i)) == "s task");
  }
}

TEST_CASE("segments: what shares an index is one file after a compaction, without what was removed") {
  for (int count = 16; count < 32; ++count) {
    CAPTURE(count);
    EngineRoom room(1);
    const std::string sha = room.add("one.toml",
                                     "weir = 1\n[process]\nid = \"one\"\n[[step]]\nstart = \"s\"\n[[step]]\n"
                                     "user = \"task\"\n[[step]]\nend = \"e\"\n");
    for (int i = 1; i <= count; ++i) {
      REQUIRE(room.start(sha).has_value());
      if (i != 11) continue;
      REQUIRE(room.complete("one-11/task").has_value());
      REQUIRE(room.batch([&] { return room.runtime->remove("one-11", {}); }).has_value());
    }
    REQUIRE(room.store->lock().has_value());
    REQUIRE(room.store->compact().has_value());
    REQUIRE(cli::world::StateCare{room.disk, *room.store, room.directory}.shorten_history().has_value());
    room.store->unlock();
    CHECK(names(room.disk, "/instances/").size() == 1);
    for (const auto& [path, text] : room.disk.files()) {
      CAPTURE(path);
      CHECK(text.find("\"one-11\"") == std::string::npos);
    }
    CHECK(room.standing("one-11").empty());
    CHECK(room.standing("one-12") == "waiting task");
  }
}

TEST_CASE("segments: an index that another process has made of more files is used, not made again of each") {
  EngineRoom room(1);
  const std::string sha = room.add("one.toml",
                                   "weir = 1\n[process]\nid = \"one\"\n[[step]]\nstart = \"s\"\n[[step]]\n"
                                   "user = \"task\"\n[[step]]\nend = \"e\"\n");
  for (int i = 0; i < 16; ++i) REQUIRE(room.start(sha).has_value());
  // This process goes on, and so does another one.
  const auto store = std::move(room.store);
  const auto runtime = std::move(room.runtime);
  room.reopen();
  for (int i = 0; i < 40; ++i) REQUIRE(room.start(sha).has_value());
  const std::vector<std::string> made = names(room.disk, "/index/");
  REQUIRE(made.size() < 16);
  REQUIRE(store->lock().has_value());
  value::Arena arena;
  for (int i = 1; i <= 56; ++i) CHECK(store->find(fmt::format("one-{}", i), arena)->has_value());
  store->unlock();
  CHECK(names(room.disk, "/index/") == made);
}

TEST_CASE("segments: a record in the journal that names no instance is damage") {
  for (const std::string line : {"{\"seq\":2}\n", "{}\n", "x\n", "\n", "{\"seq\":2,\"instance\":\"\"}\n"}) {
    CAPTURE(line);
    EngineRoom room;
    live(room, room.add("parcels.toml", definition), 1);
    const std::string journal = "state/journal/1.jsonl";
    room.disk.put(journal, *room.disk.read(journal) + formats::state::batch_header(2, 1, line) + line);
    room.reopen();
    REQUIRE(room.store->lock().has_value());
    const auto all = room.store->each([](const execute::Record&) { return true; });
    REQUIRE_FALSE(all.has_value());
    CHECK(all.error().message.find(journal) != std::string::npos);
    room.store->unlock();
  }
}

TEST_CASE(
    "segments: what says that an instance was removed hides no other one when its index is made again") {
  constexpr int count = 60;
  for (std::uint64_t checkpoint_bytes = 300; checkpoint_bytes <= 6000; checkpoint_bytes += 300) {
    CAPTURE(checkpoint_bytes);
    EngineRoom room(checkpoint_bytes);
    live(room, room.add("parcels.toml", definition), count);
    const std::string expected = found(room, count);
    for (const std::string& each : names(room.disk, "/index/")) REQUIRE(room.disk.remove(each));
    CHECK(found(room, count) == expected);
  }
}
