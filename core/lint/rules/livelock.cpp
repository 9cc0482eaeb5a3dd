// Found by weir verify; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule livelock{
    .id = "livelock",
    .group = "soundness",
    .severity = Severity::error,
    .summary = "From everywhere the end must remain reachable.",
    .explanation =
        "weir verify has found a run that gets into a circle without a way out: tokens go on moving, but "
        "no continuation ever reaches an end event. Such an instance never completes and looks busy all "
        "the time.\n\n"
        "Mend it by a way out of the circle: a flow to an end event, a condition that ends the loop, or a "
        "timer.\n\n"
        "In the terms of soundness: option to complete is violated. A circle in which nothing ever waits "
        "for a person, a message or a timer also occupies the engine.",
};

}  // namespace weir::lint::rules
