// Found by weir verify; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule unbounded{
    .id = "unbounded",
    .group = "soundness",
    .severity = Severity::error,
    .summary = "The number of tokens must have a limit.",
    .explanation =
        "weir verify has found a circle that produces more tokens each time it is run through: usually a "
        "flow that leads from behind a parallel split back to the front of it. The number of tokens, and "
        "with it the work, grows without end.\n\n"
        "Mend it by leading the flow back from behind the join that belongs to the split, or through an "
        "exclusive choice.\n\n"
        "BPMN 2.0.2, 13.4.1. Also reported when a loop multiplies tokens by an activity with several "
        "unconditional outgoing flows.",
};

}  // namespace weir::lint::rules
