// Branches that end without an end event.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

bool only_links(const model::FlowNode& node) {
  for (const model::EventDefinition& each : node.event_definitions)
    if (each.kind != model::ElementKind::link_event_definition) return false;
  return !node.event_definitions.empty();
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (!node.outgoing.empty() || node.kind == end_event) continue;
    if (node.is_event_sub_process() || node.for_compensation || subject.in_ad_hoc(node)) continue;
    if (node.kind == intermediate_throw_event && only_links(node)) continue;
    if (node.kind == boundary_event && node.has(compensate_event_definition)) continue;
    report(node, "no sequence flow leaves {}", quoted(node));
  }
}

constinit const Rule no_implicit_end{
    .id = "no-implicit-end",
    .group = "style",
    .severity = Severity::warning,
    .by_default = false,
    .summary = "Every branch should end with an end event.",
    .explanation =
        "A branch ends where no flow goes on. Without an end event nobody can see whether that was meant or "
        "a flow is "
        "missing.\n\n"
        "Mend it by an end event that tells what has been reached.\n\n"
        "BPMN 2.0.2, 10.5.3; BPMNspector EXT.151. As bpmnlint's rule of this name, by the ends of the flows.",
    .check = check,
};

}  // namespace weir::lint::rules
