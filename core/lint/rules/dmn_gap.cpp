// Found by the analysis of decision tables; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_gap{
    .id = "dmn-gap",
    .group = "decisions",
    .severity = Severity::warning,
    .summary = "A decision table should have a rule for every input.",
    .explanation =
        "The hit policy promises one result, but there are inputs for which no rule matches, and no "
        "output has a default: the result is null for them. The finding names such an input; `weir "
        "decide` with it shows the null. Inputs of a type that lists its values are only looked at "
        "for these values. Numbers are not only integers: between < 10 and > 10 there is 10, and "
        "between [0..9] and [10..20] there is 9.5.\n\n"
        "Mend it by closing the hole, by a last rule with - in every input, or by a default output "
        "entry. Tests that call functions or look at variables count as matching, so that what is "
        "reported is certain as long as the inputs do not depend on each other. (DMN 1.5, section "
        "8.2.11.)",
};

}  // namespace weir::lint::rules
