// Nodes that no flow enters or leaves although there are start or end events.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementKind;
using model::FlowNode;
using enum model::ElementKind;

/// Begins and ends by something else than a flow, or has none for which others report it.
bool stands_alone(const FlowNode& node) {
  if (node.incoming.empty() && node.outgoing.empty()) return true;  // no-disconnected
  return node.for_compensation || node.is_event_sub_process() || node.kind == boundary_event;
}

bool starts_by_itself(const FlowNode& node) {
  return node.kind == start_event || node.instantiate ||
         (node.kind == intermediate_catch_event && node.has(link_event_definition));
}

bool ends_by_itself(const FlowNode& node) {
  return node.kind == end_event || (node.kind == intermediate_throw_event && node.has(link_event_definition));
}

void check_scope(const Subject& subject, Report& report, const model::Scope& scope) {
  bool starts = false, ends = false;
  for (const model::NodeIndex each : scope.nodes) {
    starts = starts || subject.model[each].kind == start_event;
    ends = ends || subject.model[each].kind == end_event;
  }
  for (const model::NodeIndex each : scope.nodes) {
    const FlowNode& node = subject.model[each];
    if (stands_alone(node)) continue;
    const bool intermediate = node.kind == intermediate_catch_event || node.kind == intermediate_throw_event;
    if (node.incoming.empty() && (starts || intermediate) && !starts_by_itself(node))
      report(node, "no sequence flow enters {}{}", quoted(node),
             starts ? ", and the start events are the only ways to begin" : "");
    if (node.outgoing.empty() && (ends || intermediate) && !ends_by_itself(node))
      report(node, "no sequence flow leaves {}{}", quoted(node),
             ends ? ", and the end events are the only ways to end" : "");
  }
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  for (const model::Scope& scope : subject.scopes())
    if (scope.kind != ElementKind::ad_hoc_sub_process &&
        subject.strict(static_cast<model::ScopeIndex>(&scope - subject.scopes().data())))
      check_scope(subject, report, scope);
}

constinit const Rule node_without_flow{
    .id = "node-without-flow",
    .group = "constraints",
    .severity = Severity::error,
    .summary =
        "In an executable process with start (end) events, every other node must have an incoming "
        "(outgoing) flow.",
    .explanation =
        "Once a level has a start event, that is where it begins: nothing else may begin by lacking "
        "an incoming flow. Once it has an end event, nothing else may end by lacking an outgoing "
        "flow. Intermediate events always stand between two flows, except the ends of links. "
        "Compensation activities, event sub-processes and members of ad-hoc sub-processes have no "
        "flows.\n\n"
        "Mend it by connecting the node, or by removing it. Only plain BPMN with "
        "isExecutable=\"true\" is judged: engines with attributes of their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, 10.5.2, 10.5.3 and 10.5.4; BPMNspector EXT.115, EXT.116, EXT.150, EXT.151.",
    .check = check,
};

}  // namespace weir::lint::rules
