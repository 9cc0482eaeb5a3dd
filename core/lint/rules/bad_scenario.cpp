// Found when a scenario is read or used; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule bad_scenario{
    .id = "bad-scenario",
    .group = "simulation",
    .severity = Severity::error,
    .summary = "A scenario must say what can be simulated.",
    .explanation =
        "An entry of the scenario makes no sense: a distribution that is not known or has too many "
        "parameters, a probability below 0 or above 1, a time of day that does not exist, arrivals that "
        "never come. Nothing is simulated, because the figures would be about something else.\n\nMend it "
        "where "
        "the message points; it says what is wrong with the entry.",
};

}  // namespace weir::lint::rules
