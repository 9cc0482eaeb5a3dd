// The real binary on a real disk: killed at random moments, and several at a time. WEIR_KILLS=500 kills more
// often than the suite does.
#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "core/base/random.hpp"
#include "formats/json/value.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child.hpp"
#include "tests/support/paths.hpp"

using namespace weir;
using namespace weir::test;

namespace {

namespace fs = std::filesystem;

constexpr const char* definition = R"(weir = 1
[process]
id = "orders"
[connections]
c = { type = "shell" }
[messages.paid]
[[step]]
start = "s"
[[step]]
user = "a"
[[step]]
service = "call"
use = "c"
with.shell = ["true"]
[[step]]
user = "b"
[[step]]
end = "e"
)";

/// A folder with a definition and a state directory that no other test uses.
class Place {
 public:
  explicit Place(const std::string& name) : folder_(binary_dir() / "tests" / name) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    std::ofstream(folder_ / "orders.toml") << definition;
  }
  ~Place() { fs::remove_all(folder_); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  [[nodiscard]] std::vector<std::string> command(std::vector<std::string> words) const {
    words.insert(words.end(), {"--state", state()});
    return words;
  }
  [[nodiscard]] std::string state() const { return folder_ / "state"; }
  [[nodiscard]] std::string file() const { return folder_ / "orders.toml"; }

  /// Runs to its end; the test stops when it does not end with 0.
  [[nodiscard]] std::string run(std::vector<std::string> words) const {
    Child child(command(std::move(words)));
    const Child::End end = child.wait();
    INFO(end.written);
    REQUIRE(end.code == 0);
    return end.written;
  }

 private:
  fs::path folder_;
};

std::string field(const std::string& text, const std::string& name) {
  const Result<value::OwnedValue> read = formats::json::read(text);
  REQUIRE(read.has_value());
  const value::Value* found = read->get().find(value::Key(name));
  return found != nullptr && found->is(value::Kind::string) ? std::string(found->text()) : "";
}

/// How far an instance is: 0 = not there, 4 = completed.
int progress(const Place& place, const std::string& id) {
  Child child(place.command({"instance", "show", id, "--format", "json"}));
  const Child::End end = child.wait();
  if (end.code == 6) return 0;
  INFO(end.written);
  REQUIRE(end.code == 0);
  const std::string status = field(end.written, "status");
  if (status == "completed") return 4;
  const auto waits_for = [&](const char* element) {
    return end.written.find("\"element\":\"" + std::string(element) + "\"") != std::string::npos;
  };
  const std::size_t waits = end.written.find("\"waits\":");
  REQUIRE(waits != std::string::npos);
  const std::string rest = end.written.substr(waits);
  for (const auto& [element, far] : {std::pair{"a", 1}, {"call", 2}, {"b", 3}})
    if (rest.find("\"element\":\"" + std::string(element) + "\"") != std::string::npos) return far;
  CHECK(waits_for("one of a, call and b"));
  return -1;
}

/// Every file of a state directory is JSON, line by line.
void check_files(const Place& place) {
  std::size_t files = 0;
  for (const fs::directory_entry& each : fs::recursive_directory_iterator(place.state())) {
    if (!each.is_regular_file() || each.path().filename() == "lock" || each.path().extension() == ".tmp")
      continue;
    ++files;
    std::ifstream stream(each.path());
    INFO(each.path().string());
    if (each.path().extension() == ".json") {
      CHECK(formats::json::read(std::string{std::istreambuf_iterator<char>(stream), {}}).has_value());
      continue;
    }
    for (std::string line; std::getline(stream, line);) CHECK(formats::json::read(line).has_value());
  }
  CHECK(files > 2);
}

/// The first falls into any command, the last of sixty into none: slow builds come to an end too.
std::chrono::microseconds later_each_time(int i, Random& random) {
  return std::chrono::microseconds(i < 50 ? 800 * (i + 1) + static_cast<int>(random.below(800))
                                          : 100'000'000);
}

}  // namespace

