// Found when the timers of start events are armed by deployment; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule start_timer{
    .id = "start-timer",
    .group = "engine",
    .severity = Severity::error,
    .summary = "The timer of a start event must say when, with nothing but what is known at deployment.",
    .explanation =
        "weir deploy arms the timers of start events. No instance has begun then, so there are no "
        "variables yet: an expression that needs one gives nothing, and the process would never start. A "
        "date that is past starts nothing either, which is a warning only.\n\n"
        "Mend it by writing a date, a duration, a cycle or a cron text, or an expression of those; what "
        "depends on data can wait in an intermediate timer event.\n\n"
        "BPMN 2.0.2, 10.5.2 (timer start event) and 13.5.1.",
};

}  // namespace weir::lint::rules
