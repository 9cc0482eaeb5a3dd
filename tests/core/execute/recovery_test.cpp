// Answers == changes == live, after every record and byte for byte: what is written down of a step, and what
// its answers mean to the semantics, both lead to the instance that is in memory.
#include <algorithm>
#include <deque>

#include "core/base/random.hpp"
#include "core/execute/engine.hpp"
#include "core/execute/fold.hpp"
#include "core/graph/compile.hpp"
#include "formats/read.hpp"
#include "formats/state/record.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/random_sketch.hpp"

using namespace weir;
using namespace weir::execute;
using formats::state::read_record;
using formats::state::write_record;

namespace {

/// A sketch with data: conditions, loops and collections that depend on the variables n and list.
model::Definitions with_data(const test::Sketch& sketch, Random random) {
  model::Definitions definitions = test::definitions_of(sketch);
  const auto own = [&](std::string text) -> std::string_view {
    return definitions.document.extra.emplace_back(std::move(text));
  };
  const auto say = [&](model::Expression& expression, std::string text) {
    expression.written = true;
    expression.body = own(std::move(text));
  };
  const auto compare = [&] {
    return "n " + std::string(random.chance(50) ? ">" : "<") + " " + std::to_string(random.below(6));
  };
  for (model::SequenceFlow& flow : definitions.flows)
    if (flow.condition.written && random.chance(95)) say(flow.condition, compare());
  for (model::FlowNode& node : definitions.nodes) {
    if (node.kind == graph::ElementKind::task && random.chance(50)) node.kind = graph::ElementKind::user_task;
    if (node.kind == graph::ElementKind::task && random.chance(80)) {
      node.kind = graph::ElementKind::business_rule_task;
      node.work.decision.reference = "level";
      node.work.decision.binding = "latest";
      node.work.decision.mapping = random.chance(50) ? "outputs" : "singleEntry";
      node.result_variable = "result";
    }
    if (node.loop.kind == model::Loop::Kind::multi_instance) {
      if (random.chance(50)) {
        node.loop.collection = own("list");
        node.loop.element_variable = own("item");
      } else {
        say(node.loop.cardinality, std::to_string(random.below(4)));
      }
    }
    if (node.loop.condition.written) say(node.loop.condition, compare());
    if (node.activation_condition.written)
      say(node.activation_condition, random.chance(70) ? "true" : "false");
    for (model::EventDefinition& event : node.event_definitions) {
      if (event.kind == graph::ElementKind::timer_event_definition)
        random.chance(50) ? say(event.time_duration, "PT1H") : say(event.time_cycle, "R3/PT10M");
      if (event.kind == graph::ElementKind::conditional_event_definition) say(event.condition, compare());
    }
    if (model::is(node.kind, model::Category::activity) && random.chance(40)) {
      node.inputs.push_back({own("inner"), own("=n + 1"), {}});
      if (random.chance(50)) node.outputs.push_back({own("outer"), own("=inner"), {}});
    }
  }
  return definitions;
}

/// A decision that some tasks ask: nothing for n = 6, and no result when n is 5.
class Level {
 public:
  Level() {
    Diagnostics found;
    read_ = formats::read("level.dmn", R"(<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"
 name="d" namespace="urn:d"><decision id="level" name="level"><decisionTable>
 <input><inputExpression><text>n</text></inputExpression></input><output name="level"/>
 <rule><inputEntry><text>&lt; 3</text></inputEntry><outputEntry><text>"low"</text></outputEntry></rule>
 <rule><inputEntry><text>[3..5]</text></inputEntry><outputEntry><text>"high"</text></outputEntry></rule>
 <rule><inputEntry><text>5</text></inputEntry><outputEntry><text>"both"</text></outputEntry></rule>
 </decisionTable></decision></definitions>)",
                          sources_, found);
    const dmn::Definitions* all[] = {&read_.decisions};
    program_ = dmn::compile(all, found);
    REQUIRE(found.empty());
  }
  [[nodiscard]] dmn::Decision decision() const { return program_.find("level"); }

