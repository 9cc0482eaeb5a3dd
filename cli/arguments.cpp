// The only file that sees CLI11: it is expensive to compile, and its exceptions end here. Help pages are ours
// (commands/help.cpp); CLI11 only keeps the options, their descriptions and their groups: "" in every help
// page, "more" in the long one only.
#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>
#include <span>

#include "cli/commands.hpp"
#include "core/base/did_you_mean.hpp"
#include "core/value/duration_text.hpp"

namespace weir::cli {

namespace {

constexpr const char* usual = "usual";
constexpr const char* more = "more";

constexpr std::array<std::string_view, 3> color_modes{"auto", "always", "never"};
constexpr std::array<std::string_view, 2> formats{"text", "json"};
constexpr std::array<std::string_view, 4> row_formats{"text", "json", "jsonl", "csv"};
constexpr std::array<std::string_view, 5> log_formats{"text", "json", "csv", "xes", "jsonl"};
constexpr std::array<std::string_view, 3> severities{"error", "warning", "info"};

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

/// The position of `word` in `words`; throws CLI11's exception when it is none of them.
std::size_t choice(const char* option, const std::string& word, std::span<const std::string_view> words) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == word) return i;
  throw CLI::ValidationError(
      option, fmt::format("'{}' is none of {}{}", word, joined(words), did_you_mean_text(word, words)));
}

template <class Number>
Number number(const char* option, const std::string& word, Number least) {
  Number value{};
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (problem != std::errc{} || end != word.data() + word.size() || value < least)
    throw CLI::ValidationError(option, fmt::format("'{}' is not a number from {} on", word, least));
  return value;
}

/// One CLI11 application that fills one Arguments.
class Parser {
 public:
  explicit Parser(Arguments& arguments) : arguments_(arguments) {
    app_.set_help_flag();
    app_.require_subcommand(0, 1);
    shared_options(app_);
    app_.add_flag("-V,--version", version_, "Print the version")->group(usual);
    format(app_);
    for (const Command& command : command_table)
      shared_options(*app_.add_subcommand(std::string(command.name), std::string(command.summary)));
    lint(*app_.get_subcommand("lint"));
    verify(*app_.get_subcommand("verify"));
    run(*app_.get_subcommand("run"));
    simulate(*app_.get_subcommand("simulate"));
    deploy(*app_.get_subcommand("deploy"));
    start(*app_.get_subcommand("start"));
    task(*app_.get_subcommand("task"));
    job(*app_.get_subcommand("job"));
    instance(*app_.get_subcommand("instance"));
    message(*app_.get_subcommand("message"));
    signal(*app_.get_subcommand("signal"));
    work(*app_.get_subcommand("work"));
    batch(*app_.get_subcommand("batch"));
    look_after_state(*app_.get_subcommand("state"));
    decide(*app_.get_subcommand("decide"));
    eval(*app_.get_subcommand("eval"));
    format(*app_.get_subcommand("rules"));
    format(*app_.get_subcommand("version"));
    app_.get_subcommand("explain")->add_option("RULE", arguments_.topic)->group("");
    app_.get_subcommand("help")->add_option("COMMAND", arguments_.topic)->group("");
  }

  Result<Arguments> parse(int count, const char* const* words) {
    std::string problem;
    try {
      app_.parse(count, words);
    } catch (const CLI::ExtrasError&) {
      problem = unexpected_word();
    } catch (const CLI::ArgumentMismatch& error) {  // its text differs between the versions of CLI11
      const std::string text = error.what();
      problem = text.substr(0, text.find(':')) + ": its value is missing";
    } catch (const CLI::ParseError& error) {
      problem = error.what();
    }
    const auto chosen = app_.get_subcommands();
    const std::string command = chosen.empty() ? "" : chosen.front()->get_name();
    if (brief_help_ || long_help_) {
      arguments_.command = "help";
      arguments_.topic = command;
      arguments_.brief = !long_help_;
      return arguments_;
    }
    if (problem.empty()) problem = missing_operand(command);
    if (!problem.empty()) {
      const std::string which = command.empty() ? "weir" : "weir " + command;
      return Error{fmt::format("{}\n'{} -h' shows how it is used", problem, which)};
    }
    arguments_.missing_command = command.empty() && !version_;
    arguments_.command = version_ ? "version" : command.empty() ? "help" : command;
    if (arguments_.missing_command) arguments_.brief = true;
    return arguments_;
  }

