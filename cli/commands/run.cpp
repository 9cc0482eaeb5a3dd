// `weir run` runs an instance (start.cpp); `--dry-run` plays one process in memory, `--trace` follows given
// steps. Both print what happened and, as weir.run/1, what is left.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cli/commands.hpp"
#include "cli/commands/operate.hpp"
#include "cli/decision_library.hpp"
#include "cli/process_library.hpp"
#include "cli/standing.hpp"
#include "cli/variables.hpp"
#include "core/base/did_you_mean.hpp"
#include "core/base/printable.hpp"
#include "core/data/declared.hpp"
#include "core/execute/dry_run.hpp"
#include "core/execute/runtime.hpp"
#include "core/graph/compile.hpp"
#include "core/value/print.hpp"
#include "formats/findings/findings.hpp"
#include "formats/json/trace.hpp"
#include "formats/json/value.hpp"

namespace weir::cli::commands {

namespace {

namespace findings = formats::findings;
using model::ProcessIndex;

/// What is printed, however it came about.
struct Played {
  std::string process, name;  // its id; what people call it
  std::string status = "failed";
  std::vector<TraceStep> trace;
  std::vector<std::string> why;  // beside the steps of the trace, may be empty or missing
  std::vector<std::string> at;
  value::Variables variables;
};

/// The command line does not fit the model: a sentence for the user and how to exit.
struct Refusal {
  ExitCode code = ExitCode::usage;
  std::string message;
};

/// The process that is meant: the one named, else the only one, else the first that is executable.
std::optional<ProcessIndex> choose_process(const model::Definitions& definitions, const std::string& id) {
  std::optional<ProcessIndex> chosen;
  for (std::uint32_t i = 0; i < definitions.processes.size(); ++i) {
    const model::Process& process = definitions.processes[i];
    if (!id.empty() ? process.id == id : process.executable) return ProcessIndex{i};
    if (id.empty() && !chosen) chosen = ProcessIndex{i};
  }
  return chosen;
}

/// What is required may be missing in a dry run: it is to show the way all the same.
std::optional<Refusal> fill_variables(const RunOptions& options, const model::Definitions& definitions,
                                      value::Variables& variables) {
  const Result<value::Variables> read = read_variables(options.variables);
  if (!read) return Refusal{ExitCode::usage, read.error().message};
  feel::Workspace workspace;
  Result<value::Variables> typed = data::declared(definitions, *read, false, workspace);
  if (!typed) return Refusal{ExitCode::usage, typed.error().message};
  variables = std::move(*typed);
  data::add_defaults(definitions, variables, workspace);
  return std::nullopt;
}

/// The form of the start event is as that of a real run, but for what is missing.
std::optional<Refusal> fill_form(const DefinitionFile& file, Neighbours& neighbours, std::string_view process,
                                 const graph::ProcessGraph& graph, execute::DryRunOptions& how) {
  const NodeId start = how.start != NodeId::none ? how.start : execute::start_node(graph, {});
  if (start == NodeId::none || start == graph::process_node) return std::nullopt;
  const model::Work& work = file.read.definitions[graph.origin[index(start)]].work;
  const std::vector<model::FormField>* fields = &work.fields;
  if (work.form_file.written())
    for (const DefinitionFile& each : neighbours.files())
      if (each.read.has_form &&
          (work.form_file.file.empty() ? each.read.form.id == work.form_file.id
                                       : data::is_decision_file(each.name, work.form_file.file))) {
        fields = &each.read.form.fields;
        break;
      }
  const value::Variables given = how.variables;
  const value::Scope scope{given.entries(), nullptr};
  feel::Workspace workspace;
  const data::AskedForm form{
      .name = process, .fields = *fields, .scope = scope, .begins = true, .complete = false};
  if (const auto filled = data::fill_in(form, how.variables, workspace); !filled)
    return Refusal{ExitCode::usage, filled.error().message};
  return std::nullopt;
}

/// --start and --choose name elements of this process.
std::optional<Refusal> fill_choices(const RunOptions& options, const model::Definitions& definitions,
                                    const graph::ProcessGraph& graph, execute::DryRunOptions& how) {
  if (!options.start.empty()) {
    std::vector<std::string> starts;
    for (const NodeId node : graph.instance_starts()) {
      starts.push_back(graph.node_id(node));
      if (starts.back() == options.start) how.start = node;
    }
    if (how.start == NodeId::none)
      return Refusal{ExitCode::usage, fmt::format("--start: no instance can begin at '{}'{}", options.start,
                                                  did_you_mean_text(options.start, starts))};
  }
  for (const ChoiceOption& each : options.choices) {
    const NodeId node = graph.find_node(each.element);
    if (node == NodeId::none)
      return Refusal{ExitCode::usage, fmt::format("--choose: there is no element '{}'{}", each.element,
                                                  did_you_mean_text(each.element, graph.node_ids))};
    std::vector<std::string> flows;
    FlowId chosen = FlowId::none;
    for (const FlowId flow : graph.outgoing(node)) {
      flows.push_back(graph.flow_id(flow));
      const std::string_view name = definitions[graph.flow_origin[index(flow)]].name;
      if (flows.back() == each.flow || (chosen == FlowId::none && name == each.flow)) chosen = flow;
    }
    if (chosen == FlowId::none)
      return Refusal{ExitCode::usage, fmt::format("--choose: no flow '{}' leaves '{}'{}", each.flow,
                                                  each.element, did_you_mean_text(each.flow, flows))};
    how.choose[node] = chosen;
  }
  return std::nullopt;
}

std::string text(const Played& played, const DefinitionFile& file,
                 const std::vector<findings::Finding>& notes) {
  const model::Definitions& definitions = file.read.definitions;
  const auto verb = [&] {
    if (played.status == "incident") return "stops with an incident";
    if (played.status == "waiting") return "waits";
    return played.status == "failed" ? "fails" : "completes";
  };
  const std::size_t steps = played.trace.size();
  std::string out = printable(fmt::format("{}: {} {} after {} step{}", file.name, played.name, verb(), steps,
                                          steps == 1 ? "" : "s")) +
                    "\n";
  std::vector<std::pair<std::string, std::string>> lines;
  std::size_t width = 0;
  for (std::size_t i = 0; i < steps; ++i) {
    const TraceStep& step = played.trace[i];
    if (step.ask == "move") continue;
    auto answer = answer_text(definitions, step);
    if (!answer) continue;
    if (i < played.why.size() && !played.why[i].empty()) *answer += ": " + played.why[i];
    lines.emplace_back(printable(step_label(definitions, step)), printable(*answer));
    width = std::max(width, std::min<std::size_t>(display_width(lines.back().first), 40));
  }
  for (const auto& [element, answer] : lines) {
    const std::size_t padding = answer.empty() ? 0 : width + 2 - std::min(width, display_width(element));
    out += "  " + element + std::string(padding, ' ') + answer + "\n";
  }
  for (const std::string& place : played.at) out += "  token at " + printable(place) + "\n";
  for (const value::Entry& entry : played.variables.entries())
    out += fmt::format("  {} = {}\n", printable(entry.key.text()), printable(value::to_literal(entry.value)));
  for (const findings::Finding& each : notes)
    out += fmt::format("{}:{}:{}: {}[{}] {}\n", printable(each.place.file), each.place.begin.line,
                       each.place.begin.column, severity_name(each.diagnostic.severity), each.diagnostic.code,
                       printable(each.diagnostic.message));
  return out;
}

std::string json(const Played& played, const std::vector<findings::Finding>& notes) {
  formats::json::Writer json;
  json.begin_object().key("schema").string("weir.run/1").key("instance").string("dry-run");
  json.key("process").string(played.process).key("status").string(played.status).key("at").begin_array();
  for (const std::string& place : played.at) json.string(place);
  json.end_array().key("trace");
  formats::json::write_trace(json, played.trace);
  json.key("variables").begin_object();
  for (const value::Entry& entry : played.variables.entries()) {
    json.key(entry.key.text());
    formats::json::write(json, entry.value);
  }
  json.end_object().key("findings");
  findings::write_findings(json, notes);
  json.end_object();
  return std::string(json.text()) + "\n";
}

class Run {
 public:
  Run(const Arguments& arguments, Terminal& terminal)
      : options_(arguments.run), json_(arguments.format == "json"), terminal_(terminal) {}

