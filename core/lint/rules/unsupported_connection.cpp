// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule unsupported_connection{
    .id = "unsupported-connection",
    .group = "engine",
    .severity = Severity::warning,
    .summary =
        "A process that is to run must call only what this version of weir can call, and wait for nothing "
        "else.",
    .explanation =
        "The connection is checked, simulated and verified like others, but this version of weir makes "
        "calls of type shell only. An instance that comes to such a step stops with an incident at once; "
        "no retry could help. It also receives nothing by itself: where messages come from ('from') only "
        "says "
        "so.\n\n"
        "Mend it by a step that calls a program (shell), such as curl, or that leaves the work to a worker "
        "(worker = \"type\"). Messages are brought by 'weir message send' or 'weir batch'.",
};

}  // namespace weir::lint::rules
