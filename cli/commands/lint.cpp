// Files are read, linted and verified in parallel; only their findings are kept. What is printed does not
// depend on the number of threads.
#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "cli/commands.hpp"
#include "cli/definitions.hpp"
#include "cli/parallel.hpp"
#include "cli/project.hpp"
#include "cli/verification.hpp"
#include "cli/world/ignore.hpp"
#include "core/dmn/coverage.hpp"
#include "core/lint/handlers.hpp"
#include "core/lint/linter.hpp"
#include "core/lint/people_names.hpp"
#include "formats/findings/findings.hpp"

namespace weir::cli::commands {

namespace {

namespace findings = formats::findings;

struct FileReport {
  std::string error;
  bool malformed = false;
  std::vector<findings::Finding> findings;
  Diagnostics handlers;  // of the project, as this file sees them
  lint::PeopleFacts people;
};

/// Whether all files of a folder are among those that were asked for.
bool is_whole(const std::string& folder, const std::vector<std::string>& operands) {
  return std::any_of(operands.begin(), operands.end(), [&](std::string_view operand) {
    while (operand.starts_with("./")) operand.remove_prefix(2);
    if (!operand.empty() && operand != "." && !world::is_directory(std::string(operand))) return false;
    if (operand.empty() || operand == ".") return !folder.starts_with("../") && !folder.starts_with('/');
    while (operand.size() > 1 && operand.ends_with('/')) operand.remove_suffix(1);
    return folder.starts_with(operand) && (operand == "/" || folder[operand.size()] == '/');
  });
}

/// Findings of verify. What cannot run is not verified: rules say what is broken, and what weir does not
/// execute is still good BPMN.
void add_verification(DefinitionFile& file, std::uint32_t limit_states) {
  verify::Options options;
  options.limit_states = limit_states;
  options.stop_at_unsafe = true;
  options.certain_only = true;
  options.repeats = 1;  // a second time would make every reminder a lack of synchronisation
  const model::Definitions& definitions = file.read.definitions;
  for (std::uint32_t i = 0; i < definitions.processes.size(); ++i) {
    VerifiedProcess verified = verify_process(definitions, model::ProcessIndex{i}, options);
    for (Diagnostic& each : verified.findings.list()) file.diagnostics.add(std::move(each));
  }
}

/// How one file is linted: what the command line says, else its project.
struct Settings {
  lint::Selection selection;
  Severity fail_on = Severity::error;
};

/// An unknown rule in a weir.toml is reported there, once; the rest of the file counts.
void check_names(Project& project) {
  for (const auto& [name, span] : project.config.lint.names) {
    lint::Options one;
    one.select = {name};
    if (const auto known = lint::select(one); !known)
      project.diagnostics.error("unknown-rule", known.error().message, span);
  }
}

Result<Settings> settings(const LintOptions& options, const Project* project, std::string_view path) {
  Settings out;
  lint::Options wanted;
  wanted.select = options.select;
  wanted.ignore = options.ignore;
  if (project != nullptr) {
    const auto& config = project->config.lint;
    if (wanted.select.empty()) {  // a rule that the command line asks for is not ignored
      wanted.select = config.select;
      wanted.ignore.insert(wanted.ignore.end(), config.ignore.begin(), config.ignore.end());
    }
    for (const auto& each : config.per_file_ignores)
      if (world::wildcard_match(each.pattern, project->relative(path)))
        wanted.ignore.insert(wanted.ignore.end(), each.rules.begin(), each.rules.end());
    if (config.fail_on) out.fail_on = *config.fail_on;
  }
  if (options.fail_on) out.fail_on = *options.fail_on;
  if (project != nullptr)  // reported where they stand
    for (auto* names : {&wanted.select, &wanted.ignore})
      std::erase_if(*names, [](const std::string& name) {
        lint::Options one;
        one.select = {name};
        return !lint::select(one).has_value();
      });
  const Result<lint::Selection> selection = lint::select(wanted);
  if (!selection) return selection.error();
  out.selection = *selection;
  return out;
}

/// Every decision is compiled, so that its mistakes are found, and its tables are looked at.
void add_decisions(const world::Input& input, DefinitionFile& file, const InputOptions& options,
                   SourceMap& sources) {
  const std::deque<DefinitionFile> imported = read_imported(input, file, options, sources);
  std::vector<const dmn::Definitions*> all{&file.read.decisions};
  for (const DefinitionFile& each : imported) all.push_back(&each.read.decisions);
  Diagnostics found;
  const dmn::Program program = dmn::compile(all, found);
  dmn::check_tables(program, found);
  // What is wrong with the others is said when they are linted themselves.
  for (Diagnostic& each : found.list())
    if (each.span.file == file.read.file) file.diagnostics.add(std::move(each));
}

/// What tasks can ask and which forms they can have: decisions and forms of the files that were named and of
/// those beside the process. Each file is read once, whoever needs it, and none when no task needs anything.
class Beside {
 public:
  Beside(const std::vector<world::Input>& named, const InputOptions& options)
      : named_(named), options_(options) {}

