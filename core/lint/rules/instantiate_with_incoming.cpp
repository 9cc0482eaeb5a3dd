// What starts a process is not reached by a flow of it.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.instantiate && !node.incoming.empty() &&
        (node.kind == receive_task || node.kind == event_based_gateway))
      report.at(node, subject.model.document.place(node.element, "instantiate"),
                fmt::format("{} {} starts the process (instantiate) but has an incoming sequence flow",
                            model::words(node.kind), quoted(node)));
}

constinit const Rule instantiate_with_incoming{
    .id = "instantiate-with-incoming",
    .group = "correctness",
    .severity = Severity::error,
    .summary =
        "A receive task or event-based gateway that starts the process must not have an incoming sequence "
        "flow.",
    .explanation =
        "With instantiate=\"true\" a receive task or an event-based gateway creates a new instance when its "
        "message "
        "arrives. It takes the place of a start event, so no flow can lead to it.\n\n"
        "Mend it by removing the flow, or instantiate=\"true\".\n\n"
        "BPMN 2.0.2, 10.3.3 (receive task) and 10.6.6; BPMNspector EXT.049, EXT.142.",
    .check = check,
};

}  // namespace weir::lint::rules
