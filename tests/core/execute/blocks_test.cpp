// Random processes of blocks (sequence, exclusive, parallel, inclusive, loop) run in the durable runtime with
// random answers, beside an oracle that knows nothing of tokens: it walks the tree of blocks.
#include <algorithm>
#include <set>

#include "core/base/random.hpp"
#include "core/semantics/marking.hpp"
#include "core/semantics/trace.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using test::EngineRoom;

namespace {

enum class Kind : std::uint8_t { task, sequence, exclusive, parallel, inclusive, loop };

struct Block {
  Kind kind = Kind::task;
  std::string id;
  std::vector<Block> inside;
};

Block random_block(Random& random, int depth, int& number) {
  Block block;
  const std::uint32_t dice = depth == 0 ? 0 : random.below(10);
  block.kind = dice < 2   ? Kind::task
               : dice < 5 ? Kind::sequence
               : dice < 6 ? Kind::exclusive
               : dice < 8 ? Kind::parallel
               : dice < 9 ? Kind::inclusive
                          : Kind::loop;
  block.id = "b" + std::to_string(++number);
  const std::uint32_t inside = block.kind == Kind::task   ? 0
                               : block.kind == Kind::loop ? 1
                                                          : 2 + random.below(2);
  for (std::uint32_t i = 0; i < inside; ++i) block.inside.push_back(random_block(random, depth - 1, number));
  return block;
}

/// Writes a block as BPMN.
class Writer {
 public:
  std::string process(const Block& block) {
    add("startEvent", "start");
    const auto [first, last] = write(block);
    add("endEvent", "end");
    flow("start", first);
    flow(last, "end");
    return R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="p" isExecutable="true">)" +
           text_ + "</process></definitions>";
  }

 private:
  using Ends = std::pair<std::string, std::string>;
  void add(const std::string& element, const std::string& id, const std::string& more = {}) {
    text_ += "<" + element + " id=\"" + id + "\"" + more + "/>";
  }
  void flow(const std::string& from, const std::string& to, const std::string& condition = {}) {
    const std::string id = "f" + std::to_string(++flows_);
    text_ += "<sequenceFlow id=\"" + id + "\" sourceRef=\"" + from + "\" targetRef=\"" + to + "\">";
    if (!condition.empty()) text_ += "<conditionExpression>=" + condition + "</conditionExpression>";
    text_ += "</sequenceFlow>";
  }
  Ends write(const Block& block) {
    const std::string& id = block.id;
    if (block.kind == Kind::task) {
      add("userTask", id);
      return {id, id};
    }
    if (block.kind == Kind::sequence) {
      Ends all;
      for (const Block& each : block.inside) {
        const Ends ends = write(each);
        if (all.first.empty())
          all.first = ends.first;
        else
          flow(all.second, ends.first);
        all.second = ends.second;
      }
      return all;
    }
    const std::string gateway = block.kind == Kind::parallel    ? "parallelGateway"
                                : block.kind == Kind::inclusive ? "inclusiveGateway"
                                                                : "exclusiveGateway";
    const std::string split = id + "-split", join = id + "-join";
    add(gateway, split);
    add(gateway, join);
    if (block.kind == Kind::loop) {
      const Ends body = write(block.inside[0]);
      add("userTask", id);
      flow(join, body.first);
      flow(body.second, id);
      flow(id, split);
      flow(split, join, id + " = 1");
      flow(split, id + "-out", id + " = 0");
      add("intermediateThrowEvent", id + "-out");
      return {join, id + "-out"};
    }
    for (std::size_t i = 0; i < block.inside.size(); ++i) {
      const Ends ends = write(block.inside[i]);
      const std::string number = std::to_string(i);
      flow(split, ends.first,
           block.kind == Kind::exclusive   ? id + " = " + number
           : block.kind == Kind::inclusive ? id + "_" + number + " = 1"
                                           : "");
      flow(ends.second, join);
    }
    if (block.kind == Kind::parallel) return {split, join};
    add("userTask", id);  // whoever does it says which way
    flow(id, split);
    return {id, join};
  }

  std::string text_;
  int flows_ = 0;
};

/// A block under way.
class Walk {
 public:
  explicit Walk(const Block& block) : block_(block) { begin(); }

  /// Tasks that can be done now.
  void open(std::multiset<std::string>& out) const {
    if (asks_) out.insert(block_.id);
    for (const auto& each : inside_) each->open(out);
  }
  [[nodiscard]] bool done() const { return done_; }

  /// Somebody does a task that is open, and says what its block is to do next.
  bool complete(const std::string& task, Random& random, value::Variables& says) {
    if (asks_ && task == block_.id) {
      asks_ = false;
      answer(random, says);
      return true;
    }
    for (const auto& each : inside_)
      if (each->complete(task, random, says)) {
        std::erase_if(inside_, [](const auto& one) { return one->done(); });
        if (inside_.empty()) inside_is_done();
        return true;
      }
    return false;
  }

