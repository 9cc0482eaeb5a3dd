// `weir work` fires timers and makes calls. With --once what is due now, for cron; else it goes on until it
// is told to stop.
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <set>
#include <thread>

#include "cli/commands.hpp"
#include "cli/retention.hpp"
#include "cli/session.hpp"
#include "core/base/printable.hpp"
#include "formats/json/writer.hpp"

namespace weir::cli::commands {

namespace {

std::atomic<bool> stopped = false;

constexpr std::size_t calls_at_once = 8;  // most of them wait for somebody else

/// Once an hour, where a process says how long its instances are kept.
Result<std::uint64_t> tidy(Session& session, value::Instant& next) {
  if (session.now() < next) return 0;
  next = session.now() + 3600 * value::per_second;
  const Result<bool> wanted = any_time_to_live(session);
  if (!wanted) return wanted.error();
  if (!*wanted) return 0;
  const auto gone = remove_ended(session, std::nullopt, {});
  if (!gone) return gone.error();
  std::uint64_t removed = 0;
  for (const auto& [process, count] : *gone) removed += count;
  return removed;
}

/// Says which of these instances failed or have incidents of now; how many. Outside of begin() and commit().
Result<std::uint64_t> tell_incidents(Session& session, Terminal& terminal,
                                     const std::set<std::string>& touched, value::Instant began) {
  std::uint64_t count = 0;
  if (touched.empty()) return count;
  execute::Runtime& runtime = session.runtime();
  if (const auto begun = runtime.begin(); !begun) return begun.error();
  for (const std::string& id : touched) {
    const Result<execute::Instance*> found = runtime.load(id);
    if (!found) continue;  // it is gone
    const execute::Instance& instance = **found;
    bool stuck = instance.status == execute::Status::failed && instance.caught_by.empty();
    if (stuck) terminal.note(fmt::format("{}: failed", id));
    for (const auto& [number, wait] : instance.waits) {
      if (wait.kind != execute::WaitKind::incident || wait.created < began) continue;
      stuck = true;
      terminal.note(fmt::format("{}: stuck at {}  incident[{}] {}", id, printable(wait.label),
                                printable(wait.name), printable(wait.key)));
    }
    if (stuck) ++count;
  }
  runtime.abandon();
  return count;
}

extern "C" void stop(int) {
  stopped = true;
}

}  // namespace

ExitCode work(const Arguments& arguments, Terminal& terminal) {
  Session session(arguments.runtime, terminal, false);
  if (!session.problem().empty()) return session.refuse(ExitCode::usage, session.problem());
  std::signal(SIGINT, stop);
  std::signal(SIGTERM, stop);
  execute::Runtime& runtime = session.runtime();
  runtime.set_calls_at_once(calls_at_once);
  runtime.stop_when([] { return stopped.load(); });
  std::uint64_t timers = 0, calls = 0, expired = 0, removed = 0, incidents = 0;
  value::Instant next_tidy = session.now();
  do {
    const value::Instant began = session.now();
    if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
    const Result<std::uint64_t> fired = runtime.fire_timers();
    const Result<std::uint64_t> old = fired ? runtime.expire_messages() : fired;
    const Result<std::uint64_t> gone = old ? tidy(session, next_tidy) : old;
    if (!gone) {
      const ExitCode code = session.refuse(gone.error());
      runtime.abandon();
      return code;
    }
    if (const auto written = runtime.commit(); !written) return session.refuse(written.error());
    const Result<std::uint64_t> made = runtime.make_calls({}, [&] {
      const Result<std::uint64_t> more = runtime.fire_timers();
      if (more) timers += *more;
      return more;
    });
    if (!made) return session.refuse(made.error());
    timers += *fired;
    expired += *old;
    removed += *gone;
    calls += *made;
    std::set<std::string> touched;
    for (execute::Runtime::Told& told : runtime.told()) {
      touched.insert(told.instance);
      session.print_notes(std::move(told.notes));
    }
    const Result<std::uint64_t> stuck = tell_incidents(session, terminal, touched, began);
    if (!stuck) return session.refuse(stuck.error());
    incidents += *stuck;
    runtime.forget();
    if (arguments.runtime.once) break;
    for (int i = 0; i < 10 && !stopped; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  } while (!stopped);
  if (arguments.format == "json") {
    formats::json::Writer json;
    json.begin_object()
        .key("schema")
        .string("weir.work/1")
        .key("timers")
        .number(timers)
        .key("calls")
        .number(calls)
        .key("expired_messages")
        .number(expired)
        .key("removed")
        .number(removed)
        .key("incidents")
        .number(incidents)
        .end_object();
    terminal.out(std::string(json.text()) + "\n");
  } else {
    terminal.out(fmt::format(
        "{} timer{}, {} call{}{}{}{}\n", timers, timers == 1 ? "" : "s", calls, calls == 1 ? "" : "s",
        expired == 0 ? "" : fmt::format(", {} message{} expired", expired, expired == 1 ? "" : "s"),
        removed == 0 ? "" : fmt::format(", {} ended instance{} removed", removed, removed == 1 ? "" : "s"),
        incidents == 0 ? "" : fmt::format(", {} incident{}", incidents, incidents == 1 ? "" : "s")));
  }
  return arguments.runtime.once && incidents > 0 ? ExitCode::failed : ExitCode::done;
}

}  // namespace weir::cli::commands
