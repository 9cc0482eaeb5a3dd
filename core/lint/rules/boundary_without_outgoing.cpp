// What a boundary event catches must lead somewhere. Compensation is connected by an association instead.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.kind == model::ElementKind::boundary_event && node.outgoing.empty() &&
        !node.has(model::ElementKind::compensate_event_definition))
      report.when(subject.strict(node.scope))(
          node, "no sequence flow leaves boundary event {}: what it catches is dropped", quoted(node));
}

constinit const Rule boundary_without_outgoing{
    .id = "boundary-without-outgoing",
    .group = "correctness",
    .severity = Severity::error,
    .tolerated = Severity::warning,
    .summary = "A boundary event must have an outgoing sequence flow.",
    .explanation =
        "An interrupting boundary event without a way out ends its activity and the token with it, silently; "
        "a "
        "non-interrupting one does nothing at all. The handling was probably forgotten.\n\n"
        "Mend it by a flow to whatever is to happen, if need be straight to an end event.\n\n"
        "BPMN 2.0.2, 10.5.4; BPMNspector EXT.113. Compensation events are connected by an association, not "
        "by a flow, "
        "and are not reported.",
    .check = check,
};

}  // namespace weir::lint::rules
