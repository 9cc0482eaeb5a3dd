// A condition on a default flow is never looked at.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::SequenceFlow& flow : subject.sequence_flows())
    if (flow.is_default && flow.condition.written && flow.source != model::NodeIndex::none)
      report.at(
          flow, flow.condition.span,
          fmt::format("the condition of default flow {} is ignored: it is taken when no other flow of {} is",
                      quoted(flow), quoted(subject.model[flow.source])));
}

constinit const Rule conditional_default{
    .id = "conditional-default",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "A default flow must not have a condition.",
    .explanation =
        "A default flow is taken when the conditions of all other flows are false. Its own condition is "
        "never looked "
        "at, so the model says something that does not happen; some engines refuse it.\n\n"
        "Mend it by removing the condition, or make another flow the default.\n\n"
        "BPMN 2.0.2, 8.4.13 and 13.4.2.",
    .check = check,
};

}  // namespace weir::lint::rules
