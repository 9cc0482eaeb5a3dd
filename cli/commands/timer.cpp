// `weir timer`: what happens next by itself, of instances and of start events, and what people do about it.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/commands/operate.hpp"
#include "cli/standing.hpp"
#include "core/base/printable.hpp"
#include "core/execute/timers.hpp"

namespace weir::cli::commands {

namespace {

struct Timer {
  std::string instance, process;
  execute::Wait wait;
  bool suspended = false, disarmed = false;
};

ExitCode list(Session& session, const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  execute::Runtime& runtime = session.runtime();
  if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
  std::vector<Timer> timers;
  const auto read =
      session.store().each_due(execute::WaitKind::timer, value::never, [&](const execute::Record& record) {
        const auto starts = start_timers(record);
        const std::string process = starts ? starts->process : std::string(record.process);
        if (!options.process.empty() && process != options.process) return true;
        for (const execute::Wait& wait : record.changes.waits)
          if (wait.kind == execute::WaitKind::timer)
            timers.push_back({std::string(record.instance), process, wait,
                              !starts && record.changes.status == execute::Status::suspended,
                              starts && starts->disarmed});
        return true;
      });
  runtime.abandon();
  if (!read) return session.refuse(read.error());
  std::stable_sort(timers.begin(), timers.end(),
                   [](const Timer& a, const Timer& b) { return a.wait.due < b.wait.due; });
  formats::json::Writer json;
  json.begin_object().key("schema").string("weir.timer-list/1").key("timers").begin_array();
  std::vector<std::vector<std::string>> rows{{"ID", "TIMER", "PROCESS", "WHEN"}};
  for (const Timer& each : timers) {
    write_timer(json.begin_object(), each.instance, each.process, each.wait);
    if (each.suspended) json.key("suspended").boolean(true);
    if (each.disarmed) json.key("disarmed").boolean(true);
    json.end_object();
    rows.push_back({printable(task_id(each.instance, each.wait)), printable(each.wait.label),
                    printable(each.process),
                    printable(timer_text(each.wait)) + (each.suspended  ? " (suspended)"
                                                        : each.disarmed ? " (disarmed)"
                                                                        : "")});
  }
  json.end_array().end_object();
  return print_list(arguments, terminal, json, rows, "no timers");
}

ExitCode fire(Session& session, const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  execute::Runtime& runtime = session.runtime();
  if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
  const Result<execute::Standing> fired = runtime.fire({options.words.back(), options.message, options.user});
  if (!fired) {
    const ExitCode code = session.refuse(fired.error());
    runtime.abandon();
    return code;
  }
  if (const auto written = runtime.commit(); !written) return session.refuse(written.error());
  if (!fired->lacks.empty()) return tell_lacks(*fired, arguments, terminal);
  return go_on(session, arguments, terminal, fired->instance);
}

ExitCode set_armed(Session& session, const Arguments& arguments, Terminal& terminal, bool armed) {
  const RuntimeOptions& options = arguments.runtime;
  execute::Runtime& runtime = session.runtime();
  if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
  const auto set = runtime.set_armed(options.words.back(), armed, options.user);
  if (!set) {
    const ExitCode code = session.refuse(set.error());
    runtime.abandon();
    return code;
  }
  if (const auto written = runtime.commit(); !written) return session.refuse(written.error());
  const execute::StartTimers& timers = set->timers;
  std::string text = fmt::format("timers of {} {} {}\n", printable(timers.process),
                                 set->changed ? "are now" : "were already", armed ? "armed" : "disarmed");
  formats::json::Writer json;
  json.begin_object().key("schema").string("weir.timer-arm/1").key("process").string(timers.process);
  json.key("armed").boolean(armed).key("changed").boolean(set->changed).key("timers").begin_array();
  for (const execute::Wait& wait : timers.waits) {
    write_start_timer(json, timers, wait);
    text += start_timer_line(timers, wait);
  }
  json.end_array().key("past").begin_array();
  for (const execute::Wait& wait : set->past) {
    write_start_timer(json, timers, wait);
    text += fmt::format("  {} starts nothing: {} is past\n", printable(wait.label),
                        execute::instant_text(wait.due));
  }
  json.end_array().end_object();
  terminal.out(arguments.format == "json" ? std::string(json.text()) + "\n" : text);
  return ExitCode::done;
}

}  // namespace

ExitCode timer(const Arguments& arguments, Terminal& terminal) {
  const std::vector<std::string>& words = arguments.runtime.words;
  const std::string& verb = words.front();
  Session session(arguments.runtime, terminal, false);
  if (!session.problem().empty()) return session.refuse(ExitCode::usage, session.problem());
  const std::size_t most = verb == "list" ? 1 : 2;
  if (words.size() > most)
    return session.refuse(ExitCode::usage, fmt::format("timer {}: '{}' is too much", verb, words.back()));
  if (words.size() < most)
    return session.refuse(ExitCode::usage,
                          fmt::format("timer {0} what? weir timer {0} {1}; 'weir timer list' prints them",
                                      verb, verb == "fire" ? "INSTANCE/ELEMENT" : "PROCESS"));
  if (verb == "list") return list(session, arguments, terminal);
  if (verb == "fire") return fire(session, arguments, terminal);
  return set_armed(session, arguments, terminal, verb == "arm");
}

}  // namespace weir::cli::commands
