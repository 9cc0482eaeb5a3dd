// The parts of the engine for people who interfere: retries, moves, choices, cancelling.
#include <algorithm>
#include <utility>

#include "core/execute/engine.hpp"

namespace weir::execute {

using semantics::Ask;
using semantics::Question;
using value::Value;

void Engine::fail(std::uint32_t number, std::string_view code, std::string_view message,
                  std::string_view of) {
  const Wait& failed = instance_.waits.at(number);
  const Question question = instance_.question(failed);
  const std::uint32_t visit = failed.visit;
  const std::uint32_t attempt = failed.attempt + (failed.kind == WaitKind::job ? 1 : 0);
  Wait wait = waiting(question, WaitKind::incident);
  wait.name = code;
  wait.key = message;
  wait.visit = visit;
  wait.attempt = attempt;
  wait.owner = of;
  close(number);  // last: the texts may be its own
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
  if (variables.is(value::Kind::context)) {
    recorder_.set(variables.entries());
    for (const value::Entry& each : variables.entries()) set(each.key.text(), each.value);
  }
  for (const auto& [number, wait] : instance_.waits)
    if (wait.kind == WaitKind::incident && wait.name != "deadlock") change(number).mended = true;
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
  waits_before_ = 0;
  settle();  // conditions may have become true, whatever has changed
}

void Engine::met(const std::string& partner) {
  if (!instance_.partners.empty() && instance_.partners.back() == partner) return;
  recorder_.met(partner);
  meet(instance_.partners, partner);
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
