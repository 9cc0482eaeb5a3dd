// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule misplaced_handler{
    .id = "misplaced-handler",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "A handler must stand with the step it belongs to.",
    .explanation =
        "In TOML, [[step.on]] after a nested [[step.step]] belongs to the outer step, whatever the "
        "indentation suggests.\n\nMend it by writing on = [...] inside the step, or [[step.step.on]].",
};

}  // namespace weir::lint::rules
