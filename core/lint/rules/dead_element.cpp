// Found by weir verify; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dead_element{
    .id = "dead-element",
    .group = "soundness",
    .severity = Severity::error,
    .summary = "Every element must be executed in at least one run.",
    .explanation =
        "weir verify has looked at every run and this element is executed in none of them, although paths "
        "lead to it: it stands behind a join that never fires, or behind a gateway that waits for "
        "something that cannot happen. What the author wanted here never happens.\n\n"
        "Mend it by mending the deadlock in front of it, which is usually reported too, or delete the "
        "element.\n\n"
        "That no path at all leads to an element is reported by unreachable-element, without looking at "
        "runs. In the terms of soundness: no dead activities.",
};

}  // namespace weir::lint::rules
