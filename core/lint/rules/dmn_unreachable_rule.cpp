// Found by the analysis of decision tables; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_unreachable_rule{
    .id = "dmn-unreachable-rule",
    .group = "decisions",
    .severity = Severity::warning,
    .summary = "Every rule of a decision table should match some input.",
    .explanation =
        "No value passes one of the tests of this rule: an interval begins behind its end, two tests "
        "of the same input exclude each other, or a value is named that the type of the input does "
        "not allow, most often by a slip of the pen.\n\n"
        "Mend it by correcting the test, or by adding the value to the allowed values of the input or "
        "its type; else delete the rule. (DMN 1.5, sections 7.3.3 and 8.3.3.)",
};

}  // namespace weir::lint::rules
