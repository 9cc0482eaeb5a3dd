// Compensation: boundary event -- association --> handler. The handler has no flows and does not undo itself.
#include <unordered_map>
#include <vector>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;
using model::FlowNode;
using model::NodeIndex;

/// Nodes at the other ends of the associations of each node.
using Handlers = std::unordered_map<NodeIndex, std::vector<NodeIndex>>;

bool compensates(const FlowNode& node) {
  return node.kind == ElementKind::boundary_event && node.has(ElementKind::compensate_event_definition);
}

void check_boundary(const Subject& subject, Report& report, const FlowNode& event, const Handlers& handlers) {
  if (!event.outgoing.empty())
    report(event, "a sequence flow leaves compensation event {}; its handler is connected by an association",
           quoted(event));
  const auto found = handlers.find(subject.index_of(event));
  bool has_handler = false;
  for (const NodeIndex end : found == handlers.end() ? std::vector<NodeIndex>{} : found->second) {
    const FlowNode& handler = subject.model[end];
    if (!handler.is_activity()) continue;
    has_handler = true;
    if (!handler.for_compensation)
      report(event, "{} is connected with compensation event {} but is not marked isForCompensation",
             quoted(handler), quoted(event));
    else if (event.attached_to == subject.index_of(handler))
      report(event, "{} compensates itself", quoted(handler));
  }
  if (!has_handler && event.outgoing.empty())
    report(event, "compensation event {} has no handler: no association leads from it to an activity",
           quoted(event));
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  Handlers handlers;
  std::unordered_map<ElementId, NodeIndex> nodes;
  bool any = false;
  for (const FlowNode& node : subject.flow_nodes()) {
    any = any || compensates(node);
    if (node.for_compensation && (!node.incoming.empty() || !node.outgoing.empty()))
      report(node, "compensation activity {} has sequence flows; it runs only when something is undone",
             quoted(node));
  }
  if (!any) return;
  for (const FlowNode& node : subject.flow_nodes())
    if (node.element != ElementId::none) nodes.emplace(node.element, subject.index_of(node));
  const auto node_of = [&](ElementId element, std::string_view ref) {  // models without elements have ids
    if (element == ElementId::none) return subject.model.node(ref);
    const auto found = nodes.find(element);
    return found == nodes.end() ? NodeIndex::none : found->second;
  };
  for (const model::Association& each : subject.model.associations) {
    const NodeIndex source = node_of(each.source, each.source_ref);
    const NodeIndex target = node_of(each.target, each.target_ref);
    if (source == NodeIndex::none || target == NodeIndex::none) continue;  // an annotation
    handlers[source].push_back(target);
    handlers[target].push_back(source);
  }
  for (const FlowNode& node : subject.flow_nodes())
    if (compensates(node)) check_boundary(subject, report, node, handlers);
}

constinit const Rule compensation_handler{
    .id = "compensation-handler",
    .group = "correctness",
    .severity = Severity::error,
    .summary =
        "A compensation boundary event must be associated with a compensation activity that has no flows.",
    .explanation =
        "Compensation undoes what an activity has done. The compensation event on its border is connected by "
        "an "
        "association (a dotted line, not a sequence flow) with the activity that undoes it; that activity is "
        "marked "
        "isForCompensation=\"true\" and has no sequence flows, because it runs only when a compensation is "
        "thrown. "
        "An activity that compensates itself would undo its own undoing.\n\n"
        "Mend it by drawing an association from the event to the handler, marking the handler, and removing "
        "flows at "
        "both.\n\n"
        "BPMN 2.0.2, 10.7 and 13.5.5; BPMNspector EXT.114, EXT.143, EXT.144.",
    .check = check,
};

}  // namespace weir::lint::rules
