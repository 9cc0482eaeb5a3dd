// Questions that data decides are answered at once, oldest first, until only waits are left. In a real run
// nothing is guessed: a condition that is null is an incident, which keeps its question open until somebody
// has mended the data and retries it.
#include "core/execute/engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/data/choose_activities.hpp"
#include "core/data/choose_flows.hpp"
#include "core/data/test_instance.hpp"
#include "core/execute/timers.hpp"
#include "core/value/print.hpp"

namespace weir::execute {

using graph::ElementKind;
using graph::Trigger;
using semantics::Ask;
using semantics::End;
using semantics::Question;
using value::Value;

namespace {

/// "amount > 1000 (amount = 2400)"
std::string because(const feel::Expression& expression, const value::Scope& scope) {
  std::string values;
  for (const std::string_view name : expression.variables()) {
    const Value* found = scope.find(value::Key(name));
    std::string shown = found == nullptr ? "null" : value::to_literal(*found);
    if (shown.size() > 60) shown.replace(57, std::string::npos, "...");
    values += fmt::format("{}{} = {}", values.empty() ? "" : ", ", name, shown);
  }
  return values.empty() ? std::string(expression.text()) : fmt::format("{} ({})", expression.text(), values);
}

}  // namespace

Engine::Engine(Instance& instance, Workshop& workshop, value::Instant now)
    : instance_(instance),
      workshop_(workshop),
      workspace_(workshop.workspace),
      texts_(workshop.texts[instance.deployed->definitions]),
      now_(now),
      recorder_(instance),
      bench_(workshop.bench ? std::move(workshop.bench) : std::make_unique<Bench>()),
      outcome_(bench_->outcome),
      pending_(bench_->pending),
      most_steps_(workshop.most_steps) {
  workspace_.now = date_time(now);
  pending_.clear();
  outcome_.end = End::running;
  outcome_.want_trace = true;  // it tells which scopes a step opened
}

Engine::~Engine() {
  workshop_.bench = std::move(bench_);
}

void Engine::start(NodeId start_event) {
  Action action;
  action.kind = Action::Kind::start;
  action.start = start_event;
  act(action);
  settle();
}

void Engine::act(Action& action, std::string why) {
  semantics::State& state = instance_.state;
  recorder_.step(semantics::describe(instance_.graph(), state, instance_.names, action), std::move(why));
  semantics::perform(instance_.graph(), action, state, outcome_);
  instance_.names.update(instance_.graph(), state, outcome_);
  for (const Question& gone : outcome_.withdrawn) {
    std::erase(pending_, gone);
    for (auto each = instance_.waits.begin(); each != instance_.waits.end();) {
      const auto next = std::next(each);
      if (each->second.token == gone.token && instance_.graph().node_id(gone.node) == each->second.element)
        close(each->first);
      each = next;
    }
  }
  for (const Question& opened : outcome_.opened) pending_.push_back(opened);
  caught(action);
  map_sub_processes();
  const std::vector<semantics::Thrown> thrown = outcome_.thrown;
  for (const semantics::Thrown& each : thrown) sent_.push_back(sent(each));
  for (const semantics::Thrown& each : thrown)
    if (each.trigger == Trigger::signal) hear(each);
}

void Engine::caught(const Action& action) {
  const graph::ProcessGraph& graph = instance_.graph();
  const model::Definitions& definitions = *instance_.deployed->definitions;
  const auto is_thrown = [](const graph::Event& event) {
    return event.trigger == Trigger::error || event.trigger == Trigger::escalation;
  };
  bool thrown = action.reply == semantics::Reply::error || action.reply == semantics::Reply::escalation;
  std::string code = thrown ? std::exchange(thrown_code_, {}) : "";
  std::string message = thrown ? std::exchange(thrown_message_, {}) : "";
  value::Variables data = thrown ? std::exchange(thrown_data_, {}) : value::Variables();
  for (const semantics::Happened& each : outcome_.trace) {
    if (each.what != semantics::What::entered) continue;
    const auto events = graph.definitions(each.node);
    if (std::none_of(events.begin(), events.end(), is_thrown)) continue;
    const model::FlowNode& written = instance_.written(each.node);
    const model::EventDefinition& event = written.event_definitions.front();
    if (graph[each.node].kind == ElementKind::end_event ||
        graph[each.node].kind == ElementKind::intermediate_throw_event) {
      thrown = true;
      data.clear();
      code = events[0].code == CodeId::none ? "" : graph.codes[index(events[0].code)];
      const model::RootElement* root = definitions.root(ElementKind::error, event.reference);
      value::Scope scope;  // the one it was thrown in may be gone already
      scope.entries = instance_.data.frames().root().entries();
      const Value text = root == nullptr || root->message_text.empty()
                             ? Value{}
                             : texts_.text(root->message_text, scope, workspace_, notes_);
      message = text.is_null() ? "" : value::to_text(text);
      continue;
    }
    if (!thrown) continue;
    if (!event.code_variable.empty())
      data.set(event.code_variable, code.empty() ? Value{} : Value::string(code));
    if (!event.message_variable.empty())
      data.set(event.message_variable, message.empty() ? Value{} : Value::string(message));
    const std::uint32_t at = witness(each.scope);
    if (at != semantics::no_slot)
      receive(at, written, data);
    else
      for (const value::Entry& one : data.entries())
        instance_.data.frames().set_root(one.key.text(), one.value);
    data.clear();
  }
}

void Engine::map_sub_processes() {
  const semantics::State& state = instance_.state;
  for (const semantics::Happened& each : outcome_.trace) {
    const bool begins = each.what == semantics::What::opened;
    if ((!begins && each.what != semantics::What::left) || each.node == graph::process_node) continue;
    const model::FlowNode& written = instance_.written(each.node);
    if (!written.is_sub_process()) continue;
    if (begins && !written.inputs.empty() && state.scopes[each.scope].kind == semantics::ScopeKind::body)
      instance_.data.map_inputs(state, state.scopes[each.scope].host, workspace_, notes_);
    if (const std::uint32_t token = witness(each.scope); !begins && token != semantics::no_slot)
      instance_.data.map_event_outputs(state, token, written, {}, workspace_, notes_);
  }
}

std::uint32_t Engine::witness(std::uint32_t scope) const {
  const semantics::State& state = instance_.state;
  if (state.scopes[scope].kind == semantics::ScopeKind::free) return semantics::no_slot;  // it is over
  std::uint32_t at = state.scopes[scope].first;
  while (at != semantics::no_slot && instance_.data.frames().has_frame(state, at)) at = state.tokens[at].next;
  return at;
}

void Engine::receive(std::uint32_t token, const model::FlowNode& event, const value::Variables& payload) {
  if (!event.outputs.empty())
    return instance_.data.map_event_outputs(instance_.state, token, event, payload, workspace_, notes_);
  for (const value::Entry& each : payload.entries())
    instance_.data.assign(instance_.state, token, each.key.text(), each.value);
}

Sent Engine::sent(const semantics::Thrown& thrown) {
  Sent out;
  out.trigger = thrown.trigger;
  out.element = instance_.graph().node_id(thrown.node);
  if (thrown.code != CodeId::none) out.name = instance_.graph().codes[index(thrown.code)];
  if (thrown.trigger != Trigger::message) return out;
  // The key is that of the message, seen from here; the token may be gone already.
  const model::FlowNode& thrower = instance_.written(thrown.node);
  std::vector<model::EventDefinition> definitions = thrower.event_definitions;
  for (const model::BehaviorEvent& each : thrower.loop.behavior_events)
    definitions.insert(definitions.end(), each.definitions.begin(), each.definitions.end());
  for (const model::EventDefinition& each : definitions) {
    const auto* root = instance_.deployed->definitions->root(ElementKind::message, each.reference);
    if (root == nullptr || (root->name.empty() ? root->id : root->name) != out.name ||
        root->message.correlation_key.empty())
      continue;
    value::Scope variables;
    variables.entries = instance_.data.frames().root().entries();
    const Value key = texts_.expression(root->message.correlation_key, variables, workspace_, notes_,
                                        root->message.correlation_key_span);
    if (!key.is_null()) out.key = value::to_text(key);
  }
  return out;
}

/// A signal from inside at the parallel multiple events of this instance; all others have heard it already.
void Engine::hear(const semantics::Thrown& signal) {
  const auto collects = [&](const Question& each) {
    return each.ask == Ask::event && instance_.graph()[each.node].trigger == Trigger::parallel_multiple;
  };
  // What has just begun to listen hears it too, as other catchers do.
  for (std::size_t i = 0; i < pending_.size();) {
    if (!collects(pending_[i])) {
      ++i;
      continue;
    }
    const Question question = pending_[i];
    pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(i));
    if (instance_.state.valid(question.token)) event(question);
  }
  std::vector<std::uint32_t> heard;
  for (const auto& [number, wait] : instance_.waits) {
    if (wait.kind != WaitKind::signal || signal.code == CodeId::none) continue;
    const NodeId node = instance_.graph().find_node(wait.element);
    if (instance_.graph()[node].trigger == Trigger::parallel_multiple &&
        wait.name == instance_.graph().codes[index(signal.code)])
      heard.push_back(number);
  }
  for (const std::uint32_t number : heard)
    if (instance_.waits.contains(number)) happen_one(number, {});
}

