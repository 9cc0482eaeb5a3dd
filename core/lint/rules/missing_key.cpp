// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule missing_key{
    .id = "missing-key",
    .group = "schema",
    .severity = Severity::error,
    .summary = "A definition must say what it cannot do without.",
    .explanation =
        "A step without kind, a choice without conditions, a handler without trigger or a connection "
        "without type says too little to be run or drawn.\n\n"
        "Mend it by adding what the message names; it gives an example.",
};

}  // namespace weir::lint::rules
