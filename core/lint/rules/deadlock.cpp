// Found by weir verify; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule deadlock{
    .id = "deadlock",
    .group = "soundness",
    .severity = Severity::error,
    .summary = "A join must not wait for a branch that never comes.",
    .explanation =
        "weir verify has found a run after which tokens wait and nothing can ever move them: typically a "
        "parallel join whose incoming flows come from an exclusive choice, so that it waits for a branch "
        "that was not taken. Every instance that takes this way hangs for ever; nobody is told.\n\n"
        "Mend it by joining what was split: an exclusive choice with an exclusive gateway, a parallel "
        "split with a parallel gateway, an inclusive one with an inclusive gateway. The trace under the "
        "finding leads to the place step by step; weir run --trace replays it.\n\n"
        "BPMN 2.0.2, 13.4.1. In the terms of soundness: option to complete is violated.",
};

}  // namespace weir::lint::rules
