// `weir work` fires timers and makes calls. With --once what is due now, for cron; else it goes on until it
// is told to stop.
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "formats/json/writer.hpp"

namespace weir::cli::commands {

namespace {

std::atomic<bool> stopped = false;

constexpr std::size_t calls_at_once = 8;  // most of them wait for somebody else

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
  std::uint64_t timers = 0, calls = 0;
  do {
    if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
    const Result<std::uint64_t> fired = runtime.fire_timers();
    if (!fired) {
      const ExitCode code = session.refuse(fired.error());
      runtime.abandon();
      return code;
    }
    if (const auto written = runtime.commit(); !written) return session.refuse(written.error());
    const Result<std::uint64_t> made = runtime.make_calls({});
    if (!made) return session.refuse(made.error());
    timers += *fired;
    calls += *made;
    for (execute::Runtime::Told& told : runtime.told()) session.print_notes(std::move(told.notes));
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
        .end_object();
    terminal.out(std::string(json.text()) + "\n");
  } else {
    terminal.out(
        fmt::format("{} timer{}, {} call{}\n", timers, timers == 1 ? "" : "s", calls, calls == 1 ? "" : "s"));
  }
  return ExitCode::done;
}

}  // namespace weir::cli::commands