 private:
  void begin() {
    switch (block_.kind) {
      case Kind::task:
      case Kind::exclusive:
      case Kind::inclusive:
        asks_ = true;
        break;
      case Kind::sequence:
      case Kind::loop:
        enter(0);
        break;
      case Kind::parallel:
        for (std::size_t i = 0; i < block_.inside.size(); ++i) enter(i);
        break;
    }
  }
  void enter(std::size_t i) {
    at_ = i;
    inside_.push_back(std::make_unique<Walk>(block_.inside[i]));
  }
  void answer(Random& random, value::Variables& says) {
    const auto ways = static_cast<std::uint32_t>(block_.inside.size());
    const auto say = [&](const std::string& name, std::uint32_t number) {
      says.set(name, value::Value::integer(number));
    };
    if (block_.kind == Kind::task) {
      done_ = true;
    } else if (block_.kind == Kind::exclusive) {
      const std::uint32_t way = random.below(ways);
      say(block_.id, way);
      enter(way);
    } else if (block_.kind == Kind::inclusive) {
      const std::uint32_t ways_taken = 1 + random.below((1u << ways) - 1);
      for (std::uint32_t i = 0; i < ways; ++i) {
        const bool taken = (ways_taken >> i & 1u) != 0;
        say(block_.id + "_" + std::to_string(i), taken ? 1 : 0);
        if (taken) enter(i);
      }
    } else {
      const bool again = random.chance(40);
      say(block_.id, again ? 1 : 0);
      again ? enter(0) : void(done_ = true);
    }
  }
  void inside_is_done() {
    if (block_.kind == Kind::loop)
      asks_ = true;
    else if (block_.kind == Kind::sequence && at_ + 1 < block_.inside.size())
      enter(at_ + 1);
    else
      done_ = true;
  }

  const Block& block_;
  bool asks_ = false, done_ = false;
  std::size_t at_ = 0;
  std::vector<std::unique_ptr<Walk>> inside_;
};

/// The tasks the instance waits at, and its control flow after its answers alone.
void check(EngineRoom& room, const std::string& id, const std::multiset<std::string>& expected,
           const std::vector<std::string>& completed) {
  REQUIRE(room.runtime->begin().has_value());
  const Result<execute::Instance*> live = room.runtime->load(id);
  REQUIRE(live.has_value());
  std::multiset<std::string> open;
  for (const auto& [number, wait] : (*live)->waits) open.insert(wait.element);
  CHECK(open == expected);
  value::Arena arena;
  const auto records = room.store->history(id, arena);
  REQUIRE(records.has_value());
  semantics::State state;
  semantics::Outcome outcome;
  outcome.want_trace = true;
  semantics::ScopeNames names;
  std::vector<std::string> done;
  for (const execute::Record& record : *records)
    for (const TraceStep& step : record.steps) {
      const auto action = semantics::resolve((*live)->graph(), state, names, step);
      REQUIRE(action.has_value());
      semantics::perform((*live)->graph(), *action, state, outcome);
      names.update((*live)->graph(), state, outcome);
      if (step.ask == "work") done.push_back(step.element.substr(0, step.element.find('#')));
    }
  CHECK(done == completed);
  CHECK(semantics::marking((*live)->graph(), state) == semantics::marking((*live)->graph(), (*live)->state));
  room.runtime->abandon();
}

}  // namespace

TEST_CASE("random blocks: the runtime is where a walk through the tree is", "[execute]") {
  std::size_t steps = 0, ended = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    Random random(seed, 9);
    int number = 0;
    const Block block = random_block(random, 2 + static_cast<int>(seed % 3), number);
    EngineRoom room(seed % 4 == 0 ? 1 : std::uint64_t{16} << 20u);  // a checkpoint after each batch, or none
    const std::string text = Writer().process(block);
    INFO(text);
    const std::string id = room.start(room.add("p.bpmn", text))->instance;
    Walk walk(block);
    std::vector<std::string> completed;
    for (int i = 0; i < 60 && !walk.done(); ++i) {
      std::multiset<std::string> open;
      walk.open(open);
      check(room, id, open, completed);
      auto chosen = open.begin();
      std::advance(chosen, random.below(static_cast<std::uint32_t>(open.size())));
      const std::string task = *chosen;
      value::Variables says;
      REQUIRE(walk.complete(task, random, says));
      const auto visit = std::count(completed.begin(), completed.end(), task) + 1;
      const auto done =
          room.complete(id + "/" + task + (visit == 1 ? "" : "#" + std::to_string(visit)), says);
      REQUIRE(done.has_value());
      completed.push_back(task);
      ++steps;
      if (random.chance(20)) {
        const std::string whole = room.whole(id);
        room.reopen();
        CHECK(room.whole(id) == whole);
      }
    }
    if (!walk.done()) continue;  // a loop that was long
    ++ended;
    CHECK(room.standing(id) == "completed");
    check(room, id, {}, completed);
  }
  CHECK(steps > 1000);
  CHECK(ended > 120);
}
