// Nothing flows into a boundary event.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.kind == model::ElementKind::boundary_event)
      for (const model::FlowIndex incoming : node.incoming) {
        const model::SequenceFlow& flow = subject.model[incoming];
        report.at(flow, flow.target_span,
                  fmt::format("sequence flow {} leads into boundary event {}", quoted(flow), quoted(node)));
      }
}

constinit const Rule boundary_with_incoming{
    .id = "boundary-with-incoming",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "A boundary event must not have an incoming sequence flow.",
    .explanation =
        "A boundary event is triggered by what happens while its activity runs, never by a token that "
        "arrives. A flow "
        "that ends at it usually was meant to end at the activity.\n\n"
        "Mend it by leading the flow to the activity, or make the event an intermediate catch event of its "
        "own.\n\n"
        "BPMN 2.0.2, 10.5.4; BPMNspector EXT.112.",
    .check = check,
};

}  // namespace weir::lint::rules
