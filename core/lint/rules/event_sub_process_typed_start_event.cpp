// The start event of an event sub-process says what triggers it.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.kind == model::ElementKind::start_event && node.event_definitions.empty() &&
        subject.in_event_sub_process(node) && !may_have_vendor_trigger(subject.model.document, node))
      report(node, "start event {} of an event sub-process has no trigger", quoted(node));
}

constinit const Rule event_sub_process_typed_start_event{
    .id = "event-sub-process-typed-start-event",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "The start event of an event sub-process must have an event definition.",
    .explanation =
        "An event sub-process is not entered by a flow but by an event: a message, a timer, an error. With a "
        "start event "
        "that has no trigger it never starts.\n\n"
        "Mend it by giving the start event a message, timer, signal, error, escalation, conditional or "
        "compensation "
        "definition, or make it an ordinary sub-process that a flow leads to.\n\n"
        "BPMN 2.0.2, 10.3.5 and 10.5.2 (start events of event sub-processes); BPMNspector EXT.059, EXT.129.",
    .check = check,
};

}  // namespace weir::lint::rules
