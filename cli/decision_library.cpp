#include "cli/decision_library.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/did_you_mean.hpp"

namespace weir::cli {

namespace {

bool can_be_asked(const dmn::Element& element) {
  return element.kind == dmn::Element::Kind::decision || element.kind == dmn::Element::Kind::decision_service;
}

}  // namespace

const dmn::Element* find_decision(const dmn::Definitions& definitions, std::string_view id_or_name) {
  for (const bool by_name : {false, true})
    for (const dmn::Element& each : definitions.elements)
      if (can_be_asked(each) && (by_name ? each.name : each.id) == id_or_name) return &each;
  return nullptr;
}

std::vector<std::string> decision_ids(const dmn::Definitions& definitions) {
  std::vector<std::string> ids;
  for (const dmn::Element& each : definitions.elements)
    if (can_be_asked(each)) ids.push_back(each.id.empty() ? each.name : each.id);
  return ids;
}

void DecisionLibrary::add(const DefinitionFile& file, const std::string& name) {
  if (!file.read.has_decisions) return;
  auto entry =
      std::find_if(files_.begin(), files_.end(), [&](const Entry& each) { return each.file == &file; });
  if (entry == files_.end()) {
    files_.emplace_back().file = &file;
    entry = files_.end() - 1;
  }
  entry->names.push_back(name.empty() ? file.name : name);
}

bool DecisionLibrary::is_meant(const Entry& entry, const data::DecisionReference& reference) {
  return std::any_of(entry.names.begin(), entry.names.end(),
                     [&](const std::string& name) { return data::is_decision_file(name, reference.file); });
}

std::vector<const DefinitionFile*> DecisionLibrary::holding(const data::DecisionReference& reference) const {
  std::vector<const DefinitionFile*> found;
  for (const Entry& each : files_)
    if (is_meant(each, reference) && find_decision(each.file->read.decisions, reference.id) != nullptr)
      found.push_back(each.file);
  return found;
}

Result<dmn::Decision> DecisionLibrary::find(const data::DecisionReference& reference) {
  const std::vector<const DefinitionFile*> holding = this->holding(reference);
  if (holding.empty()) {
    std::vector<std::string> names;
    bool file_is_there = false;
    for (const Entry& each : files_) {
      if (!is_meant(each, reference)) continue;
      file_is_there = true;
      for (const std::string& id : decision_ids(each.file->read.decisions)) names.push_back(id);
    }
    if (!reference.file.empty() && !file_is_there)
      return Error{fmt::format("there is no file '{}' with the decision '{}'", reference.file, reference.id)};
    return Error{
        fmt::format("there is no decision '{}'{}", reference.id, did_you_mean_text(reference.id, names))};
  }
  Diagnostics found;
  Entry& entry = compile(*holding.front(), found);
  if (!entry.problem.empty())
    for (Diagnostic& each : found.list()) problems_.add(std::move(each));
  if (!entry.problem.empty())
    return Error{
        fmt::format("'{}' is in {}, which has mistakes: {}", reference.id, entry.file->name, entry.problem)};
  const dmn::Element* element = find_decision(entry.file->read.decisions, reference.id);
  for (const dmn::Decision each : entry.program.all(element->kind))
    if (&dmn::element(each) == element) return each;
  return Error{fmt::format("there is no decision '{}'", reference.id)};
}

DecisionLibrary::Entry& DecisionLibrary::compile(const DefinitionFile& file, Diagnostics& found) {
  std::vector<const dmn::Definitions*> all{&file.read.decisions};
  Entry* entry = nullptr;
  for (Entry& each : files_) {
    if (each.file == &file)
      entry = &each;
    else
      all.push_back(&each.file->read.decisions);
  }
  if (entry->compiled) return *entry;
  entry->compiled = true;
  for (const Diagnostic& each : file.diagnostics.list()) found.add(each);
  entry->program = dmn::compile(all, found);
  for (const Diagnostic& each : found.list())
    if (each.severity == Severity::error && entry->problem.empty()) entry->problem = each.message;
  return *entry;
}

const dmn::Program& DecisionLibrary::compiled(const DefinitionFile& file, Diagnostics& found) {
  return compile(file, found).program;
}

}  // namespace weir::cli
