// Files that are looked at in parallel must not share a SourceMap.
#include "cli/definitions.hpp"

namespace weir::cli {

DefinitionFile read_definition(const world::Input& input, const InputOptions& options, SourceMap& sources) {
  DefinitionFile file;
  file.name = input.path == "-" ? options.stdin_name : input.path;
  Result<std::string> bytes = world::read_file(input.path);
  if (!bytes) {
    file.error = bytes.error().message;
    return file;
  }
  file.read = formats::read(file.name, std::move(*bytes), sources, file.diagnostics);
  return file;
}

const std::deque<DefinitionFile>& Neighbours::files() {
  if (!read_ && path_ != "-")
    for (const world::Input& input : world::find_neighbours(path_))
      files_.push_back(read_definition(input, options_, sources_));
  read_ = true;
  return files_;
}

std::deque<DefinitionFile> read_imported(const world::Input& input, const DefinitionFile& file,
                                         const InputOptions& options, SourceMap& sources) {
  std::deque<DefinitionFile> found;
  if (file.read.decisions.imports.empty() || input.path == "-") return found;
  for (const world::Input& neighbour : world::find_neighbours(input.path)) {
    if (!neighbour.path.ends_with(".dmn")) continue;
    DefinitionFile made = read_definition(neighbour, options, sources);
    if (made.read.has_decisions) found.push_back(std::move(made));
  }
  return found;
}

DefinitionFile::DefinitionFile() = default;
DefinitionFile::DefinitionFile(DefinitionFile&&) noexcept = default;
DefinitionFile& DefinitionFile::operator=(DefinitionFile&&) noexcept = default;
DefinitionFile::~DefinitionFile() = default;

}  // namespace weir::cli
