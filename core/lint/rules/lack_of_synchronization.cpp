// Found by weir verify; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule lack_of_synchronization{
    .id = "lack-of-synchronization",
    .group = "soundness",
    .severity = Severity::error,
    .summary = "Parallel branches must be joined before the process goes on.",
    .explanation =
        "weir verify has found a run in which an element holds two tokens at once: parallel branches come "
        "together at an exclusive gateway, or at a task or event with several incoming flows, where they "
        "are not joined. Everything behind that place is done twice: two orders, two payments.\n\n"
        "Mend it by a parallel gateway (or an inclusive one, if not all branches always run) where the "
        "branches come together. If the work really is to be done once per branch, use a multi-instance "
        "activity, which says so.\n\n"
        "BPMN 2.0.2, 13.4.1 and 13.4.2. In the terms of soundness: the process is not safe.",
};

}  // namespace weir::lint::rules
