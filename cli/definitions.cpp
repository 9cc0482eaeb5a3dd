// Each file has a SourceMap of its own, so that files can be read and dropped in parallel.
#include "cli/definitions.hpp"

namespace weir::cli {

DefinitionFile read_definition(const world::Input& input, const InputOptions& options) {
  DefinitionFile file;
  file.name = input.path == "-" ? options.stdin_name : input.path;
  Result<std::string> bytes = world::read_file(input.path);
  if (!bytes) {
    file.error = bytes.error().message;
    return file;
  }
  file.read = formats::read(file.name, std::move(*bytes), file.sources, file.diagnostics);
  return file;
}

}  // namespace weir::cli