  ExitCode operator()() {
    const world::Inputs inputs = world::find_inputs(options_.input.operands);
    if (!inputs.errors.empty()) return refuse({ExitCode::unreadable, inputs.errors.front()});
    if (inputs.files.size() > 1) return refuse({ExitCode::usage, "run takes one file"});
    file_ = read_definition(inputs.files.front(), options_.input, sources_);
    if (!file_.error.empty()) return refuse({ExitCode::unreadable, file_.error});
    if (!file_.read.has_model) {
      const ExitCode code = file_.malformed() ? ExitCode::unreadable : ExitCode::findings;
      if (!file_.malformed()) terminal_.error(file_.name + " holds no process");
      return rejected(std::move(file_.diagnostics), code);
    }
    if (file_.mistaken()) return rejected(std::move(file_.diagnostics), ExitCode::findings);

    const model::Definitions& definitions = file_.read.definitions;
    const std::optional<ProcessIndex> process = choose_process(definitions, options_.input.process);
    if (!process) {
      if (options_.input.process.empty())
        return refuse({ExitCode::findings, file_.name + " holds no process"});
      return refuse({ExitCode::not_found, fmt::format("there is no process '{}'", options_.input.process)});
    }
    const model::Process& chosen = definitions[*process];
    played_.process = chosen.id;
    played_.name = chosen.name.empty() ? chosen.id : chosen.name;
    Diagnostics problems;
    const graph::ProcessGraph graph = compile(*process, problems);
    if (problems.has_errors()) return rejected(std::move(problems), ExitCode::findings);
    return options_.trace.empty() ? play(inputs.files.front().path, graph) : follow(graph);
  }

