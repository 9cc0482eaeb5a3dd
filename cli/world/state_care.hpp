// What is done with a state directory as a whole, under its lock: looking whether all of it is as it was
// written, copying it, throwing away what nobody needs.
#pragma once

#include <string>
#include <vector>

#include "cli/world/file_store.hpp"

namespace weir::cli::world {

struct StateCare {
  StateDisk& disk;
  FileStore& store;
  std::string directory;

  struct Weight {
    std::uint64_t files = 0, bytes = 0;
  };
  struct Weights {
    Weight instances, index, journal, history, definitions;
  };
  [[nodiscard]] Weights weigh() const;

  struct Checked {
    std::uint64_t instances = 0, records = 0, histories = 0, definitions = 0;
    std::vector<std::string> damage;  // sentences with file and byte
  };
  /// Reads everything there is.
  Checked check();

  /// Copies everything that counts to a directory that is not there or empty, state.json last: a copy that
  /// was interrupted is no state directory.
  Result<Weight> copy_to(const std::string& target);

  /// Of histories, records of instances that are no more.
  Result<Weight> shorten_history();

 private:
  [[nodiscard]] std::vector<std::string> files_of(const std::string& folder) const;
  void check_file(const std::string& path, Checked& checked);
};

}  // namespace weir::cli::world
