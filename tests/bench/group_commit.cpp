// How much of a disk's append rate is left when instances are started on it as `weir batch` does: while the
// disk is at one group, the next one is worked on. The floor writes the same bytes in the same groups and
// syncs as often, and does nothing else. Starts that look at no data are repeated from a pattern
// (core/execute/alike.cpp), so those that do are measured too. Then what one durable step costs beside one
// bare append and sync, whether a thousand waiting instances are faster to add to than all of them, how long
// the list of tasks takes, and what the directory and the memory weigh. `bench_group_commit [INSTANCES
// [DIRECTORY]]`; 1000000 for the figures of a large one.
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "cli/world/file_store.hpp"
#include "cli/world/real_disk.hpp"
#include "core/execute/runtime.hpp"
#include "core/graph/compile.hpp"
#include "formats/read.hpp"

using namespace weir;
namespace fs = std::filesystem;

namespace {

constexpr const char* one_task = R"(weir = 1
[process]
id = "one"
[[step]]
start = "begin"
[[step]]
user = "task"
groups = ["clerks"]
[[step]]
end = "end"
)";
/// The same, but a variable says for whom it is.
constexpr const char* looking = R"(weir = 1
[process]
id = "one"
[[step]]
start = "begin"
[[step]]
user = "task"
assign = "=if number < 0 then \"nobody\" else \"clerk\""
[[step]]
end = "end"
)";
constexpr std::size_t together = 2000;  // as `weir batch` does

double seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

struct StoppedClock : execute::Clock {
  value::Instant now() override { return 1'800'000'000 * value::per_second; }
};
struct NoConnector : execute::Connector {
  execute::Called call(const execute::Call&) override { return {}; }
};

struct Definition {
  SourceMap sources;
  formats::ReadResult read;
  execute::Deployed deployed;

  Definition(const char* text, char sha) {
    Diagnostics found;
    read = formats::read("one.toml", text, sources, found);
    deployed.definition = std::string(64, sha);
    deployed.definitions = &read.definitions;
    deployed.graph = graph::compile(read.definitions, model::ProcessIndex{0}, found);
    deployed.expressions = data::Expressions::compile(read.definitions, deployed.graph, found);
  }
};

template <class T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", result.error().message);
  std::exit(1);
}

}  // namespace

