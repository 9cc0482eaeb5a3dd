// Reading the definitions that a command was given; the part that lint, verify and run have in common.
#pragma once

#include <deque>
#include <string>

#include "cli/arguments.hpp"
#include "cli/world/disk.hpp"
#include "core/base/diagnostic.hpp"
#include "core/base/source_map.hpp"
#include "formats/read.hpp"

namespace weir::cli {

/// One file that was looked at.
struct DefinitionFile {
  // In the .cpp file: else every file that has one compiles all of this again.
  DefinitionFile();
  DefinitionFile(DefinitionFile&&) noexcept;
  DefinitionFile& operator=(DefinitionFile&&) noexcept;
  ~DefinitionFile();

  std::string name;   // as messages call it
  std::string error;  // why its bytes could not be read; everything else is empty then
  Diagnostics diagnostics;
  formats::ReadResult read;

  /// No definition at all: not well-formed, or something else than BPMN, DMN and forms.
  [[nodiscard]] bool malformed() const {
    return !read.has_model && !read.has_decisions && !read.has_form && diagnostics.has_errors();
  }
  /// A TOML definition with mistakes: part of what its author meant is missing, so only lint goes on with it.
  [[nodiscard]] bool mistaken() const {
    return read.has_model && read.kind == formats::FileKind::toml && diagnostics.has_errors();
  }
};

/// Reads one file and adds its text to `sources`; what is wrong with it stands in the result.
DefinitionFile read_definition(const world::Input& input, const InputOptions& options, SourceMap& sources);

/// The definitions that belong with a file, read when they are first needed.
class Neighbours {
 public:
  /// `options` and `sources` must outlive it. Standard input has no neighbours.
  Neighbours(std::string path, const InputOptions& options, SourceMap& sources)
      : path_(std::move(path)), options_(options), sources_(sources) {}
  const std::deque<DefinitionFile>& files();

 private:
  std::string path_;
  const InputOptions& options_;
  SourceMap& sources_;
  bool read_ = false;
  std::deque<DefinitionFile> files_;
};

/// The DMN files around one that imports others: what it may import. Empty when it imports nothing.
std::deque<DefinitionFile> read_imported(const world::Input& input, const DefinitionFile& file,
                                         const InputOptions& options, SourceMap& sources);

}  // namespace weir::cli