void Engine::settle() {
  do {
    while (!pending_.empty() && outcome_.end == End::running) {
      const Question question = pending_.front();
      pending_.pop_front();
      if (++steps_ > most_steps_) {
        incident(question, "step-limit", fmt::format("more than {} steps without a pause", most_steps_));
        continue;
      }
      handle(question);
    }
  } while (outcome_.end == End::running && (look_at_conditions() || look_at_activities()));
  finish();
}

void Engine::finish() {
  if (outcome_.end == End::runaway) {
    // The step cannot be kept: the state is in the middle of it.
    notes_
        .error("step-limit", "the instance does not come to rest",
               (*instance_.deployed->definitions)[instance_.graph().process].span, instance_.graph().id)
        .group = "run";
    instance_.status = Status::failed;
  } else if (outcome_.end == End::failed) {
    const std::string code = outcome_.error == CodeId::none
                                 ? ""
                                 : fmt::format(" \"{}\"", instance_.graph().codes[index(outcome_.error)]);
    if (instance_.parent.empty())  // else whoever called it may catch it, or says that nobody does
      notes_
          .error(
              "uncaught-error",
              fmt::format("error{} of '{}' is caught by nobody", code, instance_.label(outcome_.failed_at)),
              instance_.written(outcome_.failed_at).span, instance_.graph().node_id(outcome_.failed_at))
          .group = "run";
    instance_.status = Status::failed;
    sent_.push_back({Trigger::error,
                     outcome_.error == CodeId::none ? "" : instance_.graph().codes[index(outcome_.error)],
                     instance_.graph().node_id(outcome_.failed_at),
                     {},
                     false});
  } else if (outcome_.end != End::running) {
    instance_.status = Status::completed;
  } else {
    const auto live = [&](const auto& each) {
      const semantics::Token& token = instance_.state.tokens[each.second.token.slot];
      return semantics::is_live(token.phase);
    };
    if (std::none_of(instance_.waits.begin(), instance_.waits.end(), live)) {
      const auto stuck = std::find_if(
          instance_.state.tokens.begin(), instance_.state.tokens.end(), [](const semantics::Token& token) {
            return semantics::is_live(token.phase) && token.phase != semantics::Phase::hosting;
          });
      const auto timers = std::any_of(instance_.waits.begin(), instance_.waits.end(), [](const auto& each) {
        return each.second.kind != WaitKind::incident;
      });
      if (stuck != instance_.state.tokens.end() && !timers) {
        Question question;
        const auto slot = static_cast<std::uint32_t>(stuck - instance_.state.tokens.begin());
        question.token = instance_.state.id(slot);
        question.scope = instance_.state.scope_id(stuck->scope);
        question.node = stuck->node;
        incident(question, "deadlock",
                 fmt::format("nothing can happen any more: a token waits at '{}' for ever",
                             instance_.label(stuck->node)));
      }
    }
    const bool troubled = std::any_of(instance_.waits.begin(), instance_.waits.end(), [](const auto& each) {
      return each.second.kind == WaitKind::incident;
    });
    if (instance_.status != Status::suspended)
      instance_.status = troubled ? Status::incident : Status::waiting;
    return;
  }
  while (!instance_.waits.empty()) close(instance_.waits.begin()->first);
}

