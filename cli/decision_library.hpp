// Decisions that tasks ask, out of files that belong together. A file is compiled when the first of its
// decisions is asked.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "cli/definitions.hpp"
#include "core/data/decisions.hpp"
#include "core/dmn/program.hpp"

namespace weir::cli {

/// The decision or decision service with this id, else with this name; null when there is none.
const dmn::Element* find_decision(const dmn::Definitions& definitions, std::string_view id_or_name);
/// The ids of everything that tasks can ask; names where there are no ids.
std::vector<std::string> decision_ids(const dmn::Definitions& definitions);

class DecisionLibrary {
 public:
  /// Adds a file; those without decisions are passed over. It must outlive the library. Files may import each
  /// other, so all are added before the first decision is looked for. `name`: what references call it, empty
  /// = its own; one file may have several.
  void add(const DefinitionFile& file, const std::string& name = {});

  /// Files that hold a decision.
  [[nodiscard]] std::vector<const DefinitionFile*> holding(const data::DecisionReference& reference) const;
  /// The decision in the first file that holds it; the error is for the user.
  Result<dmn::Decision> find(const data::DecisionReference& reference);
  /// What is wrong with files whose decisions were looked for.
  [[nodiscard]] Diagnostics& problems() { return problems_; }
  /// The program of a file that was added. What is wrong with it was said in `found`, the first time.
  const dmn::Program& compiled(const DefinitionFile& file, Diagnostics& found);

 private:
  struct Entry {
    const DefinitionFile* file = nullptr;
    std::vector<std::string> names;
    dmn::Program program;
    bool compiled = false;
    std::string problem;
  };
  static bool is_meant(const Entry& entry, const data::DecisionReference& reference);
  Entry& compile(const DefinitionFile& file, Diagnostics& found);
  std::deque<Entry> files_;
  Diagnostics problems_;
};

}  // namespace weir::cli
