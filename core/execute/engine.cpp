// Questions that data decides are answered at once, oldest first, until only waits are left. In a real run
// nothing is guessed: a condition that is null is an incident, which keeps its question open until somebody
// has mended the data and retries it.
#include "core/execute/engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/execute/timers.hpp"
#include "core/value/print.hpp"

namespace weir::execute {

using graph::Trigger;
using semantics::Ask;
using semantics::End;
using semantics::Question;
using value::Value;

Engine::Engine(Instance& instance, Workshop& workshop, value::Instant now)
    : instance_(instance),
      workshop_(workshop),
      workspace_(workshop.workspace),
      texts_(workshop.texts[instance.deployed->definitions]),
      now_(now),
      bench_(workshop.bench ? std::move(workshop.bench) : std::make_unique<Bench>()),
      recorder_(instance, bench_->recorder),
      outcome_(bench_->outcome),
      pending_(bench_->pending),
      most_steps_(workshop.most_steps),
      waits_before_(instance.last_wait) {
  workspace_.now = date_time(now);
  pending_.clear();
  outcome_.end = End::running;
  outcome_.want_trace = true;  // it tells which scopes a step opened
}

Engine::~Engine() {
  workshop_.bench = std::move(bench_);
}

void Engine::start(NodeId start_event, std::string_view by, std::string why) {
  if (const std::string_view name =
          start_event == graph::process_node ? "" : instance_.written(start_event).initiator;
      !name.empty() && (!by.empty() || instance_.data.frames().root().find(name) == nullptr))
    set(name, by.empty() ? Value{} : Value::string(by));
  Action action;
  action.kind = Action::Kind::start;
  action.start = start_event;
  act(action, std::move(why));
  settle();
}

void Engine::act(Action& action, std::string why) {
  semantics::State& state = instance_.state;
  recorder_.step(semantics::describe(instance_.graph(), state, instance_.names, action), std::move(why));
  instance_.data.look_around(state, action);
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
  map_and_send();
  const std::vector<semantics::Thrown> thrown = outcome_.thrown;
  for (const semantics::Thrown& each : thrown)
    if (each.trigger == Trigger::signal) hear(each);
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
          .error("uncaught-error",
                 fmt::format("error{} of '{}' is caught by nobody{}{}", code,
                             instance_.label(outcome_.failed_at), failed_message_.empty() ? "" : ": ",
                             failed_message_),
                 instance_.written(outcome_.failed_at).span, instance_.graph().node_id(outcome_.failed_at))
          .group = "run";
    instance_.status = Status::failed;
    sent_.push_back({Trigger::error,
                     outcome_.error == CodeId::none ? "" : instance_.graph().codes[index(outcome_.error)],
                     instance_.graph().node_id(outcome_.failed_at),
                     {},
                     false,
                     failed_message_});
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

std::string Engine::label(const Question& question) {
  if (question.node == graph::process_node) return instance_.label(question.node);
  const std::string_view name = instance_.written(question.node).name;
  const model::Dialect dialect = instance_.deployed->definitions->dialect;
  const bool feel = dialect == model::Dialect::weir;
  const bool holes =
      name.find("${") != std::string_view::npos || (!feel && name.find("#{") != std::string_view::npos);
  if (!holes || (!feel && bare() != data::Bare::holds)) return instance_.label(question.node);
  return texts_.filled(name, feel, visible(question), workspace_);
}

Wait Engine::waiting(const Question& question, WaitKind kind) {
  Wait wait;
  wait.kind = kind;
  wait.ask = question.ask;
  wait.token = question.token;
  wait.element = instance_.graph().node_id(question.node);
  wait.label = label(question);
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

std::string Engine::text(std::string_view data_text, const Question& question) {
  if (data_text.empty()) return {};
  const Value value = text_value(data_text, question);
  return value.is_null() ? std::string() : value::to_text(value);
}

Value Engine::text_value(std::string_view data_text, const Question& question) {
  if (!data::is_expression(data_text)) return Value::string(data_text);
  workspace_.reset();
  return texts_.expression(data_text, visible(question), workspace_, notes_,
                           instance_.written(question.node).span);
}

}  // namespace weir::execute