bool Engine::look_at_conditions() {
  if (instance_.status == Status::suspended) return false;
  for (auto& [number, wait] : instance_.waits) {
    if (wait.kind != WaitKind::condition) continue;
    const Question question = instance_.question(wait);
    const feel::Expression* condition =
        instance_.deployed->expressions.event_condition(question.node, wait.definition);
    const bool holds =
        condition != nullptr && feel::condition(*condition, visible(question), workspace_).value_or(false);
    if (holds == wait.held) continue;
    wait.held = holds;
    recorder_.put(wait);
    if (!holds) continue;
    happen_one(number, because(*condition, visible(question)));
    return true;
  }
  return false;
}

bool Engine::look_at_activities() {
  if (instance_.status == Status::suspended) return false;
  for (const auto& [number, wait] : instance_.waits) {
    if (wait.kind != WaitKind::activities) continue;
    const Question question = instance_.question(wait);
    std::optional<data::Activation> chosen = data::choose_activities(
        instance_.graph(), instance_.deployed->expressions, instance_.state, wait.token.slot,
        static_cast<std::uint32_t>(wait.repeats), visible(question), workspace_);
    if (!chosen) continue;
    Action action;
    action.question = question;
    action.count = chosen->count;
    if (chosen->count == 1)
      change(number).repeats += static_cast<std::int64_t>(chosen->nodes.size());
    else
      close(number);
    action.nodes = std::move(chosen->nodes);
    act(action);
    return true;
  }
  return false;
}

