// An element that no flow enters or leaves, in a scope with other elements.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (!node.incoming.empty() || !node.outgoing.empty()) continue;
    if (node.is_event_sub_process() || node.for_compensation || subject.in_ad_hoc(node)) continue;
    if (node.kind == model::ElementKind::boundary_event) continue;  // boundary-without-outgoing
    const model::Scope* scope = subject.scope_of(node.scope);
    if (scope && scope->nodes.size() == 1) continue;  // a process of one step is complete
    report(node, "{} is connected to nothing: no sequence flow enters or leaves it", quoted(node));
  }
}

constinit const Rule no_disconnected{
    .id = "no-disconnected",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "An element must be connected to the others by sequence flows.",
    .explanation =
        "No flow leads to this element and none leaves it, so it is no part of the process around it: an "
        "engine never "
        "runs it, or runs it beside everything else. Usually an arrow ends near the element in the diagram "
        "without "
        "being attached to it.\n\n"
        "Mend it by attaching the flows to the element, or delete it.\n\n"
        "BPMN 2.0.2, 10.5.2 and 10.5.3. As bpmnlint's rule of this name, but connections are the ends of the "
        "sequence "
        "flows; the <incoming> and <outgoing> lists are optional and may be missing or wrong.",
    .check = check,
};

}  // namespace weir::lint::rules
