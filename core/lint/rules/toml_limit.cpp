// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule toml_limit{
    .id = "toml-limit",
    .group = "syntax",
    .severity = Severity::error,
    .summary = "A TOML file must stay within the limits of what is read.",
    .explanation =
        "Texts of a megabyte, tables nested a hundred levels deep or a hundred thousand dotted keys do "
        "not occur in definitions that people write, but stall or crash programs that read them. weir "
        "stops there.\n\n"
        "Mend it by moving data out of the definition, and by calling processes instead of nesting them.",
};

}  // namespace weir::lint::rules
