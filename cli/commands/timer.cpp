// `weir timer list`: what happens next by itself, of instances and of start events, soonest first.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "cli/standing.hpp"
#include "core/base/printable.hpp"
#include "core/execute/timers.hpp"

namespace weir::cli::commands {

namespace {

struct Timer {
  std::string instance, process;
  execute::Wait wait;
  bool suspended = false;
};

}  // namespace

ExitCode timer(const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  Session session(options, terminal, false);
  if (!session.problem().empty()) return session.refuse(ExitCode::usage, session.problem());
  if (options.words.size() != 1)
    return session.refuse(ExitCode::usage, fmt::format("timer list: '{}' is too much", options.words.back()));
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
                              record.changes.status == execute::Status::suspended});
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
    json.end_object();
    rows.push_back({printable(task_id(each.instance, each.wait)), printable(each.wait.label),
                    printable(each.process),
                    printable(timer_text(each.wait)) + (each.suspended ? " (suspended)" : "")});
  }
  json.end_array().end_object();
  if (arguments.format == "json")
    terminal.out(std::string(json.text()) + "\n");
  else if (rows.size() > 1)
    terminal.out(columns(rows));
  else
    terminal.note("no timers");
  return ExitCode::done;
}

}  // namespace weir::cli::commands
