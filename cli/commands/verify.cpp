#include "cli/commands.hpp"
namespace weir::cli::commands {
ExitCode verify(const Arguments&, Terminal&) {
  return ExitCode::bug;
}
}  // namespace weir::cli::commands
