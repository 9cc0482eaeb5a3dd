// Many instances in one directory: what they weigh, what their checkpoints cost, and that none gets lost
// between them. bench_group_commit has the figures for a million.
#include <algorithm>

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
[[step]]
start = "s"
[[step]]
user = "a"
groups = ["clerks"]
[[step]]
user = "b"
[[step]]
end = "e"
)";

constexpr int many = 3000;

std::uint64_t size_of(const MemoryDisk& disk, std::string_view folder) {
  std::uint64_t sum = 0;
  for (const auto& [path, text] : disk.files())
    if (path.find(folder) != std::string::npos) sum += text.size();
  return sum;
}

}  // namespace

TEST_CASE("many: each instance of an activity writes down its own result only") {
  EngineRoom room(100'000'000);
  const std::string sha = room.add("votes.toml", R"(weir = 1
[process]
id = "votes"
[vars]
voters = "list<string>"
[[step]]
user = "vote"
each = "voter in voters"
collect = "reasons = reason"
[[step]]
user = "count"
)");
  constexpr int voters = 300;
  const std::vector<value::Value> names(voters, value::Value::string("somebody"));
  value::Variables variables;
  variables.set("voters", value::Value::list(names));
  REQUIRE(room.start(sha, variables));
  value::Variables result;
  const std::string reason(200, 'x');
  result.set("reason", value::Value::string(reason));
  for (int i = 1; i <= voters; ++i) {
    if (i % 50 == 0) room.reopen();
    REQUIRE(room.complete("votes-1/vote" + (i == 1 ? "" : "#" + std::to_string(i)), result));
  }
  CHECK(size_of(room.disk, "/journal/") < voters * 1500);  // all results each time: 9 MB
  const std::string seen = room.variables("votes-1");
  CHECK(std::count(seen.begin(), seen.end(), 'x') == voters * 200);
}

TEST_CASE("many: each batch costs what it brings, however many instances there are") {
  EngineRoom room(20'000);
  const std::string sha = room.add("orders.toml", definition);
  value::Variables variables;
  variables.set("x", value::Value::integer(1));
  for (int i = 0; i < many; ++i) REQUIRE(room.start(sha, variables));
  // Every record is somewhere once: a checkpoint keeps the only one of an instance as it is.
  const std::uint64_t brought =
      size_of(room.disk, "/journal/") + size_of(room.disk, "/history/") + size_of(room.disk, "/instances/");
  CHECK(brought < many * 700);
  // Checkpoints grow with what they hold and become rare: all of them together are a few times the journal.
  CHECK(room.disk.written() < 5 * brought);

  // Every third is completed, by processes that have read the directory anew.
  for (int i = 1; i <= many; i += 3) {
    if (i % 100 == 1) room.reopen();
    REQUIRE(room.complete("orders-" + std::to_string(i) + "/a"));
  }
  room.reopen();
  REQUIRE(room.store->lock().has_value());
  CHECK(room.store->started() == many);
  int seen = 0, wrong = 0;
  REQUIRE(room.store->each([&](const execute::Record& record) {
    ++seen;
    const bool completed = seen % 3 == 1;
    wrong += record.instance != "orders-" + std::to_string(seen) || record.changes.waits.size() != 1 ||
             record.changes.waits[0].element != (completed ? "b" : "a");
    return true;
  }));
  room.store->unlock();
  CHECK(seen == many);
  CHECK(wrong == 0);
}
