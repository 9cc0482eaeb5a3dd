#include "cli/standing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/printable.hpp"
#include "core/execute/timers.hpp"
#include "core/semantics/marking.hpp"
#include "core/value/print.hpp"
#include "formats/json/trace.hpp"
#include "formats/json/value.hpp"

namespace weir::cli {

using execute::Wait;
using execute::WaitKind;

std::string task_id(std::string_view instance, const Wait& wait) {
  return fmt::format("{}/{}", instance, wait_name(wait));
}

std::string span_text(value::Microseconds time) {
  const std::int64_t seconds = std::max<std::int64_t>(0, time / value::per_second);
  const std::int64_t days = seconds / 86400, hours = seconds % 86400 / 3600;
  if (days >= 10 || (days > 0 && hours == 0)) return fmt::format("{}d", days);
  if (days > 0) return fmt::format("{}d {}h", days, hours);
  if (seconds >= 2 * 3600) return fmt::format("{}h", seconds / 3600);
  if (seconds >= 120) return fmt::format("{}m", seconds / 60);
  return fmt::format("{}s", seconds);
}

namespace {

std::string due_text(value::Instant due, value::Instant now) {
  return due <= now ? fmt::format("due since {}", span_text(now - due))
                    : fmt::format("due in {}", span_text(due - now));
}

/// Of work that will be tried again.
std::string failed_text(const Wait& wait) {
  return wait.trouble.empty() ? "" : fmt::format("; it failed: {}", wait.trouble);
}

/// Who or what failed with an incident, and how often, as far as the message does not say so.
std::string failed_by(const Wait& wait) {
  std::string out = wait.name == "called-process" ? "" : wait.owner;
  if (wait.attempt > 1) out += fmt::format("{}{} tries", out.empty() ? "" : ", ", wait.attempt);
  return out.empty() ? out : fmt::format(" ({})", out);
}

std::string what(const Wait& wait, value::Instant now) {
  switch (wait.kind) {
    case WaitKind::user_task: {
      std::string who = wait.assignee;
      for (const auto* names : {&wait.users, &wait.groups})
        for (const std::string& each : wait.assignee.empty() ? *names : std::vector<std::string>{})
          who += (who.empty() ? "" : ", ") + each;
      return fmt::format("for {}{}", who.empty() ? "anybody" : who,
                         wait.due == value::never ? "" : ", " + due_text(wait.due, now));
    }
    case WaitKind::job:
      return fmt::format("for a worker of '{}'{}{}", wait.name,
                         !wait.owner.empty()        ? fmt::format(", held by {}", wait.owner)
                         : wait.due == value::never ? ""
                                                    : ", " + due_text(wait.due, now),
                         failed_text(wait));
    case WaitKind::call:
      if (!wait.owner.empty()) return fmt::format("attempt {} of a call of {} runs", wait.attempt, wait.name);
      return wait.attempt == 0 ? fmt::format("to call {}", wait.name)
                               : fmt::format("to call {} again, {}{}", wait.name, due_text(wait.due, now),
                                             failed_text(wait));
    case WaitKind::timer:
      return "timer " + due_text(wait.due, now);
    case WaitKind::message:
      return wait.key.empty() ? fmt::format("for message '{}'", wait.name)
                              : fmt::format("for message '{}' with key '{}'", wait.name, wait.key);
    case WaitKind::signal:
      return fmt::format("for signal '{}'", wait.name);
    case WaitKind::condition:
      return "until its condition is true";
    case WaitKind::child:
      return fmt::format("for process '{}', instance {}{}", wait.name, wait.key,
                         wait.trouble.empty() ? ""
                         : wait.trouble == wait.key
                             ? ", which has an incident"
                             : fmt::format(": {} below it has an incident", wait.trouble));
    case WaitKind::activities:
      return "for its activities";
    case WaitKind::incident:
      return fmt::format("incident[{}] {}{}{}", wait.name, wait.key, failed_by(wait),
                         wait.mended ? "; variables were set since: a retry will tell" : "");
    case WaitKind::receiver:
      return "for somebody who waits for it";
  }
  return {};
}

}  // namespace

std::string waits_text(const execute::Instance& instance, value::Instant now) {
  std::string out;
  for (const auto& [number, wait] : instance.waits)
    out += fmt::format("  {} {}  {}\n", wait.kind == WaitKind::incident ? "stuck at" : "waits at",
                       printable(wait.label), printable(what(wait, now)));
  return out;
}

std::string timer_text(const Wait& wait) {
  const std::string due = execute::instant_text(wait.due);
  if (wait.period.empty()) return "once, at " + due;
  return fmt::format("{} {}, next {}{}", execute::later(0, wait.period) ? "every" : "at", wait.period, due,
                     wait.repeats < 0    ? ""
                     : wait.repeats == 0 ? ", not again"
                                         : fmt::format(", {} more", wait.repeats));
}

formats::json::Writer& write_timer(formats::json::Writer& json, std::string_view instance,
                                   std::string_view process, const Wait& wait) {
  json.key("id").string(task_id(instance, wait)).key("process").string(process);
  json.key("element").string(wait.element).key("name").string(wait.label);
  json.key("due").string(execute::instant_text(wait.due));
  if (!wait.period.empty()) json.key("period").string(wait.period);
  if (wait.repeats > 0) json.key("repeats").number(wait.repeats);
  return json;
}

std::string start_timer_line(const execute::StartTimers& timers, const Wait& wait) {
  return fmt::format("  {} starts {}{}\n", printable(wait.label), printable(timer_text(wait)),
                     timers.disarmed ? " (disarmed)" : "");
}

void write_start_timer(formats::json::Writer& json, const execute::StartTimers& timers, const Wait& wait) {
  write_timer(json.begin_object(), timers.instance, timers.process, wait);
  if (timers.disarmed) json.key("disarmed").boolean(true);
  json.end_object();
}

static const model::FlowNode* find_node(const model::Definitions& definitions, std::string_view element) {
  // "ask#2": the second of those that asked at once.
  const model::NodeIndex node = definitions.node(element.substr(0, element.find('#')));
  return node == model::NodeIndex::none ? nullptr : &definitions[node];
}

std::string step_label(const model::Definitions& definitions, const TraceStep& step) {
  const model::FlowNode* node = find_node(definitions, step.element);
  return node == nullptr ? step.element : node->label();
}

std::optional<std::string> answer_text(const model::Definitions& definitions, const TraceStep& step) {
  if (step.ask == "start" || step.ask == "event" || step.ask == "move") return std::string();
  if (step.ask == "count") return step.answer + (step.answer == "1" ? " instance" : " instances");
  if (step.ask == "again") {
    const model::FlowNode* node = find_node(definitions, step.element);
    const auto loop = node == nullptr ? model::Loop::Kind::none : node->loop.kind;
    const bool yes = step.answer.starts_with("true");
    if (loop == model::Loop::Kind::standard) return yes ? "again" : "not again";
    if (loop == model::Loop::Kind::none) return yes ? "goes on" : "waits for more";  // complex gateway
    std::string text = yes ? "that is enough" : "";
    if (const std::size_t blank = step.answer.find(' '); blank != std::string::npos)  // of its behaviour
      text += (text.empty() ? "event " : ", event ") + step.answer.substr(blank + 1);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
  }
  if (step.ask != "flows") return step.answer;
  std::string text;
  std::string_view rest = step.answer;
  while (!rest.empty()) {
    const std::string_view id = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), id.size() + 1));
    std::string_view shown = id;
    for (const model::SequenceFlow& flow : definitions.flows)
      if (flow.id == id && !flow.name.empty()) shown = flow.name;
    text += (text.empty() ? "" : ", ") + std::string(shown);
  }
  return text;
}

