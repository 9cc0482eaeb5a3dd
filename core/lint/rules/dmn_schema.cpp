// Found by the reader; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_schema{
    .id = "dmn-schema",
    .group = "schema",
    .severity = Severity::error,
    .summary = "A decision model must follow the schema of DMN.",
    .explanation =
        "Something in the DMN file stands where DMN does not allow it, or something that DMN needs "
        "is missing: an <input> without an expression, a rule with fewer entries than the table has "
        "columns, an unknown hit policy. What is written there cannot be decided as it was meant.\n\n"
        "Mend it by adding what the message names, or by removing what has no place there.",
};

}  // namespace weir::lint::rules