 private:
  /// The graph of the process; problems of everything in the file that would be deployed with it.
  graph::ProcessGraph compile(ProcessIndex process, Diagnostics& problems) {
    const model::Definitions& definitions = file_.read.definitions;
    graph::ProcessGraph graph;
    for (std::uint32_t i = 0; i < definitions.processes.size(); ++i) {
      const bool chosen = ProcessIndex{i} == process;
      if (!chosen && (!options_.input.process.empty() || !definitions.processes[i].executable)) continue;
      graph::ProcessGraph compiled = graph::compile(definitions, ProcessIndex{i}, problems);
      graph::report_unsupported(definitions, ProcessIndex{i}, problems);
      if (chosen) graph = std::move(compiled);
    }
    return graph;
  }

  ExitCode play(const std::string& path, const graph::ProcessGraph& graph) {
    const model::Definitions& definitions = file_.read.definitions;
    Neighbours neighbours(path, options_.input, sources_);
    ProcessLibrary library(file_, neighbours);
    std::optional<DecisionLibrary> decisions;
    execute::DryRunOptions how;
    how.called = [&](std::string_view id) { return library.find(id); };
    how.decisions = [&](const data::DecisionReference& reference) {
      if (!decisions) {
        decisions.emplace();
        decisions->add(file_);
        for (const DefinitionFile& each : neighbours.files()) decisions->add(each);
      }
      return decisions->find(reference);
    };
    std::optional<Refusal> refusal = fill_variables(options_, definitions, how.variables);
    if (!refusal) refusal = fill_choices(options_, definitions, graph, how);
    if (!refusal) refusal = fill_form(file_, neighbours, played_.process, graph, how);
    if (refusal) return refuse(*refusal);

    execute::DryRunResult result = execute::dry_run(definitions, graph, how);
    played_.status = execute::status_name(result.status);
    played_.trace = std::move(result.trace);
    played_.why = std::move(result.why);
    played_.at = std::move(result.at);
    played_.variables = std::move(result.variables);
    for (Diagnostic& each : library.problems().list()) result.diagnostics.add(std::move(each));
    const bool mistaken = decisions && decisions->problems().has_errors();
    if (decisions)
      for (Diagnostic& each : decisions->problems().list()) result.diagnostics.add(std::move(each));
    print(std::move(result.diagnostics));
    if (mistaken && result.status == execute::Status::completed) return ExitCode::findings;
    return result.status == execute::Status::completed ? ExitCode::done : ExitCode::failed;
  }

  ExitCode follow(const graph::ProcessGraph& graph) {
    const Result<std::string> text = world::read_file(options_.trace);
    if (!text) return refuse({ExitCode::unreadable, text.error().message});
    const Result<std::vector<TraceStep>> steps = formats::json::read_trace(*text);
    if (!steps)
      return refuse({ExitCode::unreadable, fmt::format("{}: {}", options_.trace, steps.error().message)});

    execute::ReplayResult result = execute::replay(graph, *steps);
    const bool failed = result.end == semantics::End::failed || result.end == semantics::End::runaway;
    const bool ended = result.end != semantics::End::running;
    played_.status = failed ? "failed" : ended ? "completed" : result.stuck ? "incident" : "waiting";
    played_.trace.assign(steps->begin(), steps->begin() + static_cast<std::ptrdiff_t>(result.steps));
    played_.at = std::move(result.at);
    print({});
    if (!result.error.empty())
      return refuse(
          {ExitCode::findings, fmt::format("step {} of the trace: {}", result.steps + 1, result.error)});
    return failed || result.stuck ? ExitCode::failed : ExitCode::done;
  }

  ExitCode refuse(const Refusal& refusal) {
    terminal_.error(refusal.message);
    return refusal.code;
  }

  /// The definition cannot run: what lint would say about it.
  ExitCode rejected(Diagnostics diagnostics, ExitCode code) {
    const std::vector<findings::Finding> all =
        findings::resolve(std::move(diagnostics.list()), sources_, file_.name);
    findings::Options how;
    how.colour = terminal_.color();
    terminal_.out(json_ ? json(played_, all) : findings::text({all, 1}, how));
    return code;
  }

  void print(Diagnostics diagnostics) {
    const std::vector<findings::Finding> notes =
        findings::resolve(std::move(diagnostics.list()), sources_, file_.name);
    terminal_.out(json_ ? json(played_, notes) : text(played_, file_, notes));
  }

  const RunOptions& options_;
  bool json_;
  Terminal& terminal_;
  SourceMap sources_;
  DefinitionFile file_;
  Played played_;
};

}  // namespace

ExitCode run(const Arguments& arguments, Terminal& terminal) {
  if (!arguments.run.dry_run && arguments.run.trace.empty()) return run_instance(arguments, terminal);
  return Run(arguments, terminal)();
}

}  // namespace weir::cli::commands