TEST_CASE("killed at random moments: what was acknowledged is there, and it can be gone on with") {
  const char* wanted = std::getenv("WEIR_KILLS");
  const int attempts = wanted == nullptr ? 24 : std::max(1, std::atoi(wanted));
  const Place place("kill");
  Random random(20'251'125);
  // How long a command takes here, so that moments fall inside of it.
  using Clock = std::chrono::steady_clock;
  const Clock::time_point before = Clock::now();
  (void)place.run({"start", place.file(), "--key", "0"});
  const auto usual = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - before).count();

  int number = 1, killed = 0, unheard = 0;
  int acknowledged = 1;
  for (int i = 0; i < attempts;) {
    const std::string id = "orders-" + std::to_string(number);
    CAPTURE(i, id, acknowledged);
    std::vector<std::string> words;
    switch (acknowledged) {
      case 0:
        words = {"start", place.file(), "--key", std::to_string(number - 1)};
        break;
      case 1:
        words = {"task", "complete", id + "/a"};
        break;
      case 2:
        words = {"work", "--once"};
        break;
      default:
        words = {"task", "complete", id + "/b"};
    }
    Child child(place.command(words));
    const std::int64_t moment = random.below(static_cast<std::uint32_t>(usual + usual / 2));
    const Child::End end = child.kill_after(std::chrono::microseconds(moment));
    int now = progress(place, id);
    if (end.code < 0) {
      ++killed;
      ++i;
      unheard += now > acknowledged;  // it happened, though nobody was told
    } else {
      CHECK((end.code == 0 || (acknowledged == 2 && end.code == 4)));  // 4: nobody knows what a call has done
      CHECK((now > acknowledged || acknowledged == 2));
    }
    CHECK(now >= acknowledged);
    if (now == 2) {
      // A call that was interrupted says so and waits for somebody who knows.
      if (place.run({"instance", "show", id}).find("effect-unknown") == std::string::npos) {
        acknowledged = 2;
        continue;
      }
      (void)place.run({"instance", "retry", id});
      now = progress(place, id);
    }
    acknowledged = now;
    if (acknowledged == 4) {
      ++number;
      acknowledged = 0;
    }
  }
  // Everything can be brought to its end, and was started once.
  for (int each = 1; each <= number; ++each) {
    const std::string id = "orders-" + std::to_string(each);
    for (int i = 0, at = 0; i < 12 && (at = progress(place, id)) < 4; ++i) {
      if (at == 0) (void)place.run({"start", place.file(), "--key", std::to_string(each - 1)});
      if (at == 1) (void)place.run({"task", "complete", id + "/a"});
      if (at == 2) {
        Child child(place.command({"instance", "retry", id}));
        (void)child.wait();
        Child work(place.command({"work", "--once"}));
        (void)work.wait();
      }
      if (at == 3) (void)place.run({"task", "complete", id + "/b"});
    }
    CHECK(progress(place, id) == 4);
    const std::string history = place.run({"instance", "history", id, "--format", "json"});
    std::vector<std::string> elements;
    std::size_t begin = 0;
    while (begin < history.size()) {
      const std::size_t stop = history.find('\n', begin);
      const std::string event = history.substr(begin, stop - begin);
      // Beside the steps there are tries that were interrupted.
      if (!field(event, "ask").empty()) elements.push_back(field(event, "element"));
      begin = stop + 1;
    }
    CHECK(elements == std::vector<std::string>{"s", "a", "call", "b"});
  }
  Child more(place.command({"instance", "show", "orders-" + std::to_string(number + 1)}));
  CHECK(more.wait().code == 6);
  check_files(place);
  CHECK(killed == attempts);
  INFO(killed << " killed, " << unheard << " of them after it had happened");
  if (attempts >= 200) CHECK(unheard > 0);
}

TEST_CASE("several processes at a time: each completes its own tasks, nobody loses anything") {
  const Place place("crowd");
  constexpr int workers = 4, each = 6;
  for (int i = 0; i < workers * each; ++i)
    (void)place.run({"start", place.file(), "--key", std::to_string(i)});
  for (int round = 0; round < each; ++round) {
    std::deque<Child> crowd;
    for (int worker = 0; worker < workers; ++worker)
      crowd.emplace_back(place.command(
          {"task", "complete", "orders-" + std::to_string(round * workers + worker + 1) + "/a"}));
    for (Child& child : crowd) {
      const Child::End end = child.wait();
      INFO(end.written);
      CHECK(end.code == 0);
    }
  }
  for (int i = 1; i <= workers * each; ++i) CHECK(progress(place, "orders-" + std::to_string(i)) == 3);
  check_files(place);
}

TEST_CASE(
    "eight processes at a time: each task is completed by exactly one of them, and history says by whom") {
  const Place place("race");
  constexpr int processes = 8, instances = 4, rounds = 4;
  for (int i = 0; i < rounds * instances; ++i) (void)place.run({"start", place.file()});
  for (int round = 0; round < rounds; ++round) {
    const auto id = [&](int process) {
      return "orders-" + std::to_string(round * instances + process % instances + 1);
    };
    const auto name = [](int process) { return "worker-" + std::to_string(process); };
    std::deque<Child> crowd;
    for (int i = 0; i < processes; ++i)
      crowd.emplace_back(place.command({"task", "complete", id(i) + "/a", "--as", name(i)}));
    std::map<std::string, std::vector<std::string>> winners;
    int refused = 0;
    for (int i = 0; i < processes; ++i) {
      const Child::End end = crowd[static_cast<std::size_t>(i)].wait();
      if (end.code == 0) winners[id(i)].push_back(name(i));
      refused += end.code == 6;
    }
    CHECK(refused == processes - instances);
    CHECK(winners.size() == instances);
    for (const auto& [instance, names] : winners) {
      CAPTURE(instance, names);
      REQUIRE(names.size() == 1);
      CHECK(progress(place, instance) == 3);
      const std::string history = place.run({"instance", "history", instance, "--format", "json"});
      std::vector<std::string> completed;
      for (std::size_t begin = 0; begin < history.size();) {
        const std::size_t stop = history.find('\n', begin);
        const std::string line = history.substr(begin, stop - begin);
        if (field(line, "element") == "a") completed.push_back(field(line, "by"));
        begin = stop + 1;
      }
      CHECK(completed == names);
    }
  }
  check_files(place);
}

