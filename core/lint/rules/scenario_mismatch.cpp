// Found when a scenario is used; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule scenario_mismatch{
    .id = "scenario-mismatch",
    .group = "simulation",
    .severity = Severity::warning,
    .summary = "A scenario must fit the process it is used with.",
    .explanation =
        "The scenario speaks of an element, a resource or a calendar that does not exist, or its "
        "probabilities of one gateway do not add up to 1. The entry is left out or mended as the message "
        "says, so the figures may not be those you expect.\n\nMend it by correcting the id, or use the "
        "scenario with the process it was written for.",
};

}  // namespace weir::lint::rules
