#include "tests/support/life.hpp"

#include <algorithm>
#include <iterator>

#include "core/execute/fold.hpp"
#include "core/graph/compile.hpp"
#include "formats/state/record.hpp"
#include "tests/support/catch.hpp"

namespace weir::test {

using namespace execute;
using formats::state::read_record;
using formats::state::write_record;

namespace {

/// The dice of one element.
Random dice_of(std::uint64_t seed, std::string_view id) {
  std::uint64_t stream = 14695981039346656037u;  // FNV-1a
  for (const char c : id) stream = (stream ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return Random(seed, stream);
}

std::string comparison(Random& random) {
  return "n " + std::string(random.chance(50) ? ">" : "<") + " " + std::to_string(random.below(6));
}

}  // namespace

model::Definitions with_data(const Sketch& sketch, std::uint64_t seed) {
  model::Definitions definitions = definitions_of(sketch);
  const auto own = [&](std::string text) -> std::string_view {
    return definitions.document.extra.emplace_back(std::move(text));
  };
  const auto say = [&](model::Expression& expression, std::string text) {
    expression.written = true;
    expression.body = own(std::move(text));
  };
  for (model::SequenceFlow& flow : definitions.flows) {
    Random random = dice_of(seed, flow.id);
    if (flow.condition.written && random.chance(95)) say(flow.condition, comparison(random));
  }
  for (model::FlowNode& node : definitions.nodes) {
    Random random = dice_of(seed, node.id);
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
    if (node.loop.condition.written) say(node.loop.condition, comparison(random));
    if (node.activation_condition.written)
      say(node.activation_condition, random.chance(70) ? "true" : "false");
    for (model::EventDefinition& event : node.event_definitions) {
      if (event.kind == graph::ElementKind::timer_event_definition)
        random.chance(50) ? say(event.time_duration, "PT1H") : say(event.time_cycle, "R3/PT10M");
      if (event.kind == graph::ElementKind::conditional_event_definition)
        say(event.condition, comparison(random));
    }
    if (model::is(node.kind, model::Category::activity) && random.chance(40)) {
      node.inputs.push_back({own("inner"), own("=n + 1"), {}});
      if (random.chance(50)) node.outputs.push_back({own("outer"), own("=inner"), {}});
    }
    if (node.loop.kind == model::Loop::Kind::multi_instance && random.chance(50))
      node.loop.outputs.push_back({{own("collected"), own("=n + 1"), {}}, {}});
  }
  return definitions;
}

Sketch reordered(const Sketch& sketch, Random& random) {
  // Sub-processes stay before what is in them; the rest is free.
  std::vector<int> order, place(sketch.nodes.size(), -1);
  while (order.size() < sketch.nodes.size()) {
    const std::size_t i = random.below(static_cast<std::uint32_t>(sketch.nodes.size()));
    const int parent = sketch.nodes[i].parent;
    if (place[i] >= 0 || (parent >= 0 && place[static_cast<std::size_t>(parent)] < 0)) continue;
    place[i] = static_cast<int>(order.size());
    order.push_back(static_cast<int>(i));
  }
  const auto moved = [&](int node) { return node < 0 ? node : place[static_cast<std::size_t>(node)]; };
  Sketch made;
  for (const int from : order) {
    SketchNode node = sketch.nodes[static_cast<std::size_t>(from)];
    node.parent = moved(node.parent);
    node.host = moved(node.host);
    made.nodes.push_back(std::move(node));
  }
  made.flows = sketch.flows;
  for (std::size_t i = made.flows.size(); i > 1; --i)
    std::swap(made.flows[i - 1], made.flows[random.below(static_cast<std::uint32_t>(i))]);
  for (SketchFlow& flow : made.flows) {
    flow.source = moved(flow.source);
    flow.target = moved(flow.target);
  }
  for (const auto& [source, target] : sketch.associations)
    made.associations.emplace_back(moved(source), moved(target));
  return made;
}

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

Level::Level() {
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

Life::Life(std::vector<model::Definitions> builds) : definitions_(std::move(builds)) {
  for (const model::Definitions& each : definitions_) {
    Diagnostics ignored;
    Deployed& made = builds_.emplace_back();
    made.definition = "d";
    made.definitions = &each;
    made.graph = graph::compile(each, model::ProcessIndex{0}, ignored);
    REQUIRE_FALSE(ignored.has_errors());
    made.expressions = data::Expressions::compile(each, made.graph, ignored);
  }
  live_ = std::make_unique<Instance>(builds_[0]);
  live_->id = "p-1";
  live_->started = clock_.at;
  workshop_.most_steps = 100;
  workshop_.decisions = [this](const Deployed&, const data::DecisionReference&) {
    return Result<dmn::Decision>(level_.decision());
  };
}

std::size_t Life::count(std::string_view text) const {
  return static_cast<std::size_t>(std::count_if(lines_.begin(), lines_.end(), [&](const std::string& line) {
    return line.find(text) != std::string::npos;
  }));
}

bool Life::begin() {
  NodeId start = NodeId::none;
  for (const NodeId node : graph().instance_starts())
    if (start == NodeId::none || graph()[node].trigger == graph::Trigger::none) start = node;
  if (start == NodeId::none) return false;
  step([&](Engine& engine) {
    engine.set("n", value::Value::integer(3));
    const std::vector<value::Value> items{value::Value::string("a"), value::Value::string("b")};
    engine.set("list", value::Value::list(items));
    engine.start(start);
  });
  return true;
}

bool Life::answer(Random& random) {
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

bool Life::move(Random& random) {
  if (is_over(live_->status)) return false;
  const semantics::State& state = live_->state;
  const auto some_node = [&] {
    return NodeId{1 + random.below(static_cast<std::uint32_t>(graph().nodes.size()) - 1)};
  };
  semantics::Modification modification;
  if (random.chance(70) && !state.tokens.empty()) {
    const auto slot = random.below(static_cast<std::uint32_t>(state.tokens.size()));
    if (state.tokens[slot].phase != semantics::Phase::free)
      modification.cancelled.push_back(state.tokens[slot].node);
  }
  for (int i = random.chance(80) ? 1 + static_cast<int>(random.below(2)) : 0; i > 0; --i)
    modification.begun.push_back(some_node());
  if (modification.begun.empty() && modification.cancelled.empty()) return false;
  if (!semantics::forbidden(graph(), state, modification).empty()) return false;
  clock_.pass("PT1M");
  step([&](Engine& engine) { engine.modify(modification, "it was wrong"); });
  return true;
}

std::vector<Record> Life::read(value::Arena& arena) {
  std::vector<Record> records;
  for (const std::string& line : lines_) {
    Result<Record> record = read_record(line, arena);
    REQUIRE(record.has_value());
    CHECK(write_record(*record) == line);
    records.push_back(std::move(*record));
  }
  return records;
}

void Life::check() {
  const std::string expected = write_record(whole(*live_));
  value::Arena arena;
  const std::vector<Record> records = read(arena);
  const Record folded = fold(records, arena);
  CHECK(write_record(folded) == expected);
  for (const Deployed& each : builds_) {
    CHECK(applied(records, each) == expected);
    CHECK(applied(std::span<const Record>(&folded, 1), each) == expected);
  }
  // A checkpoint and the records behind it are as good as all of them.
  const std::size_t half = records.size() / 2;
  if (half > 0) {
    std::vector<Record> later{fold(std::span<const Record>(records).subspan(0, half), arena)};
    later.insert(later.end(), records.begin() + static_cast<std::ptrdiff_t>(half), records.end());
    CHECK(write_record(fold(later, arena)) == expected);
  }
  if (moved_) return;  // which of two tokens takes the first slot is each build's own affair
  // The answers alone: the same control flow.
  semantics::State state;
  semantics::Outcome outcome;
  outcome.want_trace = true;
  semantics::ScopeNames names;
  for (const Record& record : records)
    for (const TraceStep& step : record.steps) {
      const auto action = semantics::resolve(graph(), state, names, step);
      REQUIRE(action.has_value());
      semantics::perform(graph(), *action, state, outcome);
      names.update(graph(), state, outcome);
    }
  CHECK(slots(state) == slots(live_->state));
}

void Life::sleep(std::size_t build) {
  value::Arena arena;
  const std::vector<Record> records = read(arena);
  moved_ = moved_ || build != now_;
  now_ = build;
  auto woken = std::make_unique<Instance>(builds_[build]);
  const Record folded = fold(records, arena);
  REQUIRE(apply(std::span<const Record>(&folded, 1), *woken).has_value());
  live_ = std::move(woken);
}

void Life::step(const std::function<void(Engine&)>& f) {
  Engine engine(*live_, workshop_, clock_.at);
  f(engine);
  live_->changed = clock_.at;
  Record record = engine.recorder().record();
  record.time = clock_.at;
  record.sequence = live_->sequence + 1;
  live_->sequence = record.sequence;
  lines_.push_back(write_record(record));
  if (record.definition.empty()) return;
  // A checkpoint may keep the only line of an instance as it is, unless tokens that are gone left something.
  record.begun = 1;
  record.by = "somebody";
  record.operation = "many-1-2:3";
  const std::string line = write_record(record);
  const bool alone = formats::state::stands_alone(std::string_view(line).substr(0, line.size() - 1));
  CHECK(alone == (line.find("\"local\":[") == std::string::npos &&
                  line.find("\"collections\":[") == std::string::npos));
  if (!alone) return;
  value::Arena arena;
  const Record folded = fold(std::span<const Record>(&record, 1), arena);
  record.steps.clear();
  record.why.clear();
  record.by = {};
  record.operation = {};
  record.changes.gone.clear();
  record.changes.whole = true;
  CHECK(write_record(record) == write_record(folded));
}

std::string Life::applied(std::span<const Record> records, const Deployed& deployed) {
  Instance instance(deployed);
  const auto done = apply(records, instance);
  return done ? write_record(whole(instance)) : done.error().message;
}

Life::~Life() = default;

}  // namespace weir::test
