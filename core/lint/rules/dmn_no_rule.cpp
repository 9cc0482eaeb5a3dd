// Found by the evaluation of decisions; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_no_rule{
    .id = "dmn-no-rule",
    .group = "decisions",
    .severity = Severity::warning,
    .summary = "Some rule of a decision table should match.",
    .explanation =
        "No rule of a decision table matches the inputs, and its outputs have no default. The table "
        "is incomplete for them, and its result is null; `weir decide --explain` shows which test "
        "of each rule was not true.\n\n"
        "Mend it by adding a rule for such inputs, or a default output entry.",
};

}  // namespace weir::lint::rules