std::string steps_text(const execute::Instance& instance, const std::vector<TraceStep>& steps,
                       const std::vector<std::string>& why) {
  const model::Definitions& definitions = *instance.deployed->definitions;
  std::string out;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const TraceStep& step = steps[i];
    const bool decided = step.ask == "work" && step.answer == "done" && !why[i].empty();
    if (step.ask == "modify") {
      out += fmt::format("  moved: {}\n", printable(step.answer));
      continue;
    }
    const auto said = answer_text(definitions, step);
    if (!said) continue;
    const std::string answer = decided ? why[i] : step.answer == "done" ? "" : *said;
    out += fmt::format("  {}{}{}\n", printable(step_label(definitions, step)), answer.empty() ? "" : ": ",
                       printable(answer));
  }
  return out;
}

void write_variables(formats::json::Writer& json, const value::Variables& variables) {
  json.begin_object();
  for (const value::Entry& entry : variables.entries()) {
    json.key(entry.key.text());
    formats::json::write(json, entry.value);
  }
  json.end_object();
}

std::string run_json(const execute::Instance& instance, const std::vector<TraceStep>& steps, bool dry_run) {
  formats::json::Writer json;
  json.begin_object().key("schema").string("weir.run/1").key("instance").string(instance.id);
  json.key("process").string(instance.graph().id).key("status").string(status_name(instance.status));
  if (!instance.caught_by.empty()) json.key("caught_by").string(instance.caught_by);
  if (dry_run) json.key("dry_run").boolean(true);
  json.key("at").begin_array();
  for (const std::string& place : semantics::marking(instance.graph(), instance.state)) json.string(place);
  json.end_array().key("trace");
  formats::json::write_trace(json, steps);
  json.key("waits").begin_array();
  for (const auto& [number, wait] : instance.waits) {
    json.begin_object().key("id").string(task_id(instance.id, wait));
    formats::state::write_wait(json, wait);
    json.end_object();
  }
  json.end_array().key("variables");
  write_variables(json, instance.data.frames().root());
  json.end_object();
  return std::string(json.text()) + "\n";
}

std::string columns(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += row[i] + std::string(i + 1 < row.size() ? widths[i] - display_width(row[i]) + 2 : 0, ' ');
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + "\n";
  }
  return out;
}

}  // namespace weir::cli
