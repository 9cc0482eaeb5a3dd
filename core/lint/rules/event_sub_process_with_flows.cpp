// Flows never enter or leave an event sub-process.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (!node.is_event_sub_process()) continue;
    for (const model::FlowIndex incoming : node.incoming) {
      const model::SequenceFlow& flow = subject.model[incoming];
      report.at(flow, flow.target_span,
                fmt::format("sequence flow {} leads into event sub-process {}", quoted(flow), quoted(node)));
    }
    for (const model::FlowIndex outgoing : node.outgoing) {
      const model::SequenceFlow& flow = subject.model[outgoing];
      report.at(
          flow, flow.source_span,
          fmt::format("sequence flow {} leads out of event sub-process {}", quoted(flow), quoted(node)));
    }
  }
}

constinit const Rule event_sub_process_with_flows{
    .id = "event-sub-process-with-flows",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "An event sub-process must not have incoming or outgoing sequence flows.",
    .explanation =
        "An event sub-process is started by its start event while the scope around it is running; when it "
        "ends, that "
        "scope goes on or ends by itself. No token ever enters or leaves it along a flow.\n\n"
        "Mend it by deleting the flows; or, if the sub-process is a step of the flow, remove "
        "triggeredByEvent.\n\n"
        "BPMN 2.0.2, 10.3.5 (event sub-process); BPMNspector EXT.057, EXT.021, EXT.022.",
    .check = check,
};

}  // namespace weir::lint::rules
