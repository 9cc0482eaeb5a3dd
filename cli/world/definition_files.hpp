// Deployed definitions in the state directory:
//
//   definitions/<sha256>.json   the source and what was deployed with it
//   definitions/versions.jsonl  which processes, decisions and forms they hold, oldest first
//
// They are kept for ever: instances run them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/world/refusal.hpp"
#include "cli/world/state_disk.hpp"
#include "core/execute/store.hpp"

namespace weir::cli::world {

class DefinitionFiles {
 public:
  DefinitionFiles(StateDisk& disk, std::string directory, Refusals& refusals)
      : disk_(disk), directory_(std::move(directory)), refusals_(refusals) {}

  /// Somebody else may have deployed something.
  void look_again() { read_ = false; }

  // As execute::Store has them.
  Result<std::uint64_t> deploy(const execute::Source& source, const execute::Held& held);
  Result<execute::Source> source(std::string_view sha256);
  Result<std::vector<std::string>> processes();
  Result<std::string> newest(std::string_view process);
  Result<std::vector<std::string>> versions(std::string_view process);
  Result<std::string> decision(std::string_view id, std::uint64_t version) {
    return one_of(decisions_, id, version);
  }
  Result<std::string> form(std::string_view id, std::uint64_t version) { return one_of(forms_, id, version); }
  /// Of every version of everything.
  Result<std::vector<std::string>> all();

 private:
  using Versions = std::vector<std::pair<std::string, std::string>>;  // id, sha256
  static std::string newest_of(const Versions& versions, std::string_view id);
  Result<std::string> one_of(const Versions& all, std::string_view id, std::uint64_t version);
  [[nodiscard]] std::string path(std::string_view name) const { return directory_ + "/" + std::string(name); }
  Result<std::uint64_t> read_versions();
  Result<std::uint64_t> append(std::string lines);

  StateDisk& disk_;
  std::string directory_;
  Refusals& refusals_;
  Versions versions_, decisions_, forms_;
  bool read_ = false;
  bool there_ = false;  // versions.jsonl
};

}  // namespace weir::cli::world
