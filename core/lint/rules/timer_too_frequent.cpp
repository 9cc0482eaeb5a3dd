// A timer that fires every second for ever is almost always a mistake in a unit.
#include "core/lint/rules.hpp"
#include "core/lint/timer_text.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.event_definitions.empty() || !subject.executable(node.scope)) continue;
    for (const model::EventDefinition& definition : node.event_definitions) {
      const model::Expression& cycle = definition.time_cycle;
      if (cycle.empty() || is_expression(cycle.body)) continue;
      const TimerText checked = check_cycle(cycle.body);
      if (checked.problem.empty() && checked.endless && checked.seconds > 0 && checked.seconds <= 1)
        report.at(node, cycle.span, fmt::format("timer event {} fires every second for ever", quoted(node)));
    }
  }
}

constinit const Rule timer_too_frequent{
    .id = "timer-too-frequent",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "A timer should not fire every second for ever.",
    .explanation =
        "The cycle has a period of a second or less and no end. Each time, an engine writes to its database "
        "and "
        "starts a token or an instance: 86,400 times a day. Often minutes were meant, or the seconds field "
        "of a cron "
        "expression was taken for the minutes field.\n\n"
        "Mend it by a longer period (R/PT5M; cron with 0 in its first field) or a number of repetitions "
        "(R5/PT1S).\n\n"
        "BPMN 2.0.2, 10.5.5 (timer event).",
    .check = check,
};

}  // namespace weir::lint::rules
