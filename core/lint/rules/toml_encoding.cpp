// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule toml_encoding{
    .id = "toml-encoding",
    .group = "syntax",
    .severity = Severity::error,
    .summary = "A TOML file must be UTF-8.",
    .explanation =
        "TOML has no way to name another encoding, so bytes that are no UTF-8 could mean anything: a name "
        "would be shown with other letters than its author saw.\n\n"
        "Mend it by saving the file as UTF-8; a byte order mark is accepted.",
};

}  // namespace weir::lint::rules
