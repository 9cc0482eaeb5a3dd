#include "cli/commands.hpp"
namespace weir::cli::commands {
ExitCode explain(const Arguments&, Terminal&) { return ExitCode::bug; }
}
