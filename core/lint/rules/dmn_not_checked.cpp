// Found by the analysis of decision tables; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_not_checked{
    .id = "dmn-not-checked",
    .group = "decisions",
    .severity = Severity::info,
    .summary = "A decision table that is too large is not looked at in every respect.",
    .explanation =
        "Whether a table has gaps or overlaps can take more work than anyone waits for, when it has "
        "very many rules and inputs. weir stops at a limit and says what it has not looked for; what "
        "it has found until then is reported and right. Evaluating the table is not affected.\n\n"
        "Mend it by splitting the table: one that depends on few inputs is checked quickly however "
        "many rules it has. Or ignore it, as nothing is wrong with the table as such.",
};

}  // namespace weir::lint::rules
