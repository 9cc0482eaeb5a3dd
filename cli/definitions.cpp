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

}  // namespace weir::cli
