// Found by the evaluation of decisions; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_value_not_allowed{
    .id = "dmn-value-not-allowed",
    .group = "decisions",
    .severity = Severity::warning,
    .summary = "Values must be among those that are allowed.",
    .explanation =
        "A value is not among the allowedValues of its type, or the inputValues or outputValues of "
        "a column of a decision table. The value counts as an error, and what depends on it is "
        "null.\n\n"
        "Mend it by giving one of the allowed values, or by adding this one to them.",
};

}  // namespace weir::lint::rules
