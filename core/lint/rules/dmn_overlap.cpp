// Found by the analysis of decision tables; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_overlap{
    .id = "dmn-overlap",
    .group = "decisions",
    .severity = Severity::error,
    .summary = "Rules of a table with hit policy UNIQUE or ANY must not contradict each other.",
    .explanation =
        "Two rules match the same input, which the finding names. UNIQUE allows only one rule, ANY "
        "several only if their outputs are the same: for such an input the table is in error, and its "
        "result is null.\n\n"
        "Mend it by narrowing one of the two rules: often an end belongs to both, as 10 does to <= 10 "
        "and >= 10. Or choose the hit policy FIRST, if the order of the rules is meant to decide. "
        "(DMN 1.5, section 8.2.10.)",
};

}  // namespace weir::lint::rules