int main(int count, char** words) {
  const std::size_t instances = count > 1 ? static_cast<std::size_t>(std::atoll(words[1])) : 20'000;
  std::string base = std::string(count > 2 ? words[2] : ".") + "/weir-bench-XXXXXX";
  if (::mkdtemp(base.data()) == nullptr) {
    fmt::print(stderr, "no directory {}\n", base);
    return 1;
  }
  const Definition plain_one(one_task, 'a'), looking_one(looking, 'b');

  cli::world::RealDisk disk;
  cli::world::FileStore::Options options;
  options.new_id = "bench";
  cli::world::FileStore store(disk, base + "/state", options);
  StoppedClock clock;
  NoConnector connector;
  const auto library = [&](std::string_view sha, std::string_view) {
    return Result<const execute::Deployed*>(sha[0] == 'a' ? &plain_one.deployed : &looking_one.deployed);
  };
  execute::Runtime runtime(store, clock, connector, library, "bench", [](std::string_view) { return false; });
  value::Variables variables;
  execute::StartRequest request{plain_one.deployed.definition, "one", "", &variables, "", ""};
  const auto start = [&](execute::Runtime& where) {
    variables.set("number", value::Value::integer(static_cast<std::int64_t>(where.store().started())));
    return must(where.start(request)).instance;
  };
  // All in groups of so many. It costs two hand-overs between threads to work on the next group meanwhile.
  const auto start_all = [&](execute::Runtime& where, std::size_t number, std::size_t group) {
    where.tell_no_steps();
    must(where.begin());
    for (std::size_t begun = 0; begun < number;) {
      for (std::size_t i = 0; i < group && begun < number; ++i, ++begun) (void)start(where);
      must(group < 100 ? where.commit() : where.commit_aside());
      (void)where.told();
      where.forget();
      if (group < 100) must(where.begin());
    }
    must(where.commit());
  };
  start_all(runtime, 1000, 1000);
  const std::uint64_t bytes = fs::file_size(base + "/state/journal/1.jsonl") / 1000;  // of each
  const double ours = seconds([&] { start_all(runtime, instances, together); });

  const std::size_t batches = (instances + together - 1) / together;
  const std::string batch(bytes * std::min(together, instances), 'x');
  const double floor = seconds([&] {
    for (std::size_t i = 0; i < batches; ++i) {
      must(disk.append(base + "/floor", batch));
      must(disk.sync(base + "/floor"));
    }
  });
  fmt::print("started      {:>9.0f} instances/s, {} bytes each\n", static_cast<double>(instances) / ours,
             bytes);
  fmt::print("the disk     {:>9.0f} instances/s (same bytes, same syncs)\n",
             static_cast<double>(instances) / floor);
  fmt::print("ratio        {:>8.1f} %\n", 100 * floor / ours);

  const int steps = 200;
  const std::string record(600, 'x');
  const double bare = seconds([&] {
    for (int i = 0; i < steps; ++i) {
      must(disk.append(base + "/floor", record));
      must(disk.sync(base + "/floor"));
    }
  });
  const double durable = seconds([&] {
    for (int i = 0; i < steps; ++i) {
      must(runtime.begin());
      execute::CompleteRequest complete;
      complete.task = fmt::format("one-{}/task", i + 1);
      must(runtime.complete(complete));
      must(runtime.commit());
    }
  });
  fmt::print("one step     {:>8.0f} us, one bare append and sync {:.0f} us: {:.2f} times\n",
             1e6 * durable / steps, 1e6 * bare / steps, durable / bare);
  // Groups of other sizes: where the sync ends to be what costs most.
  cli::world::FileStore group_store(disk, base + "/groups", options);
  execute::Runtime groups(group_store, clock, connector, library, "bench",
                          [](std::string_view) { return false; });
  const auto compare = [&](std::size_t size, const char* how) {
    const std::size_t times = std::clamp<std::size_t>(20'000 / size, 4, 100);
    const std::string group(bytes * size, 'x');
    double plain = 0, started = 0;
    for (int round = 0; round < 5; ++round) {  // by turns: other programs use the disk too
      plain += seconds([&] {
        for (std::size_t i = 0; i < times; ++i) {
          must(disk.append(base + "/floor", group));
          must(disk.sync(base + "/floor"));
        }
      });
      started += seconds([&] { start_all(groups, times * size, size); });
    }
    fmt::print("groups of    {:>6}   {:>9.0f} instances/s, {:.1f} % of the disk's{}\n", size,
               static_cast<double>(5 * times * size) / started, 100 * plain / started, how);
  };
  for (const auto size : std::to_array<std::size_t>({1, 10, 100, 1000, together})) compare(size, "");
  request.definition = looking_one.deployed.definition;
  for (const auto size : std::to_array<std::size_t>({1, 10, 100, 1000, together}))
    compare(size, ", looking at data");
  request.definition = plain_one.deployed.definition;
  // The same steps beside few and beside many: instances that are started, and tasks of them that end.
  cli::world::FileStore few_store(disk, base + "/few", options);
  execute::Runtime few(few_store, clock, connector, library, "bench", [](std::string_view) { return false; });
  const auto start_some = [&](execute::Runtime& where, std::size_t number) {
    must(where.begin());
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < number; ++i) ids.push_back(start(where));
    must(where.commit());
    (void)where.told();
    where.forget();
    return ids;
  };
  const auto round = [&](execute::Runtime& where) {
    return seconds([&] {
      const std::vector<std::string> ids = start_some(where, together);
      must(where.begin());
      for (const std::string& id : ids) {
        execute::CompleteRequest complete;
        complete.task = id + "/task";
        must(where.complete(complete));
      }
      must(where.commit());
      (void)where.told();
      where.forget();
    });
  };
  start_some(few, 1000);
  std::vector<double> few_times, many_times;
  for (int i = 0; i < 9; ++i) {
    few_times.push_back(round(few));
    many_times.push_back(round(runtime));
  }
  const auto median = [](std::vector<double>& times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
  };
  const double beside_few = median(few_times), beside_many = median(many_times);
  fmt::print("started and ended beside 1000: {:.0f}/s, beside {}: {:.0f}/s, {:.1f} % of it\n",
             static_cast<double>(together) / beside_few, instances,
             static_cast<double>(together) / beside_many, 100 * beside_few / beside_many);

  std::size_t tasks = 0;
  const double list = seconds([&] {
    must(runtime.begin());
    must(store.each([&](const execute::Record& each) {
      tasks += each.changes.waits.size();
      return true;
    }));
    runtime.abandon();
  });
  fmt::print("all tasks    {:>8.3f} s for {}\n", list, tasks);

  // Another process: what is there is read first.
  cli::world::FileStore other(disk, base + "/state", options);
  const double open = seconds([&] { must(other.lock()); });
  const double first = seconds([&] { must(other.each([&](const execute::Record&) { return true; })); });
  other.unlock();
  fmt::print("cold         {:>8.3f} s to open, {:.3f} s for the list\n", open, first);
  const auto weigh = [&](const char* folder) {
    std::uint64_t sum = 0;
    if (!fs::exists(base + "/state/" + folder)) return 0.0;
    for (const auto& each : fs::recursive_directory_iterator(base + "/state/" + folder))
      if (each.is_regular_file()) sum += each.file_size();
    return static_cast<double>(sum) / 1e6;
  };
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "on disk      {:>8.1f} MB: {:.1f} of instances, {:.1f} of their index, {:.1f} of journal, {:.1f} of "
      "history\n",
      weigh(""), weigh("instances"), weigh("index"), weigh("journal"), weigh("history"));
  fmt::print("memory       {:>8.1f} MB at most, with two stores open\n",
             static_cast<double>(usage.ru_maxrss) / 1e3);
  fs::remove_all(base);
  return 0;
}
