// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule toml_syntax{
    .id = "toml-syntax",
    .group = "syntax",
    .severity = Severity::error,
    .summary = "A TOML file must be well-formed.",
    .explanation =
        "A file that is no TOML is not read at all. Mistakes are reported one for each section, at the "
        "first character that cannot be read.\n\n"
        "Mend it where the message points. Common reasons: a text without its closing quote, a comma missing "
        "between the entries of an array, a backslash in \"...\" (write '...' for texts with backslashes or "
        "quotes inside).",
};

}  // namespace weir::lint::rules
