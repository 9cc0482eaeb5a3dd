// Options of commands that bring instances into being: run, deploy, start, batch.
#include "cli/arguments/options.hpp"

namespace weir::cli::options {

void run(Options& options) {
  RunOptions& to = options.arguments().run;
  options.input("FILE", to.input);
  options.format();
  options.flag("-n,--dry-run", to.dry_run,
               "Call nothing real: tasks complete by themselves, time is virtual, no state is written");
  options.variables(to.variables);
  options.state();
  options.key("Start no second instance with the same key");
  options.flag("--exit-on-wait", options.runtime().exit_on_wait, "Exit with 8 when the instance waits")
      .rare();
  options.process(to.input.process, "Look at the process with this id only");
  options.start_event(to.start);
  const auto choice = [&to](const std::string& word) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == word.size())
      refuse_value("--choose", fmt::format("'{}' is not GATEWAY=FLOW", word));
    to.choices.push_back({word.substr(0, equals), word.substr(equals + 1)});
  };
  options.set_each("--choose", "GATEWAY=FLOW", choice, "Let a gateway take this flow; may be repeated");
  options.text("--trace", "FILE", to.trace,
               "Follow the steps of this weir.trace/1, as 'weir verify' prints them");
}

void deploy(Options& options) {
  options.words();
  options.format();
  options.state();
}

void start(Options& options) {
  RuntimeOptions& to = options.runtime();
  options.words();
  options.format();
  options.variables(to.variables);
  options.state();
  options.key("Start no second instance with the same key; print the first one's id again");
  options.user("Say who starts it");
  options.process(to.process, "Start the process with this id");
  options.flag("--form", to.form,
               "Start nothing: show what the process asks for (--format json: as JSON Schema)");
  options.flag(
      "--conditions", to.conditions,
      "Start what conditional start events start with these variables, of all deployed processes or of "
      "FILE");
  options.start_event(to.start);
}

void batch(Options& options) {
  RuntimeOptions& to = options.runtime();
  options.words();
  options.text("--out", "FILE", to.out, "Write the results to this file");
  options.flag("--resume", to.resume,
               "Go on where the last run of this file was interrupted; no operation is done twice");
  options.flag("-n,--dry-run", to.dry_run, "Say what each operation would do; nothing is written or called");
  options.number("-j,--jobs", to.calls_at_once, std::size_t{1},
                 "Make the calls that are due then, N at a time (else 'weir work' makes them)");
  options.number("--max-errors", to.max_errors, std::uint64_t{1}, "Stop when so many operations have failed");
  options.state();
  options.user("Say who does it");
}

}  // namespace weir::cli::options
