// Found by the analysis of decision tables; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_duplicate_rule{
    .id = "dmn-duplicate-rule",
    .group = "decisions",
    .severity = Severity::warning,
    .summary = "A rule should stand in a decision table once.",
    .explanation =
        "Two rules have the same tests and the same outputs. Under COLLECT and RULE ORDER the output "
        "is there twice, and counted or added twice; under the other hit policies the second rule "
        "does nothing.\n\n"
        "Mend it by deleting one of them, or by correcting the one that was copied and was to say "
        "something else. (DMN 1.5, section 8.2.10.)",
};

}  // namespace weir::lint::rules
