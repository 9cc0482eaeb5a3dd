// Found by the readers; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule not_dmn{
    .id = "not-dmn",
    .group = "syntax",
    .severity = Severity::error,
    .summary = "A decision file must be a DMN model.",
    .explanation =
        "The file has the name or the root element of a decision model, but its namespace is none of DMN "
        "1.1 to 1.5, so that no tool can tell what its elements mean.\n\n"
        "Mend it by the namespace of your version of DMN on the root element <definitions>, such as "
        "https://www.omg.org/spec/DMN/20191111/MODEL/ for DMN 1.3.\n\n"
        "DMN 1.5, 2 and 13 (exchange formats).",
};

}  // namespace weir::lint::rules
