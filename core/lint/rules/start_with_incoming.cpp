// Nothing flows into a start event.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.kind == model::ElementKind::start_event)
      for (const model::FlowIndex incoming : node.incoming) {
        const model::SequenceFlow& flow = subject.model[incoming];
        report.at(flow, flow.target_span,
                  fmt::format("sequence flow {} leads into start event {}", quoted(flow), quoted(node)));
      }
}

constinit const Rule start_with_incoming{
    .id = "start-with-incoming",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "A start event must not have an incoming sequence flow.",
    .explanation =
        "A start event creates a token; it cannot receive one. A flow back to the start is usually meant as "
        "'begin "
        "again'.\n\n"
        "Mend it by leading the flow to an exclusive gateway right behind the start event.\n\n"
        "BPMN 2.0.2, 10.5.2 (start event, sequence flow connections); BPMNspector EXT.096.",
    .check = check,
};

}  // namespace weir::lint::rules
