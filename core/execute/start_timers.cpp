// Runtime: timers of start events (13.5.1). Deployment arms them: they stand in the store like an instance of
// an id of its own, "start:PROCESS", with one wait for each of them. So they are as durable as instances are,
// and an instance begins in the same batch in which its timer says when it is due again. Disarmed ones stand
// there as a suspended instance does.
//
// What was missed while nobody worked is made up for once, as by schedules of cron texts: nobody wants the
// 48 hourly reports of a weekend on Monday. The engines of the Activiti family do so too (their next due date
// is the first one after now, and what was missed counts as one of the repetitions), and Zeebe since 8.1
// (camunda#10054). A repeating timer inside of an instance is the affair of that
// instance (13.5.5: each time it happens counts), so none of those is left out.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/did_you_mean.hpp"
#include "core/execute/runtime.hpp"
#include "core/execute/timers.hpp"
#include "core/value/duration_text.hpp"

namespace weir::execute {

using graph::Trigger;

namespace {

/// What of a repetition is past by now does not happen any more. False: nothing is left.
bool go_on_after(Wait& wait, value::Instant now) {
  if (wait.due > now) return wait.due != value::never;
  if (wait.period.empty()) return false;
  std::int64_t passed = 0;
  if (const auto period = value::parse_period(wait.period); period && period->years_months.months == 0) {
    const value::Microseconds length = *later(0, wait.period);
    passed = (now - wait.due) / length + 1;
    wait.due += passed * length;
  } else {
    for (; wait.due <= now; ++passed) {
      const auto next = later(wait.due, wait.period);
      if (!next) return false;
      wait.due = *next;
    }
  }
  if (wait.repeats < 0) return true;
  wait.repeats -= passed;
  return wait.repeats >= 0;
}

}  // namespace

std::optional<StartTimers> start_timers(const Record& record) {
  if (!is_start_timers(record)) return std::nullopt;
  StartTimers timers;
  timers.instance = record.instance;
  timers.definition = record.definition;
  timers.process = record.instance.substr(start_timers_prefix.size());
  timers.armed = record.started;
  timers.disarmed = record.changes.status == Status::suspended;
  timers.waits = record.changes.waits;
  return timers;
}

std::vector<Wait> start_timer_waits(const Deployed& deployed, value::Instant now, feel::Workspace& workspace,
                                    Diagnostics& diagnostics) {
  std::vector<Wait> waits;
  const graph::ProcessGraph& graph = deployed.graph;
  workspace.now = date_time(now);
  for (const NodeId node : graph.instance_starts()) {
    if (node == graph::process_node || graph[node].kind != model::ElementKind::start_event) continue;
    const model::FlowNode& written = (*deployed.definitions)[graph.origin[index(node)]];
    const auto events = graph.definitions(node);
    for (std::uint32_t i = 0; i < events.size(); ++i) {
      if (events[i].trigger != Trigger::timer) continue;
      Wait wait;
      wait.number = static_cast<std::uint32_t>(waits.size()) + 1;
      wait.kind = WaitKind::timer;
      wait.ask = semantics::Ask::event;
      wait.element = graph.node_id(node);
      wait.definition = i;
      wait.label = written.label();
      wait.created = now;
      const Span place = written.event_definitions[i].span;
      std::string says;
      const auto when = timer_due(deployed, node, i, {}, now, workspace, diagnostics, says);
      if (!when) {
        diagnostics.error("start-timer",
                          fmt::format("'{}' says '{}', which is no date, duration or repeating interval when "
                                      "nothing has begun yet",
                                      wait.label, says),
                          place, wait.element);
        continue;
      }
      wait.due = when->at;
      wait.repeats = when->repeats;
      wait.period = when->period;
      if (go_on_after(wait, now))
        waits.push_back(std::move(wait));
      else
        diagnostics.warning("start-timer",
                            fmt::format("'{}' starts nothing: '{}' is {}", wait.label, says,
                                        wait.due == value::never ? "never" : "past"),
                            place, wait.element);
    }
  }
  return waits;
}

Result<std::optional<StartTimers>> Runtime::start_timers_of(std::string_view instance) {
  if (const auto known = armed_.find(instance); known != armed_.end()) return std::optional(known->second);
  value::Arena arena;
  const auto record = store_.find(instance, arena);
  if (!record) return refuse(Trouble::store, record.error().message);
  return *record ? start_timers(**record) : std::nullopt;
}

void Runtime::write_start_timers(const StartTimers& timers, bool known, std::string_view by) {
  Record record;
  record.instance = record.process = timers.instance;
  record.definition = timers.definition;
  record.started = timers.armed;
  record.changes.whole = known;
  record.changes.waits = timers.waits;
  if (timers.disarmed) record.changes.status = Status::suspended;
  write(record, clock_.now(), by);
  armed_[timers.instance] = timers;
}

Result<StartTimers> Runtime::arm(std::string_view definition, std::string_view process, Diagnostics& notes) {
  const std::string id = std::string(start_timers_prefix) + std::string(process);
  const Result<std::optional<StartTimers>> before = start_timers_of(id);
  if (!before) return before.error();
  if (*before && (*before)->definition == definition) return **before;
  const Result<const Deployed*> deployed = library_(definition, process);
  if (!deployed) return refuse(Trouble::store, deployed.error().message);
  StartTimers timers{id, std::string(definition), std::string(process), clock_.now(), false, {}};
  timers.disarmed = *before && (*before)->disarmed;
  timers.waits = start_timer_waits(**deployed, timers.armed, workshop_.workspace, notes);
  if (*before || !timers.waits.empty()) write_start_timers(timers, before->has_value());
  return timers;
}

Result<Runtime::Arming> Runtime::set_armed(std::string_view process, bool armed, std::string_view by) {
  Result<std::optional<StartTimers>> found =
      start_timers_of(std::string(start_timers_prefix) + std::string(process));
  if (!found) return found.error();
  if (!*found) {
    const auto deployed = store_.processes();
    if (!deployed) return refuse(Trouble::store, deployed.error().message);
    const bool known = std::find(deployed->begin(), deployed->end(), process) != deployed->end();
    return refuse(Trouble::not_found,
                  known ? fmt::format("process '{}' has no start event with a timer", process)
                        : fmt::format("there is no process '{}': 'weir deploy' arms timers of start events{}",
                                      process, did_you_mean_text(process, *deployed)));
  }
  Arming arming{std::move(**found), false, {}};
  StartTimers& timers = arming.timers;
  if (timers.disarmed != armed) return arming;
  arming.changed = true;
  timers.disarmed = !armed;
  const value::Instant now = clock_.now();
  if (armed) {
    const auto past = std::stable_partition(timers.waits.begin(), timers.waits.end(), [&](Wait& wait) {
      const Wait before = wait;
      if (go_on_after(wait, now)) return true;
      wait = before;
      return false;
    });
    arming.past.assign(past, timers.waits.end());
    timers.waits.erase(past, timers.waits.end());
  }
  write_start_timers(timers, true, by);
  return arming;
}

Result<Standing> Runtime::fire_start(std::string_view id, std::uint32_t number, value::Instant due,
                                     std::string_view by, std::string_view why) {
  Result<std::optional<StartTimers>> found = start_timers_of(id);
  if (!found) return found.error();
  if (!*found) return Standing{};
  StartTimers& timers = **found;
  const auto wait = std::find_if(timers.waits.begin(), timers.waits.end(),
                                 [&](const Wait& each) { return each.number == number && each.due == due; });
  if (wait == timers.waits.end() || timers.disarmed) return Standing{};
  const Result<const Deployed*> deployed = library_(timers.definition, timers.process);
  if (!deployed) return refuse(Trouble::store, deployed.error().message);
  const Beginning beginning{timers.definition, timers.process, wait->element, wait->definition};
  const value::Instant now = clock_.now();
  const auto next = wait->repeats == 0
                        ? std::nullopt
                        : next_due(wait->due, now, wait->period, (*deployed)->definitions->dialect);
  if (next) {
    wait->due = *next;
    wait->repeats = wait->repeats < 0 ? -1 : wait->repeats - 1;
  }
  if (!next || !go_on_after(*wait, now)) timers.waits.erase(wait);
  write_start_timers(timers, true, by);
  Result<Standing> begun = begin_by(beginning, {}, by, {}, why);
  if (!begun || !begun->lacks.empty()) return begun;
  if (const auto followed = follow(); !followed) return followed.error();
  begun->status = loaded_.at(begun->instance)->status;
  return begun;
}

}  // namespace weir::execute
