// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule unsupported_connection{
    .id = "unsupported-connection",
    .group = "engine",
    .severity = Severity::warning,
    .summary = "A process that is to run must call only what this version of weir can call.",
    .explanation =
        "The connection is checked, simulated and verified like others, but this version of weir makes "
        "calls of type shell only. An instance that comes to such a step stops with an incident at once; "
        "no retry could help.\n\n"
        "Mend it by a step that calls a program (shell), such as curl, or that leaves the work to a worker "
        "(worker = \"type\").",
};

}  // namespace weir::lint::rules
