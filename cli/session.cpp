#include "cli/session.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "cli/project.hpp"
#include "cli/variables.hpp"
#include "cli/world/process_identity.hpp"
#include "cli/world/random_seed.hpp"
#include "core/data/declared.hpp"
#include "core/graph/compile.hpp"
#include "formats/findings/findings.hpp"

namespace weir::cli {

namespace findings = formats::findings;

namespace {

/// --state, else $WEIR_STATE, else what the project says, else .weir/ here or further up as git looks for
/// .git, else .weir/ here.
std::string state_directory(const std::string& option, const Project* project) {
  if (!option.empty()) return option;
  if (const char* variable = std::getenv("WEIR_STATE"); variable != nullptr && *variable != '\0')
    return variable;
  if (project != nullptr && !project->config.state.directory.empty())
    return project->config.state.directory.starts_with('/')
               ? project->config.state.directory
               : project->folder + project->config.state.directory;
  std::string up;
  for (int levels = 0; levels < 64; ++levels, up += "../") {
    if (world::is_directory(up + ".weir")) return up + ".weir";
    struct stat here {
    }, above{};
    if (::stat((up + ".").c_str(), &here) != 0 || ::stat((up + "..").c_str(), &above) != 0 ||
        (here.st_dev == above.st_dev && here.st_ino == above.st_ino))
      break;
  }
  return ".weir";
}

std::string random_id() {
  return fmt::format("{:016x}", world::random_seed());
}

}  // namespace

Session::Session(const RuntimeOptions& options, Terminal& terminal, bool create)
    : options_(options), terminal_(terminal) {
  const Project* project = projects_.find("-");
  directory_ = state_directory(options.state, project);
  // Who may do what, and how, goes with the state, wherever the command is given.
  const char* variable = std::getenv("WEIR_STATE");
  const bool named = !options.state.empty() || (variable != nullptr && *variable != '\0');
  if (named || project == nullptr || project->config.state.directory.empty())
    if (const Project* near = projects_.find(directory_)) project = near;
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
  runtime_->find_decisions(
      [this](const execute::Deployed& deployed, const data::DecisionReference& reference) {
        return find_decision(deployed, reference);
      });
  runtime_->seed(world::random_seed());
  if (project == nullptr) return;
  if (project->diagnostics.has_errors())  // rules of who may do what are not to be guessed
    problem_ = fmt::format("{} is wrong: 'weir lint {}' says where", project->name, project->name);
  people_ = project->config.people;
  runtime_->know(people_);
  runtime_->delegate(project->config.handlers, project->config.declared.connections);
  if (project->config.state.sync == formats::toml::Config::Sync::never) {
    disk_.never_sync();
    terminal.note(
        fmt::format("{} says fsync = \"never\": after a power failure the last steps may be lost or damaged",
                    project->name));
  }
}

Result<value::Variables> Session::variables(const model::Definitions& definitions, bool beginning) {
  const Result<value::Variables> given = read_variables(options_.variables);
  if (!given) return given.error();
  feel::Workspace workspace;
  return data::declared(definitions, *given, beginning, workspace);
}

Result<const execute::Deployed*> Session::compile(const DefinitionFile& file, const std::string& definition,
                                                  std::string_view process, const Forms& forms,
                                                  Diagnostics& problems) {
  const model::Definitions& definitions = file.read.definitions;
  for (std::uint32_t i = 0; i < definitions.processes.size(); ++i) {
    if (definitions.processes[i].id != process) continue;
    execute::Deployed& made = deployed_.emplace_back();
    made.definition = definition;
    made.definitions = &definitions;
    made.graph = graph::compile(definitions, model::ProcessIndex{i}, problems);
    graph::report_unsupported(definitions, model::ProcessIndex{i}, problems);
    made.expressions = data::Expressions::compile(definitions, made.graph, problems);
    for (std::uint32_t node = 1; node < made.graph.nodes.size(); ++node) {
      const model::FormReference& wanted = definitions[made.graph.origin[node]].work.form_file;
      if (!wanted.written()) continue;
      const Result<const model::Form*> form = find_form(wanted, forms);
      if (!form) return form.error();
      if (*form != nullptr) made.forms.emplace_back(NodeId{node}, *form);
    }
    by_process_[{definition, std::string(process)}] = &made;
    return &made;
  }
  return nullptr;
}

Result<const DefinitionFile*> Session::read_deployed(std::string_view definition) {
  if (const auto known = by_definition_.find(definition); known != by_definition_.end()) return known->second;
  const Result<execute::Source> source = store_->source(definition);
  if (!source) return source.error();
  DefinitionFile& read = files_.emplace_back();
  read.name = source->name;
  read.read = formats::read(source->name, source->text, sources_, read.diagnostics);
  by_definition_.emplace(std::string(definition), &read);
  return &read;
}

Result<const execute::Deployed*> Session::find(std::string_view definition, std::string_view process) {
  const auto known = by_process_.find({std::string(definition), std::string(process)});
  if (known != by_process_.end()) return known->second;
  const Result<const DefinitionFile*> file = read_deployed(definition);
  if (!file) return file.error();
  const Result<Forms> forms = forms_of(**file, definition);
  if (!forms) return forms.error();
  Diagnostics ignored;  // they were printed when it was deployed
  const auto made = compile(**file, std::string(definition), process, *forms, ignored);
  if (made && *made == nullptr)
    return Error{fmt::format("definition {} has no process '{}'", definition, process)};
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

ExitCode Session::refuse(ExitCode code, std::string_view message) {
  terminal_.error(message);
  return code;
}

ExitCode Session::refuse(const Error& error) {
  terminal_.error(error.message);
  switch (store_->refusal()) {
    case world::Refusal::busy:
      return ExitCode::busy;
    case world::Refusal::damaged:
      return ExitCode::damaged;
    case world::Refusal::disk:
      return ExitCode::unreadable;
    case world::Refusal::missing:
      return ExitCode::not_found;
    case world::Refusal::none:
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

Session::~Session() = default;

}  // namespace weir::cli
