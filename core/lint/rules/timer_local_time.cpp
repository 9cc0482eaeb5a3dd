// Local times at night may not exist, or exist twice.
#include "core/lint/rules.hpp"
#include "core/lint/timer_text.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.event_definitions.empty() || !subject.executable(node.scope)) continue;
    for (const model::EventDefinition& definition : node.event_definitions) {
      const model::Expression& date = definition.time_date;
      if (date.empty() || is_expression(date.body)) continue;
      const TimerText checked = check_date(date.body);
      if (checked.problem.empty() && checked.may_not_exist)
        report.at(node, date.span,
                  fmt::format(
                      "timeDate {} of timer event {} has no offset: when clocks are changed, this hour does "
                      "not exist or comes twice",
                      quoted(date.body), quoted(node)));
    }
  }
}

constinit const Rule timer_local_time{
    .id = "timer-local-time",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "A date in the night hours of a named time zone should have an offset.",
    .explanation =
        "In most zones clocks are changed between midnight and four o'clock. In the night of the change one "
        "hour of "
        "local time is left out and, half a year later, one comes twice. A timer set to such a time fires an "
        "hour early, "
        "an hour late, or on another day, depending on the engine.\n\n"
        "Mend it by the offset (2024-03-31T01:30:00+01:00) or UTC (...Z), or by another hour.\n\n"
        "ISO 8601-1:2019, 5.3.4; the zone in brackets is RFC 9557.",
    .check = check,
};

}  // namespace weir::lint::rules
