// Compensation: boundary event -- association --> handler. The handler has no flows and does not undo itself.
#include <unordered_map>
#include <vector>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;
using model::FlowNode;

/// Ends of the associations at each compensation boundary event.
using Handlers = std::unordered_map<ElementId, std::vector<ElementId>>;

bool compensates(const FlowNode& node) {
  return node.kind == ElementKind::boundary_event && node.has(ElementKind::compensate_event_definition);
}

void check_boundary(const Subject& subject, Report& report, const FlowNode& event, const Handlers& handlers,
                    const std::unordered_map<ElementId, const FlowNode*>& activities) {
  if (!event.outgoing.empty())
    report(event, "a sequence flow leaves compensation event {}; its handler is connected by an association",
           quoted(event));
  const auto found = handlers.find(event.element);
  bool has_handler = false;
  for (const ElementId end : found == handlers.end() ? std::vector<ElementId>{} : found->second) {
    const auto activity = activities.find(end);
    if (activity == activities.end()) continue;  // an annotation
    const FlowNode& handler = *activity->second;
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
  std::unordered_map<ElementId, const FlowNode*> activities;
  bool any = false;
  for (const FlowNode& node : subject.flow_nodes()) {
    any = any || compensates(node);
    if (node.for_compensation && (!node.incoming.empty() || !node.outgoing.empty()))
      report(node, "compensation activity {} has sequence flows; it runs only when something is undone",
             quoted(node));
  }
  if (!any) return;
  for (const FlowNode& node : subject.flow_nodes())
    if (node.is_activity()) activities.emplace(node.element, &node);
  for (const model::Association& each : subject.model.associations) {
    if (each.source == ElementId::none || each.target == ElementId::none) continue;
    handlers[each.source].push_back(each.target);
    handlers[each.target].push_back(each.source);
  }
  for (const FlowNode& node : subject.flow_nodes())
    if (compensates(node)) check_boundary(subject, report, node, handlers, activities);
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
