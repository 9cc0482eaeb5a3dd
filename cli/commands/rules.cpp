#include "cli/commands.hpp"
namespace weir::cli::commands {
ExitCode rules(const Arguments&, Terminal&) { return ExitCode::bug; }
}
