// Elements without an incoming flow start by themselves, or never.
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
    if (!node.incoming.empty() || node.kind == start_event || node.kind == boundary_event) continue;
    if (node.is_event_sub_process() || node.for_compensation || subject.in_ad_hoc(node)) continue;
    if (node.kind == intermediate_catch_event && only_links(node)) continue;
    report(node, "no sequence flow leads to {}", quoted(node));
  }
}

constinit const Rule no_implicit_start{
    .id = "no-implicit-start",
    .group = "style",
    .severity = Severity::warning,
    .by_default = false,
    .summary = "Every element but start events should have an incoming sequence flow.",
    .explanation =
        "In a process without start events, everything that no flow leads to starts at once. In a process "
        "with start "
        "events such elements are never started, except activities of models that are for no engine.\n\n"
        "Mend it by a flow to the element, or a start event in front of it.\n\n"
        "BPMN 2.0.2, 10.5.2; BPMNspector EXT.150. As bpmnlint's rule of this name, by the ends of the flows.",
    .check = check,
};

}  // namespace weir::lint::rules
