// Found by weir verify; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule improper_completion{
    .id = "improper-completion",
    .group = "soundness",
    .severity = Severity::error,
    .summary = "An end event of the process must not happen twice in one instance.",
    .explanation =
        "weir verify has found a run in which one instance reaches the same end event twice: parallel "
        "branches were not joined before it, or a token was left over and came later. What looks done is "
        "done a second time, or goes on after others were told that it is finished.\n\n"
        "Mend it by joining the branches in front of the end event; or, if the rest is to be dropped at "
        "the first one, end with a terminate event.\n\n"
        "BPMN 2.0.2, 13.5.6 (end events). In the terms of soundness: proper completion.",
};

}  // namespace weir::lint::rules
