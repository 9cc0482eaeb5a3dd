// Options of commands that only read definitions: lint, verify, simulate, decide, eval.
#include "cli/arguments/options.hpp"

namespace weir::cli::options {

namespace {

constexpr std::array<std::string_view, 3> severities{"error", "warning", "info"};
constexpr std::array<std::string_view, 4> row_formats{"text", "json", "jsonl", "csv"};

}  // namespace

void lint(Options& options) {
  LintOptions& to = options.arguments().lint;
  options.input("FILE", to.input);
  options.format();
  const auto fail_on = [&to](const std::string& word) {
    constexpr std::array values{Severity::error, Severity::warning, Severity::info};
    to.fail_on = values[Options::choice("--fail-on", word, severities)];
  };
  options.set("--fail-on", "SEVERITY", fail_on,
              "Exit with 1 from this severity on: error (default), warning or info");
  options.texts("--select", "RULE,...", to.select, "Use these rules or groups only", true);
  options.texts("--ignore", "RULE,...", to.ignore, "Leave these rules or groups out", true);
  options.flag(
      "--no-verify", [&to] { to.verify = false; }, "Do not verify the processes");
  options.limit_states(to.input);
  options.jobs(to.input);
}

void verify(Options& options) {
  InputOptions& to = options.arguments().verify.input;
  options.input("FILE", to);
  options.format();
  options.process(to.process, "Look at the process with this id only");
  options.limit_states(to);
  options.jobs(to);
}

void simulate(Options& options) {
  SimulateOptions& to = options.arguments().simulate;
  options.input("FILE", to.input);
  options.format();
  options.text("--scenario", "FILE", to.scenario,
               "Read arrivals, resources, calendars, durations, costs and probabilities from this file");
  options.number("--cases", to.cases, std::uint64_t{1},
                 "Let N cases arrive (the scenario's number, else 1000)");
  options.number("--replications", to.replications, std::uint64_t{1},
                 "Repeat with other random numbers, N times in all (1)");
  options.number("--seed", to.seed, std::uint64_t{0},
                 "Draw these random numbers: the same seed gives the same results (1)");
  options.duration("--warmup", to.warm_up,
                   "Leave out what begins earlier than this after the start: 2d, 12h");
  const auto limit = [&to](const std::string& word) {
    Result<simulate::Limit> read = simulate::parse_limit(word);
    if (!read) refuse_value("--fail-if", read.error().message);
    to.limits.push_back(std::move(*read));
  };
  options.set_each("--fail-if", "LIMIT", limit,
                   "Exit with 1 when this is true: 'cycle_time.p95 > 2d', 'cost.mean > 50' (repeatable)");
  options.text("--log", "FILE", to.log, "Write each piece of work of the first replication to this CSV file");
  options.process(to.input.process, "Look at the process with this id only");
  options.jobs(to.input, "Run N replications at a time (all cores)");
}

void decide(Options& options) {
  DecideOptions& to = options.arguments().decide;
  options.operand("FILE", to.operand);
  options.variables(to.variables);
  options.flag("--explain", to.explain, "Say which rules matched, and why the others did not");
  options.text("--input", "FILE", to.input, "Decide each row of this CSV or JSON Lines file");
  options.format(row_formats, "Print text or json; for rows jsonl (default) or csv");
}

void eval(Options& options) {
  EvalOptions& to = options.arguments().eval;
  options.operand("EXPRESSION", to.expression);
  options.variables(to.variables);
  options.text("--context", "FILE", to.context, "Take variables from the JSON object in this file");
  options.format();
}

}  // namespace weir::cli::options
