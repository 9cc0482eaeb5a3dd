// The one list of what does not execute: the specification gives it no meaning in a process that runs.
#include <fmt/format.h>

#include "core/graph/compile.hpp"

namespace weir::graph {

using model::FlowNode;

namespace {

/// What an event that is no end event can throw: links join flows, terminate and cancel end what is around an
/// end event, the others are only caught (table 10.93).
bool can_be_thrown(ElementKind definition) {
  return definition == ElementKind::message_event_definition ||
         definition == ElementKind::signal_event_definition ||
         definition == ElementKind::escalation_event_definition ||
         definition == ElementKind::error_event_definition ||
         definition == ElementKind::compensate_event_definition;
}

/// What about this node is not executed, or empty.
std::string_view reason(const FlowNode& node) {
  switch (node.kind) {
    case ElementKind::choreography_task:
    case ElementKind::sub_choreography:
    case ElementKind::call_choreography:
      return "choreographies";
    case ElementKind::event:
    case ElementKind::implicit_throw_event:
      return "implicit events outside of multi-instance activities (10.5.1)";
    default:
      break;
  }
  for (const model::BehaviorEvent& each : node.loop.behavior_events)
    for (const model::EventDefinition& definition : each.definitions)
      if (!can_be_thrown(definition.kind))
        return "multi-instance behavior that throws what only end events throw, or what is only caught";
  return {};
}

}  // namespace

void report_unsupported(const model::Definitions& definitions, model::ProcessIndex process,
                        Diagnostics& diagnostics) {
  for (const FlowNode& node : definitions.nodes) {
    if (node.scope == model::ScopeIndex::none || definitions[node.scope].process != process) continue;
    const std::string_view why = reason(node);
    if (why.empty()) continue;
    Diagnostic& added =
        diagnostics.error("unsupported-element",
                          fmt::format("{} '{}' cannot be executed: this version of weir does not run {}",
                                      model::words(node.kind), node.label(), why),
                          node.span, std::string(node.id));
    added.group = "engine";
  }
}

}  // namespace weir::graph
