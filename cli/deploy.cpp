// The part of a session that keeps definitions: what a file holds goes into the store together with what it
// needs of the files beside it. A definition that asks decisions is known by its text and by those of its
// decisions, so that an instance goes on with what it was started with, whatever happens to the files.
#include <fmt/format.h>

#include <algorithm>

#include "cli/session.hpp"
#include "core/base/did_you_mean.hpp"
#include "core/lint/linter.hpp"

namespace weir::cli {

namespace {

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

bool holds_process(const DefinitionFile& file, std::string_view id) {
  return std::any_of(file.read.definitions.processes.begin(), file.read.definitions.processes.end(),
                     [&](const model::Process& each) { return each.id == id; });
}

/// What the definition says and weir does not do, and forms that are not there.
Diagnostics ignored_parts(const model::Definitions& definitions, const std::vector<lint::KnownForm>& forms) {
  Diagnostics found;
  lint::Options only;
  only.select = {"ignored-attribute", "form-missing"};
  lint::lint({definitions, nullptr, nullptr, &forms}, *lint::select(only), found);
  return found;
}

}  // namespace

std::optional<std::string> Session::deploy_decisions(const DefinitionFile& file, Neighbours& neighbours,
                                                     ExitCode& code) {
  DecisionLibrary library;
  library.add(file);
  const auto store = [&](const DefinitionFile& each, const std::vector<execute::Use>& uses,
                         const std::vector<std::string>& decisions) -> std::optional<std::string> {
    // Kept as UTF-8, as JSON must be, whatever the file's own encoding is.
    const std::string source = as_utf8(sources_.text(each.read.file));
    const std::string definition = execute::identity(source, uses);
    by_definition_.emplace(definition, &each);
    if (options_.dry_run) return definition;
    const auto deployed = store_->deploy({definition, each.name, source, uses}, {{}, decisions, {}});
    if (deployed) return definition;
    code = refuse(deployed.error());
    return std::nullopt;
  };
  std::vector<execute::Use> uses;
  if (!file.read.decisions.imports.empty())
    for (const DefinitionFile& each : neighbours.files()) {
      if (!each.read.has_decisions || &each == &file) continue;
      library.add(each);
      const auto stored = store(each, {}, {});
      if (!stored) return std::nullopt;
      uses.push_back({*stored, {}});
    }
  Diagnostics found;
  library.compiled(file, found);
  if (found.has_errors()) {
    print_findings(std::move(found), file.name);
    code = ExitCode::findings;
    return std::nullopt;
  }
  return store(file, uses, decision_ids(file.read.decisions));
}

/// Files with the decisions that the tasks of a file ask. One that is nowhere is an incident when it is
/// asked: it may be deployed until then.
std::optional<std::vector<execute::Use>> Session::deploy_asked(const DefinitionFile& file,
                                                               Neighbours& neighbours, ExitCode& code) {
  std::vector<std::pair<const DefinitionFile*, std::string>> needed;  // and what the reference calls it
  DecisionLibrary library;
  bool looked = false;
  for (const model::FlowNode& node : file.read.definitions.nodes) {
    const std::string_view text = node.work.decision.reference;
    if (text.empty()) continue;
    const data::DecisionReference reference = data::decision_reference(text);
    if (reference.file.empty() && cli::find_decision(file.read.decisions, reference.id) != nullptr) continue;
    if (!looked)
      for (const DefinitionFile& each : neighbours.files()) library.add(each);
    looked = true;
    std::vector<const DefinitionFile*> holding;
    const std::string name = data::is_expression(text) ? "" : reference.file;
    if (data::is_expression(text)) {  // any of them may be meant
      for (const DefinitionFile& each : neighbours.files())
        if (each.read.has_decisions && !each.mistaken()) holding.push_back(&each);
    } else {
      holding = library.holding(reference);
      if (holding.size() > 1) {
        terminal_.note(fmt::format("the decision '{}' is in {} and in {}: the first one counts", reference.id,
                                   holding[0]->name, holding[1]->name));
        holding.resize(1);
      }
    }
    for (const DefinitionFile* each : holding)
      if (const std::pair one(each, name); std::find(needed.begin(), needed.end(), one) == needed.end())
        needed.push_back(one);
  }
  std::vector<execute::Use> uses;
  for (const auto& [each, name] : needed) {
    const auto deployed = deploy_decisions(*each, neighbours, code);
    if (!deployed) return std::nullopt;
    uses.push_back({*deployed, name});
  }
  return uses;
}

/// A handler that does nothing in a file but nearly has the name of something there is maybe misspelt.
void Session::hint_at_handlers(const DefinitionFile& file) {
  const Project* project = projects_.find("-");
  if (project == nullptr || project->config.handlers.empty()) return;
  std::vector<std::string_view> ids, types;
  for (const model::FlowNode& node : file.read.definitions.nodes) {
    ids.push_back(node.id);
    if (!node.work.job_type.empty()) types.push_back(node.work.job_type);
  }
  const auto has = [](const std::vector<std::string_view>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const model::Handler& each : project->config.handlers) {
    if (has(types, each.job_type) || has(ids, each.job_type)) continue;
    const std::string_view meant = did_you_mean(each.job_type, types);
    const auto does_it = [&](const model::Handler& other) { return other.job_type == meant; };
    if (!meant.empty() &&
        std::none_of(project->config.handlers.begin(), project->config.handlers.end(), does_it))
      terminal_.note(fmt::format("{}: the handler '{}' does nothing in {}; did you mean '{}'?", project->name,
                                 each.job_type, file.name, meant));
  }
}

std::optional<std::string> Session::deploy_file(const DefinitionFile& file, Neighbours& neighbours,
                                                ExitCode& code, bool arms) {
  auto uses = deploy_asked(file, neighbours, code);
  if (!uses) return std::nullopt;
  const Forms forms = forms_beside(file, neighbours);
  for (const auto& [each, name] : forms) {
    const auto form = deploy_form(*each, code);
    if (!form) return std::nullopt;
    uses->push_back({*form, name});
  }
  const auto known = known_forms(file, forms);
  if (!known) {
    code = refuse(known.error());
    return std::nullopt;
  }
  const std::string source = as_utf8(sources_.text(file.read.file));
  const std::string definition = execute::identity(source, *uses);
  by_definition_.emplace(definition, &file);
  Diagnostics problems;
  std::vector<std::string> processes;
  for (const model::Process& each : file.read.definitions.processes) {
    Diagnostics of_this;
    const Result<const execute::Deployed*> made = compile(file, definition, each.id, forms, of_this);
    if (!made) {
      code = refuse(made.error());
      return std::nullopt;
    }
    feel::Workspace workspace;
    if (arms && !of_this.has_errors()) execute::start_timer_waits(**made, now(), workspace, of_this);
    if (of_this.has_errors() && !each.executable && file.read.definitions.processes.size() > 1) continue;
    for (Diagnostic& found : of_this.list()) problems.add(std::move(found));
    processes.emplace_back(each.id);
  }
  if (file.read.has_decisions) {
    DecisionLibrary own;
    own.add(file);
    own.compiled(file, problems);
  }
  if (problems.has_errors()) {
    print_findings(std::move(problems), file.name);
    code = ExitCode::findings;
    return std::nullopt;
  }
  hint_at_handlers(file);
  print_notes(ignored_parts(file.read.definitions, *known));
  if (options_.dry_run) return definition;  // known to this command, and to nobody else
  const auto deployed = store_->deploy({definition, file.name, source, *uses},
                                       {processes, decision_ids(file.read.decisions), {}});
  if (deployed) return definition;
  code = refuse(deployed.error());
  return std::nullopt;
}

/// Null after a refusal: the file cannot be read or has mistakes.
const DefinitionFile* Session::read_new(const std::string& path, ExitCode& code) {
  const Result<std::string> bytes = world::read_file(path);
  if (!bytes) {
    code = refuse(ExitCode::unreadable, bytes.error().message);
    return nullptr;
  }
  DefinitionFile& file = files_.emplace_back();
  file.name = path == "-" ? "<stdin>" : path;
  file.read = formats::read(file.name, *bytes, sources_, file.diagnostics);
  if ((file.read.has_model || file.read.has_decisions || file.read.has_form) && !file.mistaken())
    return &file;
  code = file.malformed() ? ExitCode::unreadable : ExitCode::findings;
  if (!file.read.has_model && !file.malformed()) terminal_.error(file.name + " is no definition");
  print_findings(file.diagnostics, file.name);
  return nullptr;
}

std::optional<Session::Kept> Session::keep(const std::string& path, ExitCode& code) {
  const DefinitionFile* file = read_new(path, code);
  if (file == nullptr) return std::nullopt;
  Kept kept;
  Neighbours& neighbours = neighbours_of(path);
  const auto definition = file->read.has_model  ? deploy_file(*file, neighbours, code, true)
                          : file->read.has_form ? deploy_form(*file, code)
                                                : deploy_decisions(*file, neighbours, code);
  if (!definition) return std::nullopt;
  if (file->read.has_form) kept.forms.push_back(file->read.form.id.empty() ? file->name : file->read.form.id);
  kept.definition = *definition;
  for (const model::Process& each : file->read.definitions.processes) kept.processes.emplace_back(each.id);
  kept.decisions = decision_ids(file->read.decisions);
  auto armed = arm(kept, code);
  if (!armed) return std::nullopt;
  kept.timers = std::move(*armed);
  return kept;
}

std::optional<std::vector<execute::StartTimers>> Session::arm(const Kept& kept, ExitCode& code) {
  std::vector<execute::StartTimers> armed;
  for (const std::string& process : kept.processes) {
    const Result<std::string> newest = store_->newest(process);
    if (!newest) {
      code = refuse(newest.error());
      return std::nullopt;
    }
    if (*newest != kept.definition) continue;  // it cannot run
    Diagnostics notes;
    Result<execute::StartTimers> timers = runtime_->arm(kept.definition, process, notes);
    if (!timers) {
      code = refuse(timers.error());
      return std::nullopt;
    }
    print_notes(std::move(notes));
    if (!timers->waits.empty()) armed.push_back(std::move(*timers));
  }
  return armed;
}

/// The process that is meant: the one named, else the first that is executable, else the first.
const DefinitionFile* Session::read_process(const std::string& path, const std::string& process,
                                            std::string& id, ExitCode& code) {
  const DefinitionFile* file = read_new(path, code);
  if (file == nullptr) return nullptr;
  const model::Process* chosen = nullptr;
  for (const model::Process& each : file->read.definitions.processes)
    if (!process.empty() ? each.id == process : chosen == nullptr || (each.executable && !chosen->executable))
      chosen = &each;
  if (chosen != nullptr) {
    id = chosen->id;
    return file;
  }
  code = !file->read.has_model || process.empty()
             ? refuse(ExitCode::findings, file->name + " holds no process")
             : refuse(ExitCode::not_found, fmt::format("there is no process '{}'", process));
  return nullptr;
}

std::optional<Session::Process> Session::look_at(const std::string& path, const std::string& process,
                                                 ExitCode& code) {
  keeps_nothing_ = true;
  Process out;
  const DefinitionFile* file = read_process(path, process, out.id, code);
  if (file == nullptr) return std::nullopt;
  Diagnostics problems;
  const auto compiled = compile(*file, {}, out.id, forms_beside(*file, neighbours_of(path)), problems);
  if (!compiled) {
    code = refuse(compiled.error());
    return std::nullopt;
  }
  out.deployed = *compiled;
  if (!problems.has_errors()) return out;
  print_findings(std::move(problems), file->name);
  code = ExitCode::findings;
  return std::nullopt;
}

std::optional<Session::Process> Session::deploy(const std::string& path, const std::string& process,
                                                ExitCode& code) {
  std::string id;
  const DefinitionFile* read = read_process(path, process, id, code);
  if (read == nullptr) return std::nullopt;
  const DefinitionFile& file = *read;
  Neighbours& neighbours = neighbours_of(path);
  const auto definition = deploy_file(file, neighbours, code);
  if (!definition) return std::nullopt;

  // Processes that it calls, out of the files that belong with it.
  std::vector<const DefinitionFile*> calling{&file}, deployed{&file};
  while (!calling.empty()) {
    const DefinitionFile& caller = *calling.back();
    calling.pop_back();
    for (const model::FlowNode& node : caller.read.definitions.nodes) {
      if (node.called_element.empty() || holds_process(caller, node.called_element)) continue;
      for (const DefinitionFile& other : neighbours.files()) {
        if (!other.read.has_model || other.mistaken() || !holds_process(other, node.called_element) ||
            std::find(deployed.begin(), deployed.end(), &other) != deployed.end())
          continue;
        if (!deploy_file(other, neighbours, code)) return std::nullopt;
        calling.push_back(&other);
        deployed.push_back(&other);
        break;
      }
    }
  }
  const auto compiled = by_process_.find({*definition, id});
  return Process{*definition, id, compiled == by_process_.end() ? nullptr : compiled->second};
}

// --- what was deployed ---

Result<DecisionLibrary*> Session::library_of(std::string_view definition) {
  if (const auto known = libraries_.find(definition); known != libraries_.end()) return &known->second;
  DecisionLibrary library;
  std::vector<execute::Use> open{{std::string(definition), {}}};
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Result<const DefinitionFile*> file = read_deployed(open[i].sha256);
    if (!file) return file.error();
    library.add(**file, open[i].name);
    const Result<execute::Source> source = store_->source(open[i].sha256);
    if (!source) return source.error();
    for (const execute::Use& each : source->uses)
      if (std::find(open.begin(), open.end(), each) == open.end()) open.push_back(each);
  }
  return &libraries_.emplace(std::string(definition), std::move(library)).first->second;
}

Result<dmn::Decision> Session::find_decision(const execute::Deployed& deployed,
                                             const data::DecisionReference& reference) {
  const Result<DecisionLibrary*> own = library_of(deployed.definition);
  if (!own) return own.error();
  const std::vector<const DefinitionFile*> holding = (*own)->holding(reference);
  if (reference.binding == "deployment" && !holding.empty()) return (*own)->find(reference);
  // Versions are counted by id; a name is looked up where it was deployed.
  std::string id = reference.id;
  if (!holding.empty())
    if (const dmn::Element* element = cli::find_decision(holding.front()->read.decisions, id);
        !element->id.empty())
      id = element->id;
  const Result<std::string> definition = store_->decision(id, reference.version);
  if (!definition) return definition.error();
  if (definition->empty() && reference.version != 0)
    return Error{fmt::format("there is no version {} of the decision '{}'", reference.version, id)};
  if (definition->empty()) return (*own)->find(reference);
  const Result<DecisionLibrary*> library = library_of(*definition);
  if (!library) return library.error();
  data::DecisionReference by_id = reference;
  by_id.id = id;
  if (!holding.empty()) by_id.file.clear();  // its next version may be in a file of another name
  return (*library)->find(by_id);
}

}  // namespace weir::cli
