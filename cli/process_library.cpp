// Each process is compiled once, whoever calls it how often.
#include "cli/process_library.hpp"

#include "core/graph/compile.hpp"

namespace weir::cli {

bool ProcessLibrary::compile(const DefinitionFile& file, std::string_view id) {
  const model::Definitions& definitions = file.read.definitions;
  for (std::uint32_t i = 0; i < definitions.processes.size(); ++i) {
    if (definitions.processes[i].id != id) continue;
    Diagnostics found;
    Compiled& made = compiled_[std::string(id)];
    made.definitions = &definitions;
    made.graph = graph::compile(definitions, model::ProcessIndex{i}, found);
    graph::report_unsupported(definitions, model::ProcessIndex{i}, found);
    made.runs = !found.has_errors() && !file.mistaken();
    for (Diagnostic& each : found.list()) problems_.add(std::move(each));
    return true;
  }
  return false;
}

execute::DryRunOptions::Callee ProcessLibrary::find(std::string_view id) {
  auto known = compiled_.find(id);
  if (known == compiled_.end()) {
    bool found = compile(file_, id);
    if (!found)
      for (const DefinitionFile& each : neighbours_.files()) found = found || compile(each, id);
    if (!found) compiled_[std::string(id)] = {};
    known = compiled_.find(id);
  }
  if (!known->second.runs) return {};
  return {known->second.definitions, &known->second.graph};
}

}  // namespace weir::cli
