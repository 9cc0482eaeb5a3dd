// The processes that call activities can reach: those of the file that is run, then those of the definitions
// that belong with it, which are read when the first call needs them.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "cli/definitions.hpp"
#include "core/execute/dry_run.hpp"
#include "core/graph/process_graph.hpp"

namespace weir::cli {

class ProcessLibrary {
 public:
  /// `file` and `sources` must outlive the library.
  ProcessLibrary(const DefinitionFile& file, std::string path, const InputOptions& options,
                 SourceMap& sources)
      : file_(file), path_(std::move(path)), options_(options), sources_(sources) {}

  /// The process with this id; null when there is none that can run. Problems of its definition go to
  /// problems().
  execute::DryRunOptions::Callee find(std::string_view id);
  /// Errors of called definitions.
  [[nodiscard]] Diagnostics& problems() { return problems_; }

 private:
  bool compile(const DefinitionFile& file, std::string_view id);

  const DefinitionFile& file_;
  std::string path_;
  const InputOptions& options_;
  SourceMap& sources_;
  bool neighbours_read_ = false;
  std::deque<DefinitionFile> neighbours_;
  struct Compiled {
    const model::Definitions* definitions = nullptr;
    graph::ProcessGraph graph;
    bool runs = false;
  };
  std::map<std::string, Compiled, std::less<>> compiled_;
  Diagnostics problems_;
};

}  // namespace weir::cli