 private:
  SourceMap sources_;
  formats::ReadResult read_;
  dmn::Program program_;
};

/// Control flow to the last free slot.
std::string slots(const semantics::State& state) {
  std::string out = std::to_string(state.free_token) + " " + std::to_string(state.free_scope);
  const auto add = [&](auto... numbers) { ((out += " " + std::to_string(numbers)), ...); };
  for (const semantics::Token& each : state.tokens) {
    out += "\n  token";
    add(static_cast<int>(each.phase), each.generation, each.next);
    if (each.phase != semantics::Phase::free)
      add(index(each.node), index(each.flow), each.scope, each.child, each.previous, each.count);
  }
  for (const semantics::Scope& each : state.scopes) {
    out += "\n  scope";
    add(static_cast<int>(each.kind), each.generation, each.parent);
    if (each.kind != semantics::ScopeKind::free)
      add(index(each.node), each.host, each.first, each.live, each.remaining);
  }
  return out;
}

/// One instance and everything that was written down of it.
class Life {
 public:
  explicit Life(model::Definitions definitions) : definitions_(std::move(definitions)) {
    Diagnostics ignored;
    deployed_.definition = "d";
    deployed_.definitions = &definitions_;
    deployed_.graph = graph::compile(definitions_, model::ProcessIndex{0}, ignored);
    REQUIRE_FALSE(ignored.has_errors());
    deployed_.expressions = data::Expressions::compile(definitions_, deployed_.graph, ignored);
    live_ = std::make_unique<Instance>(deployed_);
    live_->id = "p-1";
    live_->started = clock_.at;
    workshop_.most_steps = 100;
    workshop_.decisions = [this](const Deployed&, const data::DecisionReference&) {
      return Result<dmn::Decision>(level_.decision());
    };
  }

  /// True while something may still be answered.
  bool begin() {
    NodeId start = NodeId::none;
    for (const NodeId node : deployed_.graph.instance_starts())
      if (start == NodeId::none || deployed_.graph[node].trigger == graph::Trigger::none) start = node;
    if (start == NodeId::none) return false;
    step([&](Engine& engine) {
      engine.set("n", value::Value::integer(3));
      const std::vector<value::Value> items{value::Value::string("a"), value::Value::string("b")};
      engine.set("list", value::Value::list(items));
      engine.start(start);
    });
    return true;
  }

  /// Something random happens; false when nothing can.
  bool answer(Random& random) {
    if (live_->waits.empty() || is_over(live_->status)) return false;
    auto chosen = live_->waits.begin();
    std::advance(chosen, random.below(static_cast<std::uint32_t>(live_->waits.size())));
    const Wait wait = chosen->second;
    clock_.pass("PT1M");
    const std::int64_t number = random.below(7);
    const std::string name = "z" + std::to_string(random.below(3));  // a key borrows its name
    const std::vector<value::Entry> entries{{value::Key("n"), value::Value::integer(number)},
                                            {value::Key(name), value::Value::string("text")}};
    const value::Value data = random.chance(60) ? value::Value::context(entries) : value::Value{};
    step([&](Engine& engine) {
      if (wait.kind == WaitKind::incident) {
        engine.set("n", value::Value::integer(random.below(7)));
        engine.retry();
      } else if (wait.ask == semantics::Ask::event) {
        if (wait.kind == WaitKind::timer) clock_.at = std::max(clock_.at, wait.due);
        engine.happen(wait.number, data);
      } else if (const std::uint32_t dice = random.below(20); dice == 0) {
        engine.fail(wait.number, "code", "it went wrong");
      } else if (dice != 1 || !engine.error(wait.number, "E", data)) {
        engine.done(wait.number, data);
      }
    });
    return true;
  }

