// Found by the analysis of decision tables; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_shadowed_rule{
    .id = "dmn-shadowed-rule",
    .group = "decisions",
    .severity = Severity::warning,
    .summary = "Every rule of a decision table should count for some input.",
    .explanation =
        "Wherever this rule matches, rules that count before it do so too: earlier ones under FIRST, "
        "those with more important outputs under PRIORITY. It never decides anything, and whoever "
        "reads the table is misled. Often a wide rule stands above a narrow one.\n\n"
        "Mend it by moving the narrow rule up, by narrowing the rules that the finding names, or by "
        "deleting the rule. (DMN 1.5, section 8.2.10.)",
};

}  // namespace weir::lint::rules
