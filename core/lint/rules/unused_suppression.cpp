// Reported by the linter itself: a suppression that is no longer needed.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule unused_suppression{
    .id = "unused-suppression",
    .group = "meta",
    .severity = Severity::info,
    .summary = "A suppression must suppress something.",
    .explanation =
        "The element and what is inside it have no finding of the rule that weir:ignore names. What was "
        "wrong has been "
        "mended, and the suppression would now hide the next mistake.\n\n"
        "Mend it by removing the name from weir:ignore.",
};

}  // namespace weir::lint::rules
