#include "cli/commands.hpp"
namespace weir::cli::commands {
ExitCode lint(const Arguments&, Terminal&) { return ExitCode::bug; }
}