  /// Every record there is leads to the same instance on every way.
  void check() {
    const std::string expected = write_record(whole(*live_));
    value::Arena arena;
    std::vector<Record> records;
    std::vector<TraceStep> steps;
    for (const std::string& line : lines_) {
      Result<Record> record = read_record(line, arena);
      REQUIRE(record.has_value());
      CHECK(write_record(*record) == line);
      steps.insert(steps.end(), record->steps.begin(), record->steps.end());
      records.push_back(std::move(*record));
    }
    const Record folded = fold(records);
    CHECK(write_record(folded) == expected);
    CHECK(applied(records) == expected);
    CHECK(applied(std::span<const Record>(&folded, 1)) == expected);
    // A checkpoint and the records behind it are as good as all of them.
    const std::size_t half = records.size() / 2;
    if (half > 0) {
      std::vector<Record> later{fold(std::span<const Record>(records).subspan(0, half))};
      later.insert(later.end(), records.begin() + static_cast<std::ptrdiff_t>(half), records.end());
      CHECK(write_record(fold(later)) == expected);
    }
    // The answers alone: the same control flow.
    semantics::State state;
    semantics::Outcome outcome;
    outcome.want_trace = true;
    semantics::ScopeNames names;
    for (const TraceStep& step : steps) {
      const auto action = semantics::resolve(deployed_.graph, state, names, step);
      REQUIRE(action.has_value());
      semantics::perform(deployed_.graph, *action, state, outcome);
      names.update(deployed_.graph, state, outcome);
    }
    CHECK(slots(state) == slots(live_->state));
  }

  /// Goes on with the instance as it was read back: it must do the same as the one that never slept.
  void sleep() {
    value::Arena arena;
    std::vector<Record> records;
    for (const std::string& line : lines_) records.push_back(*read_record(line, arena));
    auto woken = std::make_unique<Instance>(deployed_);
    const Record folded = fold(records);
    REQUIRE(apply(std::span<const Record>(&folded, 1), *woken).has_value());
    live_ = std::move(woken);
  }

  [[nodiscard]] std::size_t records() const { return lines_.size(); }
  [[nodiscard]] const std::string& last() const { return lines_.back(); }
  /// Records that tell what the decision said, and incidents of tasks that asked it.
  [[nodiscard]] std::size_t count(std::string_view text) const {
    return static_cast<std::size_t>(std::count_if(lines_.begin(), lines_.end(), [&](const std::string& line) {
      return line.find(text) != std::string::npos;
    }));
  }

 private:
  void step(const std::function<void(Engine&)>& f) {
    Engine engine(*live_, workshop_, clock_.at);
    f(engine);
    live_->changed = clock_.at;
    Record record = engine.recorder().record();
    record.time = clock_.at;
    record.sequence = live_->sequence + 1;
    live_->sequence = record.sequence;
    lines_.push_back(write_record(record));
  }

  std::string applied(std::span<const Record> records) {
    Instance instance(deployed_);
    const auto done = apply(records, instance);
    return done ? write_record(whole(instance)) : done.error().message;
  }

  model::Definitions definitions_;
  Deployed deployed_;
  test::FakeClock clock_;
  Level level_;
  Workshop workshop_;
  std::unique_ptr<Instance> live_;
  std::vector<std::string> lines_;
};

}  // namespace

TEST_CASE("recovery: random processes, after every record") {
  std::size_t records = 0, decided = 0, undecided = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    const int size = 4 + static_cast<int>(seed % 14);
    const test::Sketch sketch =
        seed % 3 == 0 ? test::random_sketch(seed, size) : test::random_sketch_with_loops(seed, size);
    Random random(seed, 1);
    Life life(with_data(sketch, random.split(2)));
    if (!life.begin()) continue;
    INFO(test::to_text(sketch));
    life.check();
    for (int i = 0; i < 25 && life.answer(random); ++i) {
      INFO(life.last());
      life.check();
      if (random.chance(10)) life.sleep();
    }
    records += life.records();
    decided += life.count("level = ");
    undecided += life.count("\"name\":\"decision\"");
  }
  CHECK(records > 2500);
  CHECK(decided > 100);
  CHECK(undecided > 10);
}
