// `weir start FILE` creates an instance; `weir run FILE|INSTANCE` also makes the calls that are due, until it
// ends or waits for somebody.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include "cli/commands.hpp"
#include "cli/commands/operate.hpp"
#include "cli/session.hpp"
#include "cli/standing.hpp"
#include "cli/variables.hpp"

namespace weir::cli {

std::optional<execute::Standing> start_instance(Session& session, const RuntimeOptions& options,
                                                const std::string& file, ExitCode& code) {
  if (const auto begun = session.runtime().begin(); !begun) {
    code = session.refuse(begun.error());
    return std::nullopt;
  }
  const auto give_up = [&](ExitCode why) {
    code = why;
    session.runtime().abandon();
    return std::nullopt;
  };
  const auto process = session.deploy(file, options.process, code);
  if (!process) return give_up(code);
  const Result<value::Variables> variables = session.variables(*process->deployed->definitions, true);
  if (!variables) return give_up(session.refuse(ExitCode::usage, variables.error().message));
  execute::StartRequest request;
  request.definition = process->definition;
  request.process = process->id;
  request.start_event = options.start;
  request.variables = &*variables;
  request.key = options.key;
  request.by = options.user;
  const Result<execute::Standing> started = session.runtime().start(request);
  if (!started) return give_up(session.refuse(started.error()));
  if (const auto written = session.runtime().commit(); !written) {
    code = session.refuse(written.error());
    return std::nullopt;
  }
  return *started;
}

/// What the process asks for when it starts; nothing is kept.
static ExitCode show_form(Session& session, const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  ExitCode code = ExitCode::done;
  const std::string& file = options.words.front();
  const auto process = session.look_at(file, options.process, code);
  if (!process) return code;
  const NodeId start = execute::start_node(process->deployed->graph, options.start);
  if (start == NodeId::none)
    return session.refuse(ExitCode::usage, execute::no_start(process->id, options.start));
  const Asking form = asking(*process->deployed, start, file);
  terminal.out(arguments.format == "json" ? form_json(form) : form_text(form));
  return code;
}

ExitCode go_on(Session& session, const Arguments& arguments, Terminal& terminal, const std::string& id,
               std::string_view head) {
  execute::Runtime& runtime = session.runtime();
  std::set<std::string> instances(runtime.touched());
  instances.insert(id);
  if (const auto made = runtime.make_calls(instances); !made) return session.refuse(made.error());
  if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
  const Result<execute::Instance*> found = runtime.load(id);
  if (!found) {
    const ExitCode code = session.refuse(found.error());
    runtime.abandon();
    return code;
  }
  const execute::Instance& instance = **found;
  std::vector<TraceStep> steps;
  std::vector<std::string> why;
  for (execute::Runtime::Told& told : runtime.told()) {
    if (told.instance == id) {
      steps.insert(steps.end(), told.steps.begin(), told.steps.end());
      why.insert(why.end(), told.why.begin(), told.why.end());
    }
    session.print_notes(std::move(told.notes));
    for (const execute::Sent& sent : told.sent)
      if (sent.trigger == graph::Trigger::message && !sent.arrived)
        terminal.note(
            fmt::format("'{}' sends message '{}', which nobody waits for", sent.element, sent.name));
  }
  const std::string& caught_by = instance.caught_by;
  const std::string_view trouble =
      instance.status == execute::Status::waiting ? execute::incident_in(instance) : "";
  const ExitCode code = !caught_by.empty() ? ExitCode::done
                        : !trouble.empty() ? ExitCode::failed
                                           : session.exit_code(instance.status);
  if (arguments.format == "json") {
    terminal.out(run_json(instance, steps));
  } else {
    terminal.out(fmt::format("{}{}: {}\n", head, id, status_name(instance.status)));
    terminal.out(steps_text(instance, steps, why) + waits_text(instance, session.now()));
    if (!caught_by.empty()) terminal.out(fmt::format("  its error was caught by {}\n", caught_by));
    if (!trouble.empty()) terminal.out(fmt::format("  next: weir instance show {}\n", trouble));
    const bool suspended = instance.status == execute::Status::suspended;
    if (suspended) terminal.out(fmt::format("  next: weir instance resume {}\n", id));
    for (const auto& [number, wait] : instance.waits) {
      if (suspended || wait.kind != execute::WaitKind::user_task) continue;
      std::string fields;
      for (const model::FormField& field : instance.deployed->fields(instance.question(wait).node))
        if (field.asked && field.required) fields += fmt::format(" -v {}=...", field.variable);
      terminal.out(fmt::format("  next: weir task complete {}{}\n", task_id(id, wait), fields));
      break;
    }
    for (const auto& [number, wait] : instance.waits)
      if (!suspended && wait.kind == execute::WaitKind::incident) {
        const char* first = wait.mended               ? ""
                            : wait.name == "decision" ? "mend it, weir deploy its file, then "
                                                      : "mend it, then ";
        terminal.out(fmt::format("  next: {}weir instance retry {}\n", first, id));
        break;
      }
  }
  runtime.abandon();
  return code;
}

ExitCode print_list(const Arguments& arguments, Terminal& terminal, const formats::json::Writer& json,
                    const std::vector<std::vector<std::string>>& rows, std::string_view none) {
  if (arguments.format == "json")
    terminal.out(std::string(json.text()) + "\n");
  else if (rows.size() > 1)
    terminal.out(columns(rows));
  else
    terminal.note(none);
  return ExitCode::done;
}

ExitCode tell_lacks(const execute::Standing& standing, const Arguments& arguments, Terminal& terminal) {
  const std::string_view id = std::string_view(standing.instance).substr(execute::gathered_prefix.size());
  const std::string_view process = id.substr(0, id.rfind('/')), event = id.substr(id.rfind('/') + 1);
  if (arguments.format == "json") {
    formats::json::Writer json;
    json.begin_object().key("schema").string("weir.begin/1").key("process").string(process);
    json.key("start_event").string(event).key("lacks").begin_array();
    for (const std::string& each : standing.lacks) json.string(each);
    json.end_array().end_object();
    terminal.out(std::string(json.text()) + "\n");
  } else {
    terminal.out(fmt::format("{}: '{}' begins it when there is {} too\n", process, event,
                             fmt::join(standing.lacks, " and ")));
  }
  return ExitCode::done;
}

/// `weir start --conditions [FILE]`: what conditional start events begin.
static ExitCode start_where_true(Session& session, const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  execute::Runtime& runtime = session.runtime();
  if (!options.start.empty() || !options.key.empty())
    return session.refuse(ExitCode::usage,
                          fmt::format("{} names one start: leave it out, conditions say what starts",
                                      options.key.empty() ? "--start" : "--key"));
  if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
  const auto give_up = [&](ExitCode code) {
    runtime.abandon();
    return code;
  };
  ExitCode code = ExitCode::done;
  std::string process = options.process;
  Result<value::Variables> variables = read_variables(options.variables);
  if (!options.words.empty()) {
    const auto deployed = session.deploy(options.words.front(), options.process, code);
    if (!deployed) return give_up(code);
    process = deployed->id;
    variables = session.variables(*deployed->deployed->definitions, true);
  }
  if (!variables) return give_up(session.refuse(ExitCode::usage, variables.error().message));
  const auto started =
      runtime.begin_where_true(value::Value::context(variables->entries()), process, options.user);
  if (!started) return give_up(session.refuse(started.error()));
  if (const auto written = runtime.commit(); !written) return session.refuse(written.error());
  for (execute::Runtime::Told& told : runtime.told()) session.print_notes(std::move(told.notes));
  formats::json::Writer json;
  json.begin_object().key("schema").string("weir.start-list/1").key("instances").begin_array();
  for (const execute::Standing& each : *started) {
    if (!each.lacks.empty() && arguments.format != "json") tell_lacks(each, arguments, terminal);
    if (!each.lacks.empty()) continue;
    if (code == ExitCode::done) code = session.exit_code(each.status);
    json.begin_object().key("instance").string(each.instance).key("status").string(status_name(each.status));
    json.end_object();
    if (arguments.format != "json") terminal.out(each.instance + "\n");
  }
  json.end_array().end_object();
  if (arguments.format == "json") terminal.out(std::string(json.text()) + "\n");
  if (started->empty()) terminal.note("no conditional start event has a condition that is true");
  return code;
}

namespace commands {

ExitCode start(const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  Session session(options, terminal, !options.form);
  if (!session.problem().empty()) return session.refuse(ExitCode::usage, session.problem());
  ExitCode code = ExitCode::done;
  if (options.conditions) return start_where_true(session, arguments, terminal);
  if (options.form) return show_form(session, arguments, terminal);
  const auto started = start_instance(session, options, options.words.front(), code);
  if (!started) return code;
  for (execute::Runtime::Told& told : session.runtime().told()) session.print_notes(std::move(told.notes));
  if (arguments.format == "json") {
    formats::json::Writer json;
    json.begin_object().key("schema").string("weir.start/1").key("instance").string(started->instance);
    json.key("status").string(status_name(started->status)).key("existed").boolean(started->existed);
    if (!started->trouble.empty()) json.key("incident_in").string(started->trouble);
    json.end_object();
    terminal.out(std::string(json.text()) + "\n");
  } else {
    terminal.out(started->instance + "\n");
  }
  if (!started->trouble.empty()) {
    terminal.note(fmt::format("{} below it has an incident", started->trouble));
    return ExitCode::failed;
  }
  return session.exit_code(started->status);
}

}  // namespace commands

/// What a real run would ignore, and what does it instead; empty = nothing.
static std::string unused_option(const Arguments& arguments, const std::string& operand, bool is_id) {
  const RunOptions& run = arguments.run;
  if (!run.choices.empty()) {
    const std::string choice = run.choices[0].element + "=" + run.choices[0].flow;
    return fmt::format(
        "--choose goes with --dry-run: an instance that is stuck at '{}' takes a flow by 'weir instance "
        "choose {} {}'",
        run.choices[0].element, is_id ? operand : "ID", choice);
  }
  if (!is_id) return {};
  const char* begins = !run.input.process.empty()       ? "--process"
                       : !run.start.empty()             ? "--start"
                       : !arguments.runtime.key.empty() ? "--key"
                                                        : nullptr;
  if (begins != nullptr)
    return fmt::format("{} is for a new instance, of a file: 'weir run {}' goes on with one that exists",
                       begins, operand);
  if (!run.variables.empty())
    return fmt::format(
        "-v is for a new instance, of a file: 'weir instance set {} -v NAME=TEXT' changes one that exists",
        operand);
  return {};
}

ExitCode run_instance(const Arguments& arguments, Terminal& terminal) {
  RuntimeOptions options = arguments.runtime;
  options.variables = arguments.run.variables;
  options.process = arguments.run.input.process;
  options.start = arguments.run.start;
  const std::string& operand = arguments.run.input.operands.front();
  struct stat status {};
  const bool is_file = operand == "-" || ::stat(operand.c_str(), &status) == 0;
  const bool is_id = !is_file && operand.find_first_of("./") == std::string::npos;
  Session session(options, terminal, !is_id);
  if (!session.problem().empty()) return session.refuse(ExitCode::usage, session.problem());
  if (const std::string why = unused_option(arguments, operand, is_id); !why.empty())
    return session.refuse(ExitCode::usage, why);
  if (is_id) return go_on(session, arguments, terminal, operand);
  ExitCode code = ExitCode::done;
  const auto started = start_instance(session, options, operand, code);
  return started ? go_on(session, arguments, terminal, started->instance) : code;
}

}  // namespace weir::cli
