// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule unsupported_key{
    .id = "unsupported-key",
    .group = "schema",
    .severity = Severity::error,
    .summary = "This version of weir must know how to read all of a definition.",
    .explanation =
        "The key belongs to the language, but this version of weir does not read it yet. Ignoring it "
        "would run a process that differs from what is written, so it is an error.\n\n"
        "Mend it by leaving the key out, or use a newer version.",
};

}  // namespace weir::lint::rules
