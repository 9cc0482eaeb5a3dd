#include "core/execute/event_log.hpp"

#include <algorithm>

namespace weir::execute {

namespace {

bool is_work(const Wait& wait) {
  return wait.ask == semantics::Ask::work &&
         (wait.kind == WaitKind::user_task || wait.kind == WaitKind::job || wait.kind == WaitKind::call ||
          wait.kind == WaitKind::child || wait.kind == WaitKind::message);
}

}  // namespace

std::vector<Worked> EventLog::read(const Record& record) {
  std::vector<Worked> ended;
  std::vector<std::string_view> done;  // elements whose work was done
  for (const TraceStep& step : record.steps)
    if (step.ask == "work") done.push_back(step.element);
  for (const std::uint32_t number : record.changes.gone) {
    const auto found = open_.find(number);
    if (found == open_.end()) continue;
    Worked& work = found->second;
    work.ended = record.time;
    const auto step = std::find(done.begin(), done.end(), work.element);
    work.completed = step != done.end();
    if (work.completed) done.erase(step);
    if (!record.by.empty() && work.completed) work.resource = record.by;
    ended.push_back(std::move(work));
    open_.erase(found);
  }
  // What nobody waited for was done in the same step: scripts, decisions, tasks without work.
  for (const std::string_view element : done)
    ended.push_back({std::string(element), {}, {}, record.time, record.time, record.time, true});
  for (const Wait& wait : record.changes.waits) {
    if (!is_work(wait)) continue;
    const auto [place, fresh] = open_.try_emplace(wait.number);
    Worked& work = place->second;
    if (fresh) work = {wait.element, wait.label, {}, wait.created, wait.created, 0, true};
    if (wait.kind == WaitKind::call) {
      work.resource = wait.name;
      if (!wait.owner.empty() && wait.attempt == 1) work.started = record.time;
    } else if (wait.kind == WaitKind::user_task) {
      if (!fresh && work.resource != wait.assignee) work.started = record.time;
      work.resource = wait.assignee;
    }
  }
  return ended;
}

}  // namespace weir::execute
