// weir.toml: which one counts for a file, and what it says.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/diagnostic.hpp"
#include "core/base/source_map.hpp"
#include "formats/toml/config.hpp"

namespace weir::cli {

/// A folder with a weir.toml.
struct Project {
  // In the .cpp file: else every file that has one compiles all of this again.
  Project();
  Project(Project&&) noexcept;
  Project& operator=(Project&&) noexcept;
  ~Project();

  std::string folder;  // "" or with a '/' at its end
  std::string name;    // of the file, for messages
  formats::toml::Config config;
  SourceMap sources;
  Diagnostics diagnostics;  // what is wrong with it

  /// A path as patterns in the file mean it, empty when it is not below the folder.
  [[nodiscard]] std::string_view relative(std::string_view path) const;
};

class Projects {
 public:
  /// The project that a file belongs to: the nearest weir.toml in its folder or above; null = none. Standard
  /// input ("-") belongs where the command was called.
  const Project* find(const std::string& path);
  /// All that were found, by file.
  [[nodiscard]] const std::map<std::string, std::unique_ptr<Project>>& all() const { return projects_; }

 private:
  const Project* find_in(const std::string& folder, int levels);

  std::map<std::string, const Project*> by_folder_;
  std::map<std::string, std::unique_ptr<Project>> projects_;
};

}  // namespace weir::cli
