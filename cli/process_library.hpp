// The processes that call activities can reach: those of the file that is run, then those of the definitions
// that belong with it, which are read when the first call needs them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cli/definitions.hpp"
#include "core/execute/dry_run.hpp"
#include "core/graph/process_graph.hpp"

namespace weir::cli {

class ProcessLibrary {
 public:
  /// `file` and `neighbours` must outlive the library.
  ProcessLibrary(const DefinitionFile& file, Neighbours& neighbours) : file_(file), neighbours_(neighbours) {}

  /// The process with this id; null when there is none that can run. Problems of its definition go to
  /// problems().
  execute::DryRunOptions::Callee find(std::string_view id);
  /// Errors of called definitions.
  [[nodiscard]] Diagnostics& problems() { return problems_; }

 private:
  bool compile(const DefinitionFile& file, std::string_view id);

  const DefinitionFile& file_;
  Neighbours& neighbours_;
  struct Compiled {
    const model::Definitions* definitions = nullptr;
    graph::ProcessGraph graph;
    bool runs = false;
  };
  std::map<std::string, Compiled, std::less<>> compiled_;
  Diagnostics problems_;
};

}  // namespace weir::cli
