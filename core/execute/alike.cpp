// Runtime: starts that are alike. A start that comes to rest without having looked at a variable or a clock
// does the same every time, so the store repeats its record. Many instances of one process begin that way:
// with a task for people or workers whose texts are literals.
#include <algorithm>

#include "core/execute/runtime.hpp"

namespace weir::execute {

void Runtime::learn(Alike& alike, const Instance& instance, Engine& engine, const Record& record) {
  const Changes& changes = record.changes;
  const bool shows_who =
      alike.start != graph::process_node && !instance.written(alike.start).initiator.empty();
  const auto is_plain = [](const Wait& wait) {
    return (wait.kind == WaitKind::user_task || wait.kind == WaitKind::job) && wait.due == value::never;
  };
  // What catches an error or an escalation sets variables too.
  const bool only_given =
      engine.recorder().assigned().size() == alike.given && changes.variables.size() == alike.given &&
      std::all_of(changes.variables.begin(), changes.variables.end(),
                  [](const VariableChange& each) { return each.token == semantics::no_slot; });
  const bool same_each_time = record.steps.size() == 1 && !shows_who &&  // data has decided nothing
                              !instance.data.frames().looked_at && engine.notes().size() == 0 &&
                              engine.sent().empty() && instance.status == Status::waiting &&
                              record.parent.empty() && record.set.empty() && changes.collections.empty() &&
                              changes.partners.empty() &&
                              std::all_of(changes.waits.begin(), changes.waits.end(), is_plain) && only_given;
  if (!same_each_time) return;
  alike.known = true;
  alike.pattern = store_.keep_pattern(record);
  alike.prefix = instance.id.substr(0, instance.id.rfind('-') + 1);
  alike.steps = record.steps;
  alike.why = record.why;
}

Standing Runtime::start_like(const Alike& alike, const StartRequest& request,
                             const value::Variables* variables) {
  const std::string id = alike.prefix + std::to_string(store_.started() + 1);
  Like like{alike.pattern, clock_.now(), id, request.key, operation_, {}};
  if (variables != nullptr) like.variables = variables->entries();
  store_.add_like(like);
  ++repeated_;
  if (tells_steps_) {
    Told& told = told_.emplace_back();
    told.instance = id;
    told.steps = alike.steps;
    told.why = alike.why;
  }
  return {id, Status::waiting, false};
}

}  // namespace weir::execute
