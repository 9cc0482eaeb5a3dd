// The one list of what does not execute yet. A row goes when its semantics are complete and tested.
#include <fmt/format.h>

#include "core/graph/compile.hpp"

namespace weir::graph {

using model::FlowNode;

namespace {

/// What about this node is not executed, or empty.
std::string_view reason(const FlowNode& node) {
  switch (node.kind) {
    case ElementKind::choreography_task:
    case ElementKind::sub_choreography:
    case ElementKind::call_choreography:
      return "choreographies";
    case ElementKind::event:
    case ElementKind::implicit_throw_event:
      return "implicit events";
    default:
      break;
  }
  const bool throws =
      node.kind == ElementKind::end_event || node.kind == ElementKind::intermediate_throw_event;
  for (const model::EventDefinition& each : node.event_definitions)
    if (throws && each.kind == ElementKind::compensate_event_definition && !each.wait_for_completion)
      return "compensation that nobody waits for (waitForCompletion)";
  if (node.instantiate && node.kind == ElementKind::event_based_gateway)
    return "instantiating event-based gateways";
  if (node.loop.behavior == "Complex") return "multi-instance behavior Complex";
  const ElementKind thrown = node.loop.behavior_event.kind;
  if (!node.loop.behavior_event_ref.empty() && thrown != ElementKind::signal_event_definition &&
      thrown != ElementKind::message_event_definition)
    return "multi-instance behavior that throws other events than messages and signals";
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
