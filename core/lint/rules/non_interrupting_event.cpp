// Errors, cancellations and compensation cannot leave what they hit running.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.interrupting || (node.kind != boundary_event && node.kind != start_event)) continue;
    for (const model::EventDefinition& each : node.event_definitions) {
      // Compensation begins when the activity is over; most tools write anything there.
      const bool compensation = each.kind == compensate_event_definition && subject.strict(node.scope);
      if (each.kind != error_event_definition && each.kind != cancel_event_definition && !compensation)
        continue;
      report.at(node,
                subject.model.document.place(
                    node.element, node.kind == boundary_event ? "cancelActivity" : "isInterrupting"),
                fmt::format("{} event {} cannot be non-interrupting",
                            compensation                          ? "compensation"
                            : each.kind == error_event_definition ? "error"
                                                                  : "cancel",
                            quoted(node)));
    }
  }
}

constinit const Rule non_interrupting_event{
    .id = "non-interrupting-event",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "Error, cancel and compensation events must interrupt.",
    .explanation =
        "An error or a cancellation ends the activity in which it happens: there is nothing left that could "
        "go on beside "
        "the handling. Engines refuse such events or interrupt all the same. Compensation begins when its "
        "activity is over.\n\n"
        "Mend it by removing cancelActivity=\"false\" (or isInterrupting=\"false\"); use an escalation where "
        "the activity "
        "is to go on.\n\n"
        "BPMN 2.0.2, tables 10.86 and 10.93; BPMNspector EXT.059, EXT.110, EXT.147.",
    .check = check,
};

}  // namespace weir::lint::rules