  std::string help(std::string_view command, bool all) {
    const CLI::App& app = command.empty() ? app_ : *app_.get_subcommand(std::string(command));
    std::string text;
    for (const char* group : {usual, more})
      for (const CLI::Option* option : app.get_options())
        if (option->get_group() == group && (all || group == usual))
          text += fmt::format("  {:<26} {}\n", spelling(*option), option->get_description());
    return text;
  }

 private:
  /// -h, --help, --color, -q: everywhere, before and after the command.
  void shared_options(CLI::App& app) {
    app.set_help_flag();
    app.add_flag("-h", brief_help_, "Print a short help; --help prints all of it")->group(usual);
    app.add_flag("--help", long_help_, "Print this help")->group("");
    const auto color = [this](const std::string& word) {
      arguments_.color = static_cast<ColorMode>(choice("--color", word, color_modes));
    };
    app.add_option_function<std::string>("--color", color, "Use colour: auto, always or never")
        ->type_name("WHEN")
        ->group(more);
    app.add_flag("-q,--quiet", arguments_.quiet, "Print results and errors only, no remarks")->group(more);
  }

  /// --format and --json; `--json` after `--format text` wins and the other way round.
  void format(CLI::App& app) {
    const auto set = [this](const std::string& word) {
      arguments_.format = formats[choice("--format", word, formats)];
    };
    app.add_option_function<std::string>("--format", set, "Print text or json")
        ->type_name("FORMAT")
        ->group(usual);
    app.add_flag_callback(
           "--json", [this] { arguments_.format = "json"; }, "Short for --format json")
        ->group(more);
  }

  void input(CLI::App& app, InputOptions& options, const char* operand) {
    app.add_option(operand, options.operands)->group("");
    app.add_option("--stdin-name", options.stdin_name, "Call standard input so in messages")
        ->type_name("NAME")
        ->group(more);
  }

  void limit_states(CLI::App& app, InputOptions& options) {
    const auto set = [&options](const std::string& word) {
      options.limit_states = number<std::uint32_t>("--limit-states", word, 1);
    };
    app.add_option_function<std::string>(
           "--limit-states", set, "Stop verifying a process after N states (100000); never after a time")
        ->type_name("N")
        ->group(more);
  }

  void jobs(CLI::App& app, InputOptions& options,
            const char* what = "Look at N files at a time (all cores)") {
    const auto set = [&options](const std::string& word) { options.jobs = number<unsigned>("-j", word, 1); };
    app.add_option_function<std::string>("-j,--jobs", set, what)->type_name("N")->group(more);
  }

  void process(CLI::App& app, InputOptions& options) {
    app.add_option("--process", options.process, "Look at the process with this id only")
        ->type_name("ID")
        ->group(usual);
  }

  void lint(CLI::App& app) {
    LintOptions& options = arguments_.lint;
    input(app, options.input, "FILE");
    format(app);
    const auto fail_on = [&options](const std::string& word) {
      constexpr std::array values{Severity::error, Severity::warning, Severity::info};
      options.fail_on = values[choice("--fail-on", word, severities)];
    };
    app.add_option_function<std::string>(
           "--fail-on", fail_on, "Exit with 1 from this severity on: error (default), warning or info")
        ->type_name("SEVERITY")
        ->group(usual);
    app.add_option("--select", options.select, "Use these rules or groups only")
        ->type_name("RULE,...")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->group(usual);
    app.add_option("--ignore", options.ignore, "Leave these rules or groups out")
        ->type_name("RULE,...")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->group(usual);
    app.add_flag_callback(
           "--no-verify", [&options] { options.verify = false; }, "Do not verify the processes")
        ->group(usual);
    limit_states(app, options.input);
    jobs(app, options.input);
  }