void Engine::activities(const Question& question) {
  for (const auto& [number, wait] : instance_.waits)
    if (wait.kind == WaitKind::activities && wait.token == question.token) return;
  open(waiting(question, WaitKind::activities));
}

void Engine::handle(const Question& question) {
  if (!instance_.state.valid(question.token)) return;
  switch (question.ask) {
    case Ask::flows:
      return flows(question);
    case Ask::count:
      return count(question);
    case Ask::again:
      return again(question);
    case Ask::work:
      return work(question);
    case Ask::event:
      return event(question);
    case Ask::activate:
      return activities(question);
  }
}

data::Bare Engine::bare() const {
  const model::Dialect dialect = instance_.deployed->definitions->dialect;
  const bool holds = dialect == model::Dialect::camunda7 || dialect == model::Dialect::flowable ||
                     dialect == model::Dialect::activiti;
  return holds ? data::Bare::holds : data::Bare::undecided;
}

void Engine::flows(const Question& question) {
  const data::Expressions& expressions = instance_.deployed->expressions;
  const std::size_t before = notes_.size();
  data::Decision decision = data::choose_flows(instance_.graph(), expressions, question.node,
                                               visible(question), 0, workspace_, notes_, bare());
  if (decision.why == data::Why::none)
    return incident(
        question, "no-condition-holds",
        fmt::format("no condition of the flows that leave '{}' is true and there is no default flow",
                    instance_.label(question.node)));
  if (decision.why == data::Why::unknown)
    return incident(question, "undecided",
                    fmt::format("which way '{}' goes is not decided: a condition is null{}",
                                instance_.label(question.node), troubles(before)));
  std::string why;
  for (const FlowId flow : decision.flows)
    if (const feel::Expression* condition =
            decision.why == data::Why::condition ? expressions.condition(flow) : nullptr)
      why += (why.empty() ? "" : "; ") + because(*condition, visible(question));
  if (decision.why == data::Why::default_flow) {
    why = "default:";
    for (const FlowId flow : instance_.graph().outgoing(question.node))
      if (const feel::Expression* condition = expressions.condition(flow))
        why += " not " + because(*condition, visible(question));
  }
  Action action;
  action.question = question;
  action.flows = std::move(decision.flows);
  act(action, std::move(why));
}

void Engine::count(const Question& question) {
  const data::Expressions& expressions = instance_.deployed->expressions;
  const std::size_t before = notes_.size();
  Action action;
  action.question = question;
  if (const feel::Expression* collection = expressions.collection(question.node)) {
    const Value items = feel::evaluate(*collection, visible(question), workspace_);
    feel::report(*collection, workspace_, notes_);
    if (!items.is(value::Kind::list))
      return incident(question, "collection",
                      fmt::format("the collection of '{}' is no list{}", instance_.label(question.node),
                                  troubles(before)));
    action.count = static_cast<std::uint32_t>(items.items().size());
    instance_.data.set_collection(instance_.state, question.token.slot, items);
    recorder_.collection(question.token.slot);
    instance_.data.begin_instances(instance_.state, question.token.slot, action.count);
    return act(action);
  }
  const feel::Expression* cardinality = expressions.cardinality(question.node);
  const Value number =
      cardinality == nullptr ? Value{} : feel::evaluate(*cardinality, visible(question), workspace_);
  const auto whole = number.is(value::Kind::number) ? number.decimal().to_integer() : std::nullopt;
  if (!whole || *whole < 0 || *whole > 10'000'000)
    return incident(question, "loop-cardinality",
                    fmt::format("the number of instances of '{}' is no whole number from 0 to 10000000{}",
                                instance_.label(question.node), troubles(before)));
  action.count = static_cast<std::uint32_t>(*whole);
  instance_.data.begin_instances(instance_.state, question.token.slot, action.count);
  act(action);
}