TEST_CASE("a batch that is killed goes on: no operation is done twice, no result is written twice") {
  const Place place("killed-batch");
  constexpr int operations = 6000;  // some commits
  const std::string file = place.state() + ".jsonl", out = place.state() + ".results";
  {
    std::ofstream lines(file);
    for (int i = 0; i < operations; ++i) {
      if (i % 3 == 2)  // the one that was started before
        lines << R"({"op":"complete","task":"orders-)" << i / 3 * 2 + 1 << R"(/a"})" << '\n';
      else
        lines << R"({"op":"start","file":")" << place.file() << R"("})" << '\n';
    }
  }
  Random random(7);
  const auto count = [](const std::string& path) {
    std::ifstream stream(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
  };
  std::vector<std::string> before;
  int killed = 0;
  for (int i = 0; i < 60; ++i) {
    // Ten times sooner or later; a run that nothing stops ends it.
    Child child(place.command({"batch", file, "--out", out, "--resume"}));
    const Child::End end = child.kill_after(later_each_time(i, random));
    std::vector<std::string> now = count(out);
    // What was acknowledged stays as it was; the last line may be torn.
    if (!before.empty() && before.back().back() != '}') before.pop_back();
    REQUIRE(now.size() >= before.size());
    CHECK(std::equal(before.begin(), before.end(), now.begin()));
    before = std::move(now);
    if (end.code < 0) {
      ++killed;
      continue;
    }
    INFO(end.written);
    CHECK(end.code == 0);
    break;
  }
  CHECK(killed > 0);
  CHECK(before.size() == operations);
  for (const std::string& line : before) CHECK(line.starts_with("{\"ok\":true"));
  // Every start has an instance of its own, and there are no others.
  const std::string list = place.run({"instance", "list", "--format", "json"});
  std::size_t instances = 0;
  for (std::size_t at = 0; (at = list.find("{\"id\":", at)) != std::string::npos; ++at) ++instances;
  CHECK(instances == operations / 3 * 2);
  check_files(place);
}

TEST_CASE("a batch that is killed moves and removes nothing twice") {
  const Place place("killed-moves");
  constexpr int orders = 1500;
  const std::string file = place.state() + ".jsonl", out = place.state() + ".results";
  const std::string newer = place.file() + ".newer.toml";
  std::ofstream(newer) << definition << "# another version\n";
  {
    // Half of them end and are removed, the others go on under the newer definition.
    std::ofstream lines(file);
    for (int i = 1; i <= orders; ++i) {
      lines << R"({"op":"start","file":")" << place.file() << "\"}\n";
      const std::string instance = R"("instance":"orders-)" + std::to_string(i) + "\"";
      if (i % 2 == 0)
        lines << R"({"op":"cancel",)" << instance << "}\n"
              << R"({"op":"rm",)" << instance << "}\n";
      else
        lines << R"({"op":"migrate",)" << instance << R"(,"to":")" << newer << "\"}\n";
    }
  }
  Random random(11);
  int killed = 0;
  Child::End end;
  for (int i = 0; i < 60; ++i) {
    Child child(place.command({"batch", file, "--out", out, "--resume"}));
    end = child.kill_after(later_each_time(i, random));
    if (end.code >= 0) break;
    ++killed;
  }
  INFO(end.written);
  CHECK(killed > 0);
  CHECK(end.code == 0);  // an operation that is done a second time fails: what it was about is gone
  const std::string list = place.run({"instance", "list", "--format", "json"});
  std::size_t instances = 0;
  for (std::size_t at = 0; (at = list.find("{\"id\":", at)) != std::string::npos; ++at) ++instances;
  CHECK(instances == orders / 2);
  // Each was moved once.
  std::size_t moves = 0;
  for (const char* folder : {"journal", "history"}) {
    if (!fs::exists(fs::path(place.state()) / folder)) continue;
    for (const auto& each : fs::directory_iterator(fs::path(place.state()) / folder)) {
      std::ifstream stream(each.path());
      for (std::string line; std::getline(stream, line);)
        moves += line.find("\"whole\":true") != std::string::npos;
    }
  }
  CHECK(moves == orders / 2);
  check_files(place);
}
