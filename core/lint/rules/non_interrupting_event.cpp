// Errors, cancellations and compensation cannot leave what they hit running.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.interrupting || (node.kind != boundary_event && node.kind != start_event)) continue;
    for (const model::EventDefinition& each : node.event_definitions) {
      const bool error = each.kind == error_event_definition;
      if (!error && each.kind != cancel_event_definition) continue;
      report.at(
          node,
          subject.model.document.place(node.element,
                                       node.kind == boundary_event ? "cancelActivity" : "isInterrupting"),
          fmt::format("{} event {} cannot be non-interrupting", error ? "error" : "cancel", quoted(node)));
    }
  }
}

constinit const Rule non_interrupting_event{
    .id = "non-interrupting-event",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "Error and cancel events must interrupt.",
    .explanation =
        "An error or a cancellation ends the activity in which it happens: there is nothing left that could "
        "go on beside "
        "the handling. Engines refuse such events or interrupt all the same.\n\n"
        "Mend it by removing cancelActivity=\"false\" (or isInterrupting=\"false\"); use an escalation where "
        "the activity "
        "is to go on.\n\n"
        "BPMN 2.0.2, tables 10.86 and 10.93; BPMNspector EXT.110, EXT.147.",
    .check = check,
};

}  // namespace weir::lint::rules
