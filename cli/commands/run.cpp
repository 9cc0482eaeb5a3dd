#include "cli/commands.hpp"
namespace weir::cli::commands {
ExitCode run(const Arguments&, Terminal&) {
  return ExitCode::bug;
}
}  // namespace weir::cli::commands
