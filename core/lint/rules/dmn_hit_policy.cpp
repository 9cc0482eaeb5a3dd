// Found by the evaluation of decisions; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_hit_policy{
    .id = "dmn-hit-policy",
    .group = "decisions",
    .severity = Severity::warning,
    .summary = "The rules that match must fit the hit policy.",
    .explanation =
        "Several rules of a table match, but its hit policy does not say which one counts: UNIQUE "
        "allows only one, ANY only rules with the same outputs, PRIORITY and OUTPUT ORDER need "
        "output values in their order. The result is null.\n\n"
        "Mend it by making the rules exclusive, or by choosing another hit policy such as FIRST.",
};

}  // namespace weir::lint::rules
