#include "cli/session.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "cli/project.hpp"
#include "cli/variables.hpp"
#include "cli/world/process_identity.hpp"
#include "cli/world/random_seed.hpp"
#include "core/base/sha256.hpp"
#include "core/data/declared.hpp"
#include "core/graph/compile.hpp"
#include "formats/findings/findings.hpp"

namespace weir::cli {

namespace findings = formats::findings;

namespace {

bool is_directory(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

/// --state, else $WEIR_STATE, else what the nearest weir.toml says, else .weir/ here or further up as git
/// looks for .git, else .weir/ here.
std::string state_directory(const std::string& option) {
  if (!option.empty()) return option;
  if (const char* variable = std::getenv("WEIR_STATE"); variable != nullptr && *variable != '\0')
    return variable;
  Projects projects;
  if (const Project* project = projects.find("-");
      project != nullptr && !project->config.state.directory.empty())
    return project->config.state.directory.starts_with('/')
               ? project->config.state.directory
               : project->folder + project->config.state.directory;
  std::string up;
  for (int levels = 0; levels < 64; ++levels, up += "../") {
    if (is_directory(up + ".weir")) return up + ".weir";
    struct stat here {
    }, above{};
    if (::stat((up + ".").c_str(), &here) != 0 || ::stat((up + "..").c_str(), &above) != 0 ||
        (here.st_dev == above.st_dev && here.st_ino == above.st_ino))
      break;
  }
  return ".weir";
}

/// The text with an XML declaration that says what it is now.
std::string as_utf8(std::string_view text) {
  std::string out(text);
  const std::size_t end = out.starts_with("<?xml") ? out.find("?>") : std::string::npos;
  const std::size_t name = out.find("encoding");
  if (end == std::string::npos || name > end) return out;
  const std::size_t open = out.find_first_of("\"'", name);
  const std::size_t close = open > end ? std::string::npos : out.find(out[open], open + 1);
  if (close < end) out.replace(open + 1, close - open - 1, "UTF-8");
  return out;
}

std::string random_id() {
  return fmt::format("{:016x}", world::random_seed());
}

}  // namespace

Session::Session(const RuntimeOptions& options, Terminal& terminal, bool create)
    : options_(options), terminal_(terminal), directory_(state_directory(options.state)) {
  if (const Result<world::SystemClock> clock = world::SystemClock::from_environment())
    clock_ = *clock;
  else
    problem_ = clock.error().message;
  world::FileStore::Options how;
  how.create = create;
  how.new_id = random_id();
  store_ = std::make_unique<world::FileStore>(disk_, directory_, how);
  runtime_ = std::make_unique<execute::Runtime>(
      *store_, clock_, connectors_,
      [this](std::string_view definition, std::string_view process) { return find(definition, process); },
      world::this_process(), world::is_alive);
  runtime_->seed(world::random_seed());
}

Result<value::Variables> Session::variables(const model::Definitions& definitions, bool beginning) {
  const Result<value::Variables> given = read_variables(options_.variables);
  if (!given) return given.error();
  feel::Workspace workspace;
  return data::declared(definitions, *given, beginning, workspace);
}

const execute::Deployed* Session::compile(const DefinitionFile& file, const std::string& definition,
                                          std::string_view process, Diagnostics& problems) {
  const model::Definitions& definitions = file.read.definitions;
  for (std::uint32_t i = 0; i < definitions.processes.size(); ++i) {
    if (definitions.processes[i].id != process) continue;
    execute::Deployed& made = deployed_.emplace_back();
    made.definition = definition;
    made.definitions = &definitions;
    made.graph = graph::compile(definitions, model::ProcessIndex{i}, problems);
    graph::report_unsupported(definitions, model::ProcessIndex{i}, problems);
    made.expressions = data::Expressions::compile(definitions, made.graph, problems);
    by_process_[{definition, std::string(process)}] = &made;
    return &made;
  }
  return nullptr;
}

Result<const execute::Deployed*> Session::find(std::string_view definition, std::string_view process) {
  const auto known = by_process_.find({std::string(definition), std::string(process)});
  if (known != by_process_.end()) return known->second;
  auto file = by_definition_.find(definition);
  if (file == by_definition_.end()) {
    const Result<execute::Source> source = store_->source(definition);
    if (!source) return source.error();
    DefinitionFile& read = files_.emplace_back();
    read.name = source->name;
    read.read = formats::read(source->name, source->text, sources_, read.diagnostics);
    file = by_definition_.emplace(std::string(definition), &read).first;
  }
  Diagnostics ignored;  // they were printed when it was deployed
  const execute::Deployed* made = compile(*file->second, std::string(definition), process, ignored);
  if (made == nullptr) return Error{fmt::format("definition {} has no process '{}'", definition, process)};
  return made;
}

void Session::print_findings(Diagnostics found, const std::string& name) {
  const std::vector<findings::Finding> all = findings::resolve(std::move(found.list()), sources_, name);
  findings::Options how;
  how.colour = terminal_.color();
  terminal_.out(findings::text({all, 1}, how));
}

void Session::print_notes(Diagnostics notes) {
  for (const findings::Finding& each : findings::resolve(std::move(notes.list()), sources_, {}))
    terminal_.note(fmt::format("{}:{}:{}: {}[{}] {}", each.place.file, each.place.begin.line,
                               each.place.begin.column, severity_name(each.diagnostic.severity),
                               each.diagnostic.code, each.diagnostic.message));
}

bool Session::deploy_file(const DefinitionFile& file, const std::string& definition,
                          const std::string& source, ExitCode& code) {
  Diagnostics problems;
  std::vector<std::string> processes;
  for (const model::Process& each : file.read.definitions.processes) {
    Diagnostics of_this;
    compile(file, definition, each.id, of_this);
    if (of_this.has_errors() && !each.executable && file.read.definitions.processes.size() > 1) continue;
    for (Diagnostic& found : of_this.list()) problems.add(std::move(found));
    processes.emplace_back(each.id);
  }
  if (problems.has_errors()) {
    print_findings(std::move(problems), file.name);
    code = ExitCode::findings;
    return false;
  }
  const auto deployed = store_->deploy({definition, file.name, source}, processes);
  if (deployed) return true;
  code = refuse(deployed.error());
  return false;
}

std::optional<Session::Process> Session::deploy(const std::string& path, const std::string& process,
                                                ExitCode& code) {
  const Result<std::string> bytes = world::read_file(path);
  if (!bytes) {
    code = refuse(ExitCode::unreadable, bytes.error().message);
    return std::nullopt;
  }
  DefinitionFile& file = files_.emplace_back();
  file.name = path == "-" ? "<stdin>" : path;
  file.read = formats::read(file.name, *bytes, sources_, file.diagnostics);
  if (!file.read.has_model || file.mistaken()) {
    code = file.malformed() ? ExitCode::unreadable : ExitCode::findings;
    if (!file.read.has_model && !file.malformed()) terminal_.error(file.name + " holds no process");
    print_findings(file.diagnostics, file.name);
    return std::nullopt;
  }
  const model::Definitions& definitions = file.read.definitions;
  const model::Process* chosen = nullptr;
  for (const model::Process& each : definitions.processes)
    if (!process.empty() ? each.id == process : chosen == nullptr || (each.executable && !chosen->executable))
      chosen = &each;
  if (chosen == nullptr) {
    code = process.empty() ? refuse(ExitCode::findings, file.name + " holds no process")
                           : refuse(ExitCode::not_found, fmt::format("there is no process '{}'", process));
    return std::nullopt;
  }
  // Kept as UTF-8, as JSON must be, whatever the file's own encoding is.
  const std::string source = as_utf8(sources_.text(file.read.file));
  const std::string definition = sha256(source);
  by_definition_.emplace(definition, &file);
  if (!deploy_file(file, definition, source, code)) return std::nullopt;

  // Processes that it calls, out of the files that belong with it.
  std::vector<const DefinitionFile*> calling{&file};
  std::vector<std::pair<const DefinitionFile*, std::string>> neighbours;  // and their bytes
  bool looked = path == "-";
  while (!calling.empty()) {
    const DefinitionFile& caller = *calling.back();
    calling.pop_back();
    for (const model::FlowNode& node : caller.read.definitions.nodes) {
      if (node.called_element.empty()) continue;
      const auto holds = [&](const DefinitionFile& each) {
        for (const model::Process& other : each.read.definitions.processes)
          if (other.id == node.called_element) return true;
        return false;
      };
      if (holds(caller)) continue;
      if (!looked) {
        looked = true;
        for (const world::Input& input : world::find_neighbours(path)) {
          const Result<std::string> text = world::read_file(input.path);
          if (!text) continue;
          DefinitionFile& read = files_.emplace_back();
          read.name = input.path;
          read.read = formats::read(input.path, *text, sources_, read.diagnostics);
          if (read.read.has_model && !read.mistaken())
            neighbours.emplace_back(&read, as_utf8(sources_.text(read.read.file)));
        }
      }
      for (auto& [other, text] : neighbours) {
        if (other == nullptr || !holds(*other)) continue;
        const std::string sha = sha256(text);
        by_definition_.emplace(sha, other);
        if (!deploy_file(*other, sha, text, code)) return std::nullopt;
        calling.push_back(std::exchange(other, nullptr));
        break;
      }
    }
  }
  const auto deployed = by_process_.find({definition, std::string(chosen->id)});
  return Process{definition, std::string(chosen->id),
                 deployed == by_process_.end() ? nullptr : deployed->second};
}

ExitCode Session::refuse(ExitCode code, std::string_view message) {
  terminal_.error(message);
  return code;
}

ExitCode Session::refuse(const Error& error) {
  terminal_.error(error.message);
  switch (store_->refusal()) {
    case world::FileStore::Refusal::busy:
      return ExitCode::busy;
    case world::FileStore::Refusal::damaged:
      return ExitCode::damaged;
    case world::FileStore::Refusal::disk:
      return ExitCode::unreadable;
    case world::FileStore::Refusal::missing:
      return ExitCode::not_found;
    case world::FileStore::Refusal::none:
      break;
  }
  switch (runtime_->trouble()) {
    case execute::Trouble::not_found:
      return ExitCode::not_found;
    case execute::Trouble::conflict:
      return ExitCode::busy;
    case execute::Trouble::store:
      return ExitCode::damaged;
    default:
      return ExitCode::usage;
  }
}

ExitCode Session::exit_code(execute::Status status) const {
  if (status == execute::Status::failed || status == execute::Status::incident) return ExitCode::failed;
  return status == execute::Status::waiting && options_.exit_on_wait ? ExitCode::waiting : ExitCode::done;
}

}  // namespace weir::cli