  lint::KnownDecisions decisions(const DefinitionFile& file, const world::Input& input) {
    lint::KnownDecisions known;
    const std::vector<model::FlowNode>& nodes = file.read.definitions.nodes;
    const auto asks = [](const model::FlowNode& node) { return node.work.decision.written(); };
    if (std::none_of(nodes.begin(), nodes.end(), asks)) return known;
    if (file.read.has_decisions) known.add(file.name, file.read.decisions);
    for (const world::Input& each : others(input, {".dmn", ".toml"})) known.add(names_in(each).decisions);
    return known;
  }

  /// Nothing: it is not known what stands beside the file, or nobody asks.
  std::optional<std::vector<lint::KnownForm>> forms(const DefinitionFile& file, const world::Input& input) {
    const std::vector<model::FlowNode>& nodes = file.read.definitions.nodes;
    const auto has_form = [](const model::FlowNode& node) { return node.work.form_file.written(); };
    if (input.path == "-" || std::none_of(nodes.begin(), nodes.end(), has_form)) return std::nullopt;
    std::vector<lint::KnownForm> known;
    for (const world::Input& each : others(input, {".form"}))
      if (const Names names = names_in(each); names.form) known.push_back(*names.form);
    return known;
  }

 private:
  struct Names {
    lint::KnownDecisions decisions;
    std::optional<lint::KnownForm> form;
  };

  /// Of the files around this one and of those that were named, those whose names end so.
  std::vector<world::Input> others(const world::Input& input,
                                   std::initializer_list<std::string_view> endings) {
    std::vector<world::Input> all;
    const auto ends_so = [&](const world::Input& file) {
      return std::any_of(endings.begin(), endings.end(),
                         [&](std::string_view ending) { return file.path.ends_with(ending); });
    };
    const auto add = [&](const std::vector<world::Input>& files) {
      std::copy_if(files.begin(), files.end(), std::back_inserter(all), ends_so);
    };
    if (input.path != "-") add(around(input.path));
    if (ends_so(input))
      std::erase_if(all, [&](const world::Input& each) { return world::same_file(each.path, input.path); });
    add(named_);
    std::erase_if(all, [&](const world::Input& each) { return each.path == input.path; });
    return all;
  }

  const std::vector<world::Input>& around(const std::string& path) {
    const std::string folder = world::folder_of(path);
    const std::lock_guard guard(mutex_);
    const auto [place, fresh] = around_.try_emplace(folder);
    if (fresh) place->second = world::find_around(folder);
    return place->second;
  }

  Names names_in(const world::Input& input) {
    const std::lock_guard guard(mutex_);
    const auto [place, fresh] = by_path_.try_emplace(input.path);
    if (fresh) {
      SourceMap sources;
      const DefinitionFile file = read_definition(input, options_, sources);
      if (file.read.has_decisions) place->second.decisions.add(file.name, file.read.decisions);
      if (file.read.has_form) place->second.form = {file.name, file.read.form.id};
    }
    return place->second;
  }

