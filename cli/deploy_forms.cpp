// The part of a session that knows forms in files of their own: which one a task means, and that it is kept
// with the process.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "cli/session.hpp"
#include "core/data/decisions.hpp"
#include "core/data/texts.hpp"

namespace weir::cli {

namespace {

/// References of a file that can be looked up.
std::vector<const model::FormReference*> references(const DefinitionFile& file) {
  std::vector<const model::FormReference*> out;
  for (const model::FlowNode& node : file.read.definitions.nodes)
    if (node.work.form_file.written() && !data::is_expression(node.work.form_file.id))
      out.push_back(&node.work.form_file);
  return out;
}

}  // namespace

bool Session::is_meant(const model::FormReference& wanted, const UsedForm& form) {
  if (!form.file->read.has_form) return false;
  return wanted.file.empty()
             ? form.file->read.form.id == wanted.id
             : data::is_decision_file(form.name.empty() ? form.file->name : form.name, wanted.file);
}

bool Session::offer_form(const std::string& path, ExitCode& code) {
  const DefinitionFile* file = read_new(path, code);
  if (file != nullptr) offered_.push_back(file);
  return file != nullptr;
}

/// Those that the tasks of a file mean, each once; what was named comes first.
Session::Forms Session::forms_beside(const DefinitionFile& file, Neighbours& neighbours) {
  Forms found;
  for (const model::FormReference* wanted : references(file)) {
    Files all = offered_;
    for (const DefinitionFile& each : neighbours.files()) all.push_back(&each);
    std::erase_if(all, [&](const DefinitionFile* each) { return !is_meant(*wanted, {each, {}}); });
    if (all.empty()) continue;
    const auto other = std::find_if(all.begin() + 1, all.end(), [&](const DefinitionFile* each) {
      return sources_.text(each->read.file) != sources_.text(all[0]->read.file);
    });
    if (other != all.end())
      terminal_.note(fmt::format("the form '{}' is in {} and in {}: the first one counts",
                                 wanted->file.empty() ? wanted->id : wanted->file, all[0]->name,
                                 (*other)->name));
    const UsedForm used{all[0], std::string(wanted->file)};
    if (std::find(found.begin(), found.end(), used) == found.end()) found.push_back(used);
  }
  return found;
}

std::optional<std::string> Session::deploy_form(const DefinitionFile& file, ExitCode& code) {
  const std::string source(sources_.text(file.read.file));
  const std::string definition = execute::identity(source, {});
  by_definition_.emplace(definition, &file);
  print_notes(file.diagnostics);
  if (options_.dry_run) return definition;
  std::vector<std::string> ids;
  if (!file.read.form.id.empty()) ids.push_back(file.read.form.id);
  const auto deployed = store_->deploy({definition, file.name, source, {}}, {{}, {}, ids});
  if (deployed) return definition;
  code = refuse(deployed.error());
  return std::nullopt;
}

Result<Session::Forms> Session::forms_of(const DefinitionFile& file, std::string_view definition) {
  Forms found;
  if (references(file).empty()) return found;
  const Result<execute::Source> source = store_->source(definition);
  if (!source) return source.error();
  for (const execute::Use& each : source->uses) {
    const Result<const DefinitionFile*> used = read_deployed(each.sha256);
    if (!used) return used.error();
    if ((*used)->read.has_form) found.push_back({*used, each.name});
  }
  return found;
}

Result<const model::Form*> Session::find_form(const model::FormReference& wanted, const Forms& own) {
  const auto held =
      std::find_if(own.begin(), own.end(), [&](const UsedForm& each) { return is_meant(wanted, each); });
  const model::Form* beside = held == own.end() ? nullptr : &held->file->read.form;
  if (!wanted.file.empty() || wanted.binding == "deployment" || keeps_nothing_) return beside;
  std::uint64_t version = 0;
  if (wanted.binding == "version") {
    const auto [end, problem] =
        std::from_chars(wanted.version.data(), wanted.version.data() + wanted.version.size(), version);
    if (problem != std::errc{} || version == 0) return nullptr;
  }
  const Result<std::string> definition = store_->form(wanted.id, version);
  if (!definition) return definition.error();
  if (definition->empty()) return version == 0 ? beside : nullptr;
  const Result<const DefinitionFile*> file = read_deployed(*definition);
  if (!file) return file.error();
  if (!(*file)->read.has_form)
    return Error{fmt::format("definition {} of the form '{}' holds no form", *definition, wanted.id)};
  return &(*file)->read.form;
}

/// What the file means, wherever it was found.
Result<std::vector<lint::KnownForm>> Session::known_forms(const DefinitionFile& file, const Forms& forms) {
  std::vector<lint::KnownForm> known;
  for (const auto& [each, name] : forms) known.push_back({name.empty() ? each->name : name, {}});
  for (const model::FormReference* wanted : references(file)) {
    if (!wanted->file.empty()) continue;
    const Result<const model::Form*> form = find_form(*wanted, forms);
    if (!form) return form.error();
    if (*form != nullptr) known.push_back({{}, std::string(wanted->id)});
  }
  return known;
}

}  // namespace weir::cli
