// Found when a scenario is read; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule not_simulated{
    .id = "not-simulated",
    .group = "simulation",
    .severity = Severity::warning,
    .summary = "Everything in a scenario should have an effect.",
    .explanation =
        "This version of weir does not simulate the section that the message names. It is left out, and the "
        "figures are those of the process without it.\n\nMend it by removing the section, or take the "
        "figures with that in "
        "mind.",
};

}  // namespace weir::lint::rules