  const std::vector<world::Input>& named_;
  const InputOptions& options_;
  std::mutex mutex_;
  std::map<std::string, Names> by_path_;
  std::map<std::string, std::vector<world::Input>> around_;  // by folder
};

FileReport lint_file(const world::Input& input, const LintOptions& options, const lint::Selection& selection,
                     Beside& beside, const Project* project) {
  SourceMap sources;
  DefinitionFile file = read_definition(input, options.input, sources);
  FileReport report;
  report.error = file.error;
  if (!report.error.empty()) return report;
  report.malformed = file.malformed();
  if (file.read.has_model) {
    if (project != nullptr && !project->config.people_names.empty()) report.people.add(file.read.definitions);
    const lint::KnownDecisions decisions = beside.decisions(file, input);
    const std::optional<std::vector<lint::KnownForm>> forms = beside.forms(file, input);
    const lint::Subject subject{file.read.definitions, nullptr,
                                decisions.files.empty() ? nullptr : &decisions, forms ? &*forms : nullptr};
    if (file.read.has_decisions) add_decisions(input, file, options.input, sources);
    if (project != nullptr) {
      lint::check_handlers(file.read.definitions, project->config.handler_texts, report.handlers);
      lint::settle(selection, report.handlers);
    }
    lint::run_rules(subject, selection, file.diagnostics);
    if (options.verify) add_verification(file, options.input.limit_states);
    lint::settle(subject, selection, file.diagnostics);
  } else {
    if (file.read.has_decisions) add_decisions(input, file, options.input, sources);
    lint::settle(selection, file.diagnostics);
  }
  report.findings = findings::resolve(std::move(file.diagnostics.list()), sources, file.name);
  return report;
}

}  // namespace

ExitCode lint(const Arguments& arguments, Terminal& terminal) {
  const LintOptions& options = arguments.lint;
  if (const Result<Settings> given = settings(options, nullptr, {}); !given) {
    terminal.error(given.error().message);
    return ExitCode::usage;
  }
  const world::Inputs inputs = world::find_inputs(options.input.operands);
  Projects projects;
  std::vector<Settings> how_each(inputs.files.size());
  for (std::size_t i = 0; i < inputs.files.size(); ++i) (void)projects.find(inputs.files[i].path);
  ExitCode code = ExitCode::done;
  std::vector<findings::Finding> all;
  std::size_t looked_at = 0;
  for (const auto& [name, project] : projects.all()) {
    check_names(*project);
    if (!project->diagnostics.has_errors()) continue;
    code = ExitCode::usage;
    const auto is_input = [&, &name = name](const world::Input& each) { return each.path == name; };
    if (std::any_of(inputs.files.begin(), inputs.files.end(), is_input)) continue;  // linted itself
    for (findings::Finding& each : findings::resolve(project->diagnostics.list(), project->sources, name))
      all.push_back(std::move(each));
    ++looked_at;
  }
  for (std::size_t i = 0; i < inputs.files.size(); ++i)
    how_each[i] = *settings(options, projects.find(inputs.files[i].path), inputs.files[i].path);
  std::vector<FileReport> reports(inputs.files.size());
  Beside beside(inputs.files, options.input);
  for_each_index(reports.size(), options.input.jobs, [&](std::size_t i) {
    reports[i] = lint_file(inputs.files[i], options, how_each[i].selection, beside,
                           projects.find(inputs.files[i].path));
  });

  std::set<std::pair<std::uint32_t, std::string>> said;  // of a handler, by several files
  for (std::size_t i = 0; i < reports.size(); ++i) {
    FileReport& report = reports[i];
    if (const Project* project = projects.find(inputs.files[i].path)) {
      std::erase_if(report.handlers.list(), [&](const Diagnostic& each) {
        return !said.emplace(each.span.begin, project->name + each.message).second;
      });
      for (findings::Finding& each :
           findings::resolve(std::move(report.handlers.list()), project->sources, project->name))
        report.findings.push_back(std::move(each));
    }
    if (!report.error.empty()) {
      terminal.error(report.error);
      code = combine(code, ExitCode::unreadable);
      continue;
    }
    ++looked_at;
    const auto fails = [&](const findings::Finding& each) {
      return each.diagnostic.severity >= how_each[i].fail_on;
    };
    if (std::any_of(report.findings.begin(), report.findings.end(), fails))
      code = combine(code, ExitCode::findings);
    if (report.malformed && inputs.files[i].named) code = combine(code, ExitCode::unreadable);
    std::move(report.findings.begin(), report.findings.end(), std::back_inserter(all));
  }
  for (const std::string& error : inputs.errors) {
    terminal.error(error);
    code = combine(code, ExitCode::unreadable);
  }
  for (const auto& [name, project] : projects.all()) {
    if (project->config.people_names.empty() || !is_whole(project->folder, options.input.operands)) continue;
    lint::PeopleFacts facts;
    bool complete = true;  // what cannot be read may have what is missing
    for (std::size_t i = 0; i < reports.size(); ++i) {
      if (projects.find(inputs.files[i].path) != project.get()) continue;
      facts.add(reports[i].people);
      complete = complete && reports[i].error.empty() && !reports[i].malformed;
    }
    if (!complete || facts.elements.empty()) continue;
    Diagnostics found;
    lint::check_people(project->config.people_names, facts, project->config.people.groups, found);
    const Settings how = *settings(options, project.get(), name);
    lint::settle(how.selection, found);
    for (findings::Finding& each : findings::resolve(std::move(found.list()), project->sources, name)) {
      if (each.diagnostic.severity >= how.fail_on) code = combine(code, ExitCode::findings);
      all.push_back(std::move(each));
    }
  }
  findings::Options how;
  how.colour = terminal.color();
  const bool nothing_to_say = all.empty() && (terminal.quiet() || looked_at == 0);
  if (arguments.format != "text" || !nothing_to_say)
    terminal.out(findings::find_format(arguments.format)->write({all, looked_at}, how));
  return code;
}

}  // namespace weir::cli::commands
