// Found by the evaluation of decisions; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_no_logic{
    .id = "dmn-no-logic",
    .group = "decisions",
    .severity = Severity::warning,
    .summary = "A decision needs an expression.",
    .explanation =
        "A decision, a knowledge model or a part of a boxed expression that is needed for the "
        "result has no expression, or none that can be read: nothing says how its value is found, "
        "so it is null.\n\n"
        "Mend it by giving it an expression, or by removing the requirement.",
};

}  // namespace weir::lint::rules
