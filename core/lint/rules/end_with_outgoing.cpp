// Nothing flows out of an end event.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.kind == model::ElementKind::end_event)
      for (const model::FlowIndex outgoing : node.outgoing) {
        const model::SequenceFlow& flow = subject.model[outgoing];
        report.at(flow, flow.source_span,
                  fmt::format("sequence flow {} leads out of end event {}", quoted(flow), quoted(node)));
      }
}

constinit const Rule end_with_outgoing{
    .id = "end-with-outgoing",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "An end event must not have an outgoing sequence flow.",
    .explanation =
        "An end event consumes its token: nothing that follows it ever happens. Usually an intermediate "
        "throw event was "
        "meant.\n\n"
        "Mend it by turning the event into an intermediate throw event, or by deleting the flow.\n\n"
        "BPMN 2.0.2, 10.5.3 (end event, sequence flow connections); BPMNspector EXT.104.",
    .check = check,
};

}  // namespace weir::lint::rules
