// Verdicts per process. Violations are diagnostics like all others; with --format json each process also
// carries its witness as a weir.trace/1.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/definitions.hpp"
#include "cli/parallel.hpp"
#include "cli/verification.hpp"
#include "core/base/printable.hpp"
#include "formats/findings/findings.hpp"
#include "formats/json/trace.hpp"

namespace weir::cli::commands {

namespace {

namespace findings = formats::findings;
using formats::json::Writer;
using verify::Property;
using verify::Verdict;

struct ProcessReport {
  std::string id, name;
  verify::Report report;
  bool can_run = true;
};

struct FileReport {
  std::string name, error;
  bool malformed = false, mistaken = false;
  std::vector<ProcessReport> processes;
  std::vector<findings::Finding> findings;
};

FileReport verify_file(const world::Input& input, const InputOptions& options) {
  SourceMap sources;
  DefinitionFile file = read_definition(input, options, sources);
  FileReport report;
  report.name = file.name;
  report.error = file.error;
  report.malformed = file.malformed();
  Diagnostics all;
  report.mistaken = file.mistaken();
  if (report.malformed || report.mistaken) all = std::move(file.diagnostics);
  const model::Definitions& definitions = file.read.definitions;
  verify::Options how;
  how.limit_states = options.limit_states;
  for (std::uint32_t i = 0; i < definitions.processes.size() && !report.mistaken; ++i) {
    const model::Process& process = definitions.processes[i];
    if (!options.process.empty() && process.id != options.process) continue;
    VerifiedProcess verified = verify_process(definitions, model::ProcessIndex{i}, how);
    for (Diagnostics* each : {&verified.problems, &verified.findings})
      std::move(each->list().begin(), each->list().end(), std::back_inserter(all.list()));
    report.processes.push_back({std::string(process.id), std::string(process.name),
                                std::move(verified.report), !verified.problems.has_errors()});
  }
  report.findings = findings::resolve(std::move(all.list()), sources, file.name);
  return report;
}

ExitCode verdict_code(const ProcessReport& process) {
  if (!process.can_run) return ExitCode::findings;
  ExitCode code = ExitCode::done;
  for (const Verdict each : {process.report.sound(), process.report[Property::safe]})
    code = combine(code, each == Verdict::violated  ? ExitCode::findings
                         : each == Verdict::unknown ? ExitCode::undecided
                                                    : ExitCode::done);
  return code;
}

std::string headline(const FileReport& file, const ProcessReport& process) {
  const Verdict sound = process.report.sound(), safe = process.report[Property::safe];
  std::string words;
  if (!process.can_run)
    words = "cannot be verified";
  else if (sound == Verdict::violated)
    words = safe == Verdict::violated ? "neither sound nor safe" : "not sound";
  else if (safe == Verdict::violated)
    words = "not safe";
  else
    words = sound == Verdict::holds && safe == Verdict::holds ? "sound and safe" : "undecided";
  std::string text =
      fmt::format("{}: {} is {}", file.name, process.name.empty() ? process.id : process.name, words);
  if (process.can_run)
    text += fmt::format(" ({} states{})", process.report.states, process.report.complete ? "" : ", not all");
  return printable(text) + "\n";
}

std::string text(const std::vector<FileReport>& files, const Arguments& arguments, const Terminal& terminal) {
  std::string out;
  std::vector<findings::Finding> all;
  for (const FileReport& file : files) {
    for (const ProcessReport& process : file.processes) {
      const bool fine = verdict_code(process) == ExitCode::done;
      if (fine && arguments.quiet) continue;
      out += headline(file, process);
      if (!process.can_run || fine) continue;
      for (const verify::PropertyFacts& facts : verify::all_properties())
        out += fmt::format("  {:<9} {:<19} {}\n", verify::verdict_name(process.report[facts.property]),
                           facts.id, facts.definition);
    }
    all.insert(all.end(), file.findings.begin(), file.findings.end());
  }
  if (all.empty()) return out;
  findings::Options how;
  how.colour = terminal.color();
  if (!out.empty()) out += '\n';
  return out + findings::text({all, files.size()}, how);
}

void write_process(Writer& json, const FileReport& file, const ProcessReport& process) {
  // Properties of weir.verify/1 that this version does not decide.
  constexpr std::array undecided{"messages", "terminate-race", "or-join-profiles", "straight-through",
                                 "data"};
  const auto truth = [&](std::string_view key, Verdict verdict) {
    json.key(key);
    if (verdict == Verdict::unknown)
      json.null();
    else
      json.boolean(verdict == Verdict::holds);
  };
  json.begin_object().key("file").string(file.name).key("process").string(process.id);
  truth("sound", process.report.sound());
  truth("safe", process.report[Property::safe]);
  json.key("properties").begin_object();
  for (const verify::PropertyFacts& facts : verify::all_properties())
    json.key(facts.id).string(verify::verdict_name(process.report[facts.property]));
  for (const char* each : undecided) json.key(each).string(verify::verdict_name(Verdict::unknown));
  json.end_object().key("states").number(process.report.states);
  const auto first = std::find_if(process.report.witnesses.begin(), process.report.witnesses.end(),
                                  [](const verify::Witness& each) { return !each.steps.empty(); });
  json.key("witness");
  if (first == process.report.witnesses.end())
    json.null();
  else
    formats::json::write_trace(json, first->steps);
  json.key("witnesses").begin_object();
  for (const verify::PropertyFacts& facts : verify::all_properties()) {
    const verify::Witness& witness = process.report.witnesses[static_cast<std::size_t>(facts.property)];
    if (witness.steps.empty()) continue;
    json.key(facts.id);
    formats::json::write_trace(json, witness.steps);
  }
  json.end_object().end_object();
}

std::string json(const std::vector<FileReport>& files) {
  Writer json;
  json.begin_object().key("schema").string("weir.verify/1").key("processes").begin_array();
  for (const FileReport& file : files)
    for (const ProcessReport& process : file.processes) write_process(json, file, process);
  json.end_array().key("findings");
  std::vector<findings::Finding> all;
  for (const FileReport& file : files) all.insert(all.end(), file.findings.begin(), file.findings.end());
  findings::write_findings(json, all);
  json.end_object();
  return std::string(json.text()) + "\n";
}

}  // namespace

ExitCode verify(const Arguments& arguments, Terminal& terminal) {
  const InputOptions& options = arguments.verify.input;
  const world::Inputs inputs = world::find_inputs(options.operands);
  std::vector<FileReport> files(inputs.files.size());
  for_each_index(files.size(), options.jobs,
                 [&](std::size_t i) { files[i] = verify_file(inputs.files[i], options); });

  ExitCode code = ExitCode::done;
  bool found = options.process.empty();
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!files[i].error.empty()) {
      terminal.error(files[i].error);
      code = combine(code, ExitCode::unreadable);
    }
    if (files[i].malformed)
      code = combine(code, inputs.files[i].named ? ExitCode::unreadable : ExitCode::findings);
    if (files[i].mistaken) code = combine(code, ExitCode::findings);
    for (const ProcessReport& process : files[i].processes) code = combine(code, verdict_code(process));
    found = found || !files[i].processes.empty();
  }
  for (const std::string& error : inputs.errors) {
    terminal.error(error);
    code = combine(code, ExitCode::unreadable);
  }
  if (!found && code == ExitCode::done) {
    terminal.error(fmt::format("there is no process '{}'", options.process));
    code = ExitCode::not_found;
  }
  std::erase_if(files, [](const FileReport& file) { return !file.error.empty(); });
  terminal.out(arguments.format == "json" ? json(files) : text(files, arguments, terminal));
  return code;
}

}  // namespace weir::cli::commands
