// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule not_a_definition{
    .id = "not-a-definition",
    .group = "schema",
    .severity = Severity::warning,
    .summary = "A TOML file given to weir should be a definition of weir.",
    .explanation =
        "The first key of a definition is weir = 1; that is how weir tells its files from the TOML files "
        "of other programs.\n\nMend it by adding the line, or by leaving the file out.",
};

}  // namespace weir::lint::rules
