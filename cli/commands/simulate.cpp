// A process under load. Without a scenario everything open is invented and said so; what is wrong with the
// definition or the scenario comes as findings, exactly as lint prints them.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cli/commands.hpp"
#include "cli/definitions.hpp"
#include "core/base/did_you_mean.hpp"
#include "core/graph/compile.hpp"
#include "core/simulate/defaults.hpp"
#include "core/simulate/replicate.hpp"
#include "formats/eventlog/csv.hpp"
#include "formats/findings/findings.hpp"
#include "formats/report/simulation.hpp"
#include "formats/scenario.hpp"
#include "formats/toml/simulation.hpp"

namespace weir::cli::commands {

namespace {

namespace findings = formats::findings;
namespace report = formats::report;

/// Prints diagnostics as findings: where the result goes when there is no result, else to stderr.
void print(Diagnostics& diagnostics, const SourceMap& sources, const std::string& file,
           const Arguments& arguments, Terminal& terminal) {
  if (diagnostics.empty()) return;
  const bool failed = diagnostics.has_errors();
  const std::vector<findings::Finding> all = findings::resolve(std::move(diagnostics.list()), sources, file);
  diagnostics = {};
  findings::Options how;
  how.colour = terminal.color();
  if (failed) {
    const bool json = arguments.format == "json";
    terminal.out(json ? findings::json({all, 1}, how) : findings::text({all, 1}, how));
    return;
  }
  for (const findings::Finding& each : all)
    terminal.note(fmt::format("{}:{}:{}: {}", each.place.file, each.place.begin.line, each.place.begin.column,
                              each.diagnostic.message));
}

/// The process meant by --process, else the only one, else the only executable one.
std::optional<model::ProcessIndex> choose_process(const model::Definitions& definitions,
                                                  const std::string& id, Terminal& terminal, ExitCode& code) {
  std::vector<std::string_view> ids;
  std::vector<std::uint32_t> executable;
  for (std::uint32_t i = 0; i < definitions.processes.size(); ++i) {
    ids.push_back(definitions.processes[i].id);
    if (definitions.processes[i].executable) executable.push_back(i);
    if (!id.empty() && definitions.processes[i].id == id) return model::ProcessIndex{i};
  }
  code = id.empty() ? ExitCode::usage : ExitCode::not_found;
  if (!id.empty()) {
    terminal.error(fmt::format("there is no process '{}'{}", id, did_you_mean_text(id, ids)));
    return std::nullopt;
  }
  if (ids.size() == 1) return model::ProcessIndex{0};
  if (executable.size() == 1) return model::ProcessIndex{executable.front()};
  if (ids.empty()) {
    terminal.error("the file holds no process");
    code = ExitCode::findings;
    return std::nullopt;
  }
  terminal.error(fmt::format("the file holds {} processes: choose one with --process {}", ids.size(),
                             fmt::join(ids, " or ")));
  return std::nullopt;
}

simulate::RunOptions run_options(const SimulateOptions& options, const simulate::Scenario& scenario) {
  simulate::RunOptions run;
  // A time limit alone decides how many cases there are.
  const std::uint64_t otherwise = scenario.until ? UINT64_MAX : simulate::default_cases;
  run.cases = options.cases.value_or(scenario.cases.value_or(otherwise));
  run.seed = options.seed.value_or(scenario.seed.value_or(run.seed));
  run.warm_up = options.warm_up.value_or(scenario.warm_up.value_or(0));
  return run;
}

ExitCode code_of(const simulate::CaseCounts& cases, const Terminal&) {
  const bool some = cases.completed > 0 || cases.arrived == 0;
  if (some) return ExitCode::done;
  if (cases.stopped > 0) return ExitCode::undecided;
  return ExitCode::failed;
}

/// Says which limits are broken; one that nothing was measured for cannot be kept.
bool keeps_limits(const std::vector<simulate::Limit>& limits, const simulate::Figures& figures,
                  Terminal& terminal) {
  bool kept = true;
  for (const simulate::Limit& each : limits) {
    const std::optional<double> figure = simulate::measured(each, figures);
    if (figure && !simulate::holds(each, *figure)) continue;
    kept = false;
    if (!figure) {
      terminal.error(fmt::format("--fail-if '{}' cannot be judged: no case counts", each.text));
      continue;
    }
    terminal.error(
        fmt::format("--fail-if '{}' is true: it is {}", each.text,
                    each.is_time ? report::duration_text(*figure) : fmt::format("{:.2f}", *figure)));
  }
  return kept;
}

}  // namespace

ExitCode simulate(const Arguments& arguments, Terminal& terminal) {
  const SimulateOptions& options = arguments.simulate;
  SourceMap sources;
  DefinitionFile file = read_definition({options.input.operands.front(), true}, options.input, sources);
  if (!file.error.empty()) {
    terminal.error(file.error);
    return ExitCode::unreadable;
  }
  if (!file.read.has_model) {
    print(file.diagnostics, sources, file.name, arguments, terminal);
    return ExitCode::unreadable;
  }
  if (file.mistaken()) {
    print(file.diagnostics, sources, file.name, arguments, terminal);
    return ExitCode::findings;
  }
  const model::Definitions& definitions = file.read.definitions;
  ExitCode code = ExitCode::done;
  const std::optional<model::ProcessIndex> process =
      choose_process(definitions, options.input.process, terminal, code);
  if (!process) return code;
  Diagnostics problems;
  const graph::ProcessGraph graph = graph::compile(definitions, *process, problems);
  graph::report_unsupported(definitions, *process, problems);
  if (problems.has_errors()) {
    print(problems, sources, file.name, arguments, terminal);
    return ExitCode::findings;
  }

  simulate::Scenario scenario;
  const bool has_scenario =
      !options.scenario.empty() || definitions.simulation.kind != model::Parameter::Kind::none;
  if (!options.scenario.empty()) {
    Result<std::string> bytes = world::read_file(options.scenario);
    if (!bytes) {
      terminal.error(bytes.error().message);
      return ExitCode::unreadable;
    }
    std::optional<simulate::Scenario> read =
        formats::read_scenario(options.scenario, std::move(*bytes), sources, problems);
    if (!read) {
      print(problems, sources, options.scenario, arguments, terminal);
      return ExitCode::unreadable;
    }
    scenario = std::move(*read);
  } else {
    scenario = formats::toml::read_simulation(definitions, problems);
  }
  const simulate::Plan plan = simulate::make_plan(graph, definitions, scenario, problems);
  const bool wrong = problems.has_errors();
  print(problems, sources, options.scenario.empty() ? file.name : options.scenario, arguments, terminal);
  if (wrong) return ExitCode::findings;

  const simulate::RunOptions run = run_options(options, scenario);
  std::vector<simulate::LogRow> log;
  const simulate::Figures figures = simulate::replicate(plan, run, options.replications, options.input.jobs,
                                                        options.log.empty() ? nullptr : &log);
  if (!options.log.empty()) {
    const Result<std::size_t> written =
        world::write_file(options.log, formats::eventlog::csv(log, plan, definitions));
    if (!written) {
      terminal.error(written.error().message);
      return ExitCode::unreadable;
    }
  }
  const report::Simulation result{plan, definitions, figures, run, options.replications, has_scenario};
  terminal.out(arguments.format == "json" ? report::simulation_json(result)
                                          : report::simulation_text(result));
  const bool kept = keeps_limits(options.limits, figures, terminal);
  const ExitCode ended = code_of(figures.cases, terminal);
  return ended == ExitCode::done && !kept ? ExitCode::findings : ended;
}

}  // namespace weir::cli::commands
