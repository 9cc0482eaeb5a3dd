// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule unknown_key{
    .id = "unknown-key",
    .group = "schema",
    .severity = Severity::error,
    .summary = "A definition must not hold keys that mean nothing.",
    .explanation =
        "A misspelt key would silently do nothing: a step without its timeout, a task that nobody is "
        "asked to do. So every key that weir does not know is an error, with the nearest known one as a "
        "suggestion.\n\n"
        "Mend it by correcting the spelling. A key can also be known but stand in the wrong place; the "
        "message "
        "then says where it belongs.",
};

}  // namespace weir::lint::rules