void Engine::again(const Question& question) {
  const graph::Node& node = instance_.graph()[question.node];
  if (node.asks_end) return instance_ends(question);
  const feel::Expression* condition = instance_.deployed->expressions.loop_condition(question.node);
  const std::size_t before = notes_.size();
  std::optional<bool> holds;
  if (node.kind == ElementKind::complex_gateway) {
    holds = data::activates(question.node, instance_.deployed->expressions, instance_.state,
                            question.token.slot, visible(question), workspace_);
    if (!holds && condition != nullptr) feel::report(*condition, workspace_, notes_);
  } else if (condition != nullptr) {
    holds = feel::condition(*condition, visible(question), workspace_);
    if (!holds) feel::report(*condition, workspace_, notes_);
  } else if (node.loop == graph::Loop::standard) {
    holds = node.loop_maximum != 0;  // without a condition only the maximum ends the loop
  }
  if (!holds)
    return incident(question, "undecided",
                    fmt::format("whether '{}' is done is not decided: its condition is null{}",
                                instance_.label(question.node), troubles(before)));
  Action action;
  action.question = question;
  action.count = *holds ? 1 : 0;
  act(action, condition != nullptr ? because(*condition, visible(question)) : "");
}

void Engine::instance_ends(const Question& question) {
  const std::uint32_t token = question.token.slot;
  const std::size_t before = notes_.size();
  instance_.data.collect(instance_.state, token, workspace_, notes_);
  const data::InstanceTest test = data::test_instance(instance_.graph(), instance_.deployed->expressions,
                                                      question.node, visible(question), workspace_, notes_);
  if (test.unknown)
    return incident(question, "undecided",
                    fmt::format("whether '{}' is done is not decided: its condition is null{}",
                                instance_.label(question.node), troubles(before)));
  std::string why;
  for (const feel::Expression* each : test.true_ones)
    why += (why.empty() ? "" : "; ") + because(*each, visible(question));
  if (const feel::Expression* condition = instance_.deployed->expressions.loop_condition(question.node);
      condition != nullptr && why.empty())
    why = because(*condition, visible(question));
  if (semantics::ends_instances(instance_.state, token, test.holds))
    instance_.data.hand_over(instance_.state, instance_.state.scopes[question.scope.slot].host);
  Action action;
  action.question = question;
  action.count = test.holds;
  act(action, std::move(why));
}

Wait Engine::waiting(const Question& question, WaitKind kind) const {
  Wait wait;
  wait.kind = kind;
  wait.ask = question.ask;
  wait.token = question.token;
  wait.element = instance_.graph().node_id(question.node);
  wait.label = instance_.label(question.node);
  wait.created = now_;
  return wait;
}

void Engine::open(Wait wait) {
  wait.number = ++instance_.last_wait;
  const auto again = std::find_if(retried_.begin(), retried_.end(), [&](const Wait& each) {
    return each.token == wait.token && each.element == wait.element;
  });
  if (again != retried_.end()) {
    wait.visit = again->visit;
    retried_.erase(again);
  } else if (wait.ask == Ask::work && wait.kind != WaitKind::incident) {
    const auto visits = instance_.visits.try_emplace(wait.element).first;
    wait.visit = ++visits->second;
    recorder_.visited(visits->first);
  }
  recorder_.put(wait);
  instance_.waits.emplace(wait.number, std::move(wait));
}

void Engine::close(std::uint32_t number) {
  instance_.waits.erase(number);
  recorder_.gone(number);
}

Wait& Engine::change(std::uint32_t number) {
  Wait& wait = instance_.waits.at(number);
  recorder_.put(wait);
  return wait;
}

void Engine::incident(const Question& question, std::string_view code, std::string message) {
  Wait wait = waiting(question, WaitKind::incident);
  wait.name = code;
  wait.key = std::move(message);
  open(std::move(wait));
}

