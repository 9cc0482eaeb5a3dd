// Found by weir verify; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule improper_completion{
    .id = "improper-completion",
    .group = "soundness",
    .severity = Severity::error,
    .summary = "When the end is reached, nothing else may be left over.",
    .explanation =
        "weir verify has found a run that reaches the end of the process while another token is still on "
        "its way or waits somewhere. The instance looks done, but goes on: late branches write to what has "
        "been closed.\n\n"
        "Mend it by joining the branches before the end event; or, if the others are to be dropped, end "
        "with a terminate event.\n\n"
        "BPMN 2.0.2, 13.5.6 (a process completes when all its tokens have ended). In the terms of "
        "soundness: proper completion.",
};

}  // namespace weir::lint::rules