  void verify(CLI::App& app) {
    InputOptions& options = arguments_.verify.input;
    input(app, options, "FILE");
    format(app);
    process(app, options);
    limit_states(app, options);
    jobs(app, options);
  }

  void run(CLI::App& app) {
    RunOptions& options = arguments_.run;
    input(app, options.input, "FILE");
    format(app);
    app.add_flag("-n,--dry-run", options.dry_run,
                 "Call nothing real: tasks complete by themselves, time is virtual, no state is written")
        ->group(usual);
    variables(app, options.variables);
    state(app);
    key(app, "Start no second instance with the same key");
    app.add_flag("--exit-on-wait", arguments_.runtime.exit_on_wait, "Exit with 8 when the instance waits")
        ->group(more);
    process(app, options.input);
    app.add_option("--start", options.start, "Begin at the start event with this id")
        ->type_name("ID")
        ->group(usual);
    const auto choices = [&options](const std::vector<std::string>& words) {
      for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == word.size())
          throw CLI::ValidationError("--choose", fmt::format("'{}' is not GATEWAY=FLOW", word));
        options.choices.push_back({word.substr(0, equals), word.substr(equals + 1)});
      }
    };
    app.add_option_function<std::vector<std::string>>("--choose", choices,
                                                      "Let a gateway take this flow; may be repeated")
        ->type_name("GATEWAY=FLOW")
        ->allow_extra_args(false)
        ->group(usual);
    app.add_option("--trace", options.trace,
                   "Follow the steps of this weir.trace/1, as 'weir verify' prints them")
        ->type_name("FILE")
        ->group(usual);
  }

  static void variables(CLI::App& app, std::vector<VariableOption>& into) {
    const auto add = [&into](const std::vector<std::string>& words) {
      for (const std::string& word : words) into.push_back(variable(word));
    };
    app.add_option_function<std::vector<std::string>>(
           "-v,--variable", add, "Give a variable: name=text or name:=json; may be repeated")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false)
        ->group(usual);
  }

  // --- commands on a state directory ---

  static value::Microseconds duration(const char* option, const std::string& word) {
    const auto read = value::parse_duration(word);
    if (!read)
      throw CLI::ValidationError(option, fmt::format("'{}' is no duration such as 2d, 12h or PT90M", word));
    return *read;
  }
  void words(CLI::App& app) { app.add_option("WORDS", arguments_.runtime.words)->group(""); }
  void state(CLI::App& app) {
    app.add_option("--state", arguments_.runtime.state,
                   "Keep instances in this directory (else $WEIR_STATE, else the nearest .weir)")
        ->type_name("DIR")
        ->group(usual);
  }
  void key(CLI::App& app, const char* what) {
    app.add_option("--key", arguments_.runtime.key, what)->type_name("KEY")->group(usual);
  }
  void user(CLI::App& app, const char* what) {
    app.add_option("--as", arguments_.runtime.user, what)->type_name("USER")->group(usual);
  }
  void only_instance(CLI::App& app) {
    app.add_option("--instance", arguments_.runtime.instance, "Only this instance")
        ->type_name("ID")
        ->group(usual);
  }
  void reason(CLI::App& app) {
    app.add_option("--message", arguments_.runtime.message, "fail: say why")->type_name("TEXT")->group(usual);
  }
  void span(CLI::App& app, const char* option, std::optional<value::Microseconds>& to, const char* what) {
    app.add_option_function<std::string>(
           option, [option, &to](const std::string& word) { to = duration(option, word); }, what)
        ->type_name("DURATION")
        ->group(usual);
  }
  void error_code(CLI::App& app) {
    app.add_option("--error", arguments_.runtime.error, "End it with this BPMN error")
        ->type_name("CODE")
        ->group(usual);
  }

  void deploy(CLI::App& app) {
    words(app);
    format(app);
    state(app);
  }

  void start(CLI::App& app) {
    RuntimeOptions& options = arguments_.runtime;
    words(app);
    format(app);
    variables(app, options.variables);
    state(app);
    key(app, "Start no second instance with the same key; print the first one's id again");
    user(app, "Say who starts it");
    app.add_option("--process", options.process, "Start the process with this id")
        ->type_name("ID")
        ->group(usual);
    app.add_option("--start", options.start, "Begin at the start event with this id")
        ->type_name("ID")
        ->group(usual);
  }

  void task(CLI::App& app) {
    words(app);
    format(app);
    variables(app, arguments_.runtime.variables);
    state(app);
    RuntimeOptions& options = arguments_.runtime;
    user(app, "list: tasks this user may do; else: say who does it");
    app.add_option("--group", options.group, "list: tasks this group may do")
        ->type_name("GROUP")
        ->group(usual);
    app.add_option("--assignee", options.assignee, "list: only tasks of this user")
        ->type_name("USER")
        ->group(usual);
    app.add_flag("--unassigned", options.unassigned, "list: only tasks nobody has claimed")->group(usual);
    app.add_flag("--overdue", options.overdue, "list: only tasks that should be done by now")->group(usual);
    app.add_option("--process", options.process, "list: only tasks of this process")
        ->type_name("ID")
        ->group(usual);
    app.add_option("--max", options.most, "list: at most so many, oldest first")
        ->type_name("N")
        ->group(usual);
    only_instance(app);
    error_code(app);
    reason(app);
    app.add_flag("--exit-on-wait", arguments_.runtime.exit_on_wait,
                 "Exit with 8 when the instance waits again")
        ->group(more);
  }

  void job(CLI::App& app) {
    words(app);
    format(app);
    variables(app, arguments_.runtime.variables);
    state(app);
    only_instance(app);
    error_code(app);
    reason(app);
    RuntimeOptions& options = arguments_.runtime;
    user(app, "Say which worker it is");
    app.add_option("--max", options.most, "activate: at most so many (1); list: as well")
        ->type_name("N")
        ->group(usual);
    span(app, "--for", options.hold, "activate, extend: hold it so long (5m)");
    app.add_option("--retries", options.retries, "fail: it may be tried so often again (else as modelled)")
        ->type_name("N")
        ->group(usual);
    span(app, "--wait", options.wait, "fail: not before so much later (else as modelled)");
  }

  void instance(CLI::App& app) {
    words(app);
    const auto set = [this](const std::string& word) {
      arguments_.format = log_formats[choice("--format", word, log_formats)];
    };
    app.add_option_function<std::string>("--format", set,
                                         "Print text or json; export: csv (default), xes or jsonl")
        ->type_name("FORMAT")
        ->group(usual);
    app.add_flag_callback(
           "--json", [this] { arguments_.format = "json"; }, "Short for --format json")
        ->group(more);
    app.add_option("--process", arguments_.runtime.process,
                   "list, export, migrate: only instances of this process")
        ->type_name("ID")
        ->group(usual);
    state(app);
    variables(app, arguments_.runtime.variables);
    app.add_option("--status", arguments_.runtime.status,
                   "list: only waiting, completed, failed, incident, cancelled or suspended ones")
        ->type_name("STATUS")
        ->group(usual);
    app.add_option("--to", arguments_.runtime.to, "migrate: file with the new definition")
        ->type_name("FILE")
        ->group(usual);
    app.add_option("--map", arguments_.runtime.maps, "migrate: what takes the place of an element")
        ->type_name("OLD=NEW")
        ->allow_extra_args(false)
        ->group(usual);
    app.add_flag("-n,--dry-run", arguments_.runtime.dry_run, "migrate: say what would happen")->group(usual);
    user(app, "Say who does it");
  }

  void message(CLI::App& app) {
    words(app);
    format(app);
    variables(app, arguments_.runtime.variables);
    state(app);
    key(app, "Correlation key: the instance that waits with this key gets it");
    only_instance(app);
  }

  void signal(CLI::App& app) {
    words(app);
    format(app);
    variables(app, arguments_.runtime.variables);
    state(app);
  }

  void work(CLI::App& app) {
    format(app);
    state(app);
    app.add_flag("--once", arguments_.runtime.once, "Do what is due now and end, instead of waiting for more")
        ->group(usual);
  }

  void batch(CLI::App& app) {
    words(app);
    app.add_option("--out", arguments_.runtime.out, "Write the results to this file")
        ->type_name("FILE")
        ->group(usual);
    app.add_flag("--resume", arguments_.runtime.resume,
                 "Go on where the last run of this file was interrupted; no operation is done twice")
        ->group(usual);
    app.add_option_function<std::string>(
           "--max-errors",
           [this](const std::string& word) {
             arguments_.runtime.max_errors = number<std::uint64_t>("--max-errors", word, 1);
           },
           "Stop when so many operations have failed")
        ->type_name("N")
        ->group(usual);
    state(app);
    user(app, "Say who does it");
  }

  void look_after_state(CLI::App& app) {
    words(app);
    format(app);
    state(app);
    app.add_option_function<std::string>(
           "--ended",
           [this](const std::string& word) { arguments_.runtime.ended = duration("--ended", word); },
           "compact: remove instances that ended longer ago than this: 30d, 12h")
        ->type_name("DURATION")
        ->group(usual);
    user(app, "Say who does it");
  }

  void decide(CLI::App& app) {
    DecideOptions& options = arguments_.decide;
    app.add_option("FILE", options.operand)->group("");
    variables(app, options.variables);
    app.add_flag("--explain", options.explain, "Say which rules matched, and why the others did not")
        ->group(usual);
    app.add_option("--input", options.input, "Decide each row of this CSV or JSON Lines file")
        ->type_name("FILE")
        ->group(usual);
    const auto set = [this](const std::string& word) {
      arguments_.format = row_formats[choice("--format", word, row_formats)];
    };
    app.add_option_function<std::string>("--format", set,
                                         "Print text or json; for rows jsonl (default) or csv")
        ->type_name("FORMAT")
        ->group(usual);
    app.add_flag_callback(
           "--json", [this] { arguments_.format = "json"; }, "Short for --format json")
        ->group(more);
  }

  void eval(CLI::App& app) {
    EvalOptions& options = arguments_.eval;
    app.add_option("EXPRESSION", options.expression)->group("");
    variables(app, options.variables);
    app.add_option("--context", options.context, "Take variables from the JSON object in this file")
        ->type_name("FILE")
        ->group(usual);
    format(app);
  }

  void simulate(CLI::App& app) {
    SimulateOptions& options = arguments_.simulate;
    input(app, options.input, "FILE");
    format(app);
    app.add_option("--scenario", options.scenario,
                   "Read arrivals, resources, calendars, durations, costs and probabilities from this file")
        ->type_name("FILE")
        ->group(usual);
    const auto set = [&app](const char* name, const char* kind, const char* what, const auto& store) {
      app.add_option_function<std::string>(name, store, what)->type_name(kind)->group(usual);
    };
    set("--cases", "N", "Let N cases arrive (the scenario's number, else 1000)",
        [&options](const std::string& word) { options.cases = number<std::uint64_t>("--cases", word, 1); });
    set("--replications", "N", "Repeat with other random numbers, N times in all (1)",
        [&options](const std::string& word) {
          options.replications = number<std::uint64_t>("--replications", word, 1);
        });
    set("--seed", "N", "Draw these random numbers: the same seed gives the same results (1)",
        [&options](const std::string& word) { options.seed = number<std::uint64_t>("--seed", word, 0); });
    set("--warmup", "DURATION", "Leave out what begins earlier than this after the start: 2d, 12h",
        [&options](const std::string& word) { options.warm_up = duration("--warmup", word); });
    app.add_option_function<std::vector<std::string>>(
           "--fail-if",
           [&options](const std::vector<std::string>& words) {
             for (const std::string& word : words) {
               Result<simulate::Limit> limit = simulate::parse_limit(word);
               if (!limit) throw CLI::ValidationError("--fail-if", limit.error().message);
               options.limits.push_back(std::move(*limit));
             }
           },
           "Exit with 1 when this is true: 'cycle_time.p95 > 2d', 'cost.mean > 50' (repeatable)")
        ->type_name("LIMIT")
        ->allow_extra_args(false)
        ->group(usual);
    app.add_option("--log", options.log, "Write each piece of work of the first replication to this CSV file")
        ->type_name("FILE")
        ->group(usual);
    process(app, options.input);
    jobs(app, options.input, "Run N replications at a time (all cores)");
  }

  static VariableOption variable(const std::string& word) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      throw CLI::ValidationError("-v", fmt::format("'{}' is neither NAME=TEXT nor NAME:=JSON", word));
    const bool json = word[equals - 1] == ':';
    if (json && equals == 1)
      throw CLI::ValidationError("-v", fmt::format("'{}' has no name before ':='", word));
    return {word.substr(0, json ? equals - 1 : equals), word.substr(equals + 1), json};
  }

  static std::string spelling(const CLI::Option& option) {
    std::string text;
    for (const std::string& name : option.get_snames()) text += "-" + name;
    if (text.empty()) text = "   ";
    for (const std::string& name : option.get_lnames()) text += (text.front() == '-' ? ", --" : " --") + name;
    if (option.get_type_size() > 0) text += " " + option.get_type_name();
    return text;
  }

  /// What CLI11 could not place: a command or option that does not exist, or one word too many.
  [[nodiscard]] std::string unexpected_word() const {
    const std::vector<std::string> words = app_.remaining(true);
    const std::string word = words.empty() ? "" : words.front();
    const auto chosen = app_.get_subcommands();
    if (!word.starts_with('-') || word == "-")
      return chosen.empty() ? unknown_command(word) : fmt::format("unexpected '{}'", word);
    std::vector<std::string> names;
    for (const CLI::Option* option : (chosen.empty() ? app_ : *chosen.front()).get_options())
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string name = word.substr(0, word.find('='));
    return fmt::format("there is no option '{}'{}", name, did_you_mean_text(name, known));
  }

  [[nodiscard]] std::string missing_operand(const std::string& command) const {
    if (command == "lint" && arguments_.lint.input.operands.empty())
      return "lint what? a file or folder is missing";
    if (command == "verify" && arguments_.verify.input.operands.empty())
      return "verify what? a file or folder is missing";
    if (command == "simulate") {
      const std::vector<std::string>& operands = arguments_.simulate.input.operands;
      if (operands.size() != 1)
        return operands.empty() ? "simulate what? a file is missing" : "simulate takes one file";
    }
    if (command == "deploy" && arguments_.runtime.words.empty()) return "deploy what? a file is missing";
    if (command == "start" && arguments_.runtime.words.size() != 1)
      return arguments_.runtime.words.empty() ? "start what? a file is missing" : "start takes one file";
    if (command == "batch" && arguments_.runtime.words.size() != 1)
      return arguments_.runtime.words.empty() ? "batch what? a file is missing" : "batch takes one file";
    if (command == "decide" && arguments_.decide.operand.empty()) return "decide what? a file is missing";
    if (command != "run") return {};
    if (arguments_.run.input.operands.empty()) return "run what? a file is missing";
    if (arguments_.run.input.operands.size() > 1) return "run takes one file";
    return {};
  }

  Arguments& arguments_;
  CLI::App app_;
  bool brief_help_ = false;
  bool long_help_ = false;
  bool version_ = false;
};

}  // namespace

std::string unknown_command(std::string_view word) {
  std::vector<std::string_view> names;
  for (const Command& command : command_table) names.push_back(command.name);
  return fmt::format("there is no command '{}'{}", word, did_you_mean_text(word, names));
}

Result<Arguments> parse_arguments(int count, const char* const* words) {
  Arguments arguments;
  return Parser(arguments).parse(count, words);
}

std::string options_help(std::string_view command, bool all) {
  Arguments arguments;
  return Parser(arguments).help(command, all);
}

}  // namespace weir::cli