std::string Engine::troubles(std::size_t from) const {
  std::string out;
  for (std::size_t i = from; i < notes_.size() && i < from + 3; ++i)
    out += (i == from ? ": " : "; ") + notes_.list()[i].message;
  return out;
}

std::string Engine::text(std::string_view data_text, std::uint32_t token) {
  if (data_text.empty()) return {};
  const Value value =
      texts_.text(data_text, instance_.data.visible(instance_.state, token), workspace_, notes_);
  return value.is_null() ? std::string() : value::to_text(value);
}

void Engine::texts(std::string_view data_text, std::uint32_t token, std::vector<std::string>& out) {
  const Value value =
      texts_.text(data_text, instance_.data.visible(instance_.state, token), workspace_, notes_);
  if (value.is(value::Kind::list)) {
    for (const Value& each : value.items()) out.push_back(value::to_text(each));
  } else if (!value.is_null()) {
    out.push_back(value::to_text(value));
  }
}

void Engine::fail(std::uint32_t number, std::string_view code, std::string_view message) {
  const Question question = instance_.question(instance_.waits.at(number));
  const std::uint32_t visit = instance_.waits.at(number).visit;
  const std::uint32_t attempt = instance_.waits.at(number).attempt;
  close(number);
  Wait wait = waiting(question, WaitKind::incident);
  wait.name = code;
  wait.key = message;
  wait.visit = visit;
  wait.attempt = attempt;
  open(std::move(wait));
  if (instance_.status != Status::suspended) instance_.status = Status::incident;
}

std::size_t Engine::retry() {
  std::vector<std::uint32_t> incidents;
  for (const auto& [number, wait] : instance_.waits)
    if (wait.kind == WaitKind::incident && wait.name != "deadlock") incidents.push_back(number);
  for (const std::uint32_t number : incidents) {
    const Wait& wait = instance_.waits.at(number);
    pending_.push_back(instance_.question(wait));
    // The same execution of the activity, so the same visit and the same token for whoever is called.
    if (wait.ask == Ask::work && (wait.attempt > 0 || wait.name == "failed")) retried_.push_back(wait);
    if (wait.name == "decision") mended_.push_back(pending_.back());
    close(number);
  }
  settle();
  return incidents.size();
}

void Engine::change_variables(const Value& variables) {
  if (variables.is(value::Kind::context))
    for (const value::Entry& each : variables.entries()) set(each.key.text(), each.value);
  settle();
}

void Engine::choose(std::uint32_t number, std::vector<FlowId> flows) {
  Action action;
  action.question = instance_.question(instance_.waits.at(number));
  action.flows = std::move(flows);
  close(number);
  act(action, "chosen");
  settle();
}

void Engine::modify(semantics::Modification modification, std::string why) {
  Action action;
  action.kind = Action::Kind::modify;
  action.modification = std::move(modification);
  act(action, std::move(why));
  for (auto each = instance_.waits.begin(); each != instance_.waits.end();) {
    const auto next = std::next(each);
    // Incidents stand beside tokens that ask nothing, too; and it is seen anew whether all are stuck.
    const bool stuck = each->second.kind == WaitKind::incident && each->second.name == "deadlock";
    if (stuck || !instance_.state.valid(each->second.token)) close(each->first);
    each = next;
  }
  settle();
}

void Engine::activate(std::uint32_t number, std::vector<NodeId> nodes) {
  Action action;
  action.question = instance_.question(instance_.waits.at(number));
  action.count = nodes.empty() ? 0 : 1;
  if (nodes.empty())
    close(number);
  else
    change(number).repeats += static_cast<std::int64_t>(nodes.size());
  action.nodes = std::move(nodes);
  act(action, "chosen");
  settle();
}

void Engine::resume() {
  instance_.status = Status::waiting;
  settle();  // conditions may have become true
}

void Engine::acted(std::string_view element, std::string_view user) {
  std::pair<std::string, std::string> pair(element, user);
  if (std::find(instance_.actors.begin(), instance_.actors.end(), pair) != instance_.actors.end()) return;
  recorder_.acted(element, user);
  instance_.actors.push_back(std::move(pair));
}

void Engine::cancel() {
  while (!instance_.waits.empty()) close(instance_.waits.begin()->first);
  instance_.status = Status::cancelled;
}

}  // namespace weir::execute
