// The one list of what does not execute yet. A row goes when its semantics are complete and tested.
#include <fmt/format.h>

#include "core/graph/compile.hpp"

namespace weir::graph {

using model::FlowNode;

namespace {

std::string_view unsupported_event(ElementKind definition) {
  switch (definition) {
    case ElementKind::escalation_event_definition:
      return "escalation events";
    case ElementKind::conditional_event_definition:
      return "conditional events";
    case ElementKind::compensate_event_definition:
      return "compensation";
    case ElementKind::cancel_event_definition:
      return "cancel events";
    default:
      return {};
  }
}

/// What about this node is not executed, or empty.
std::string_view reason(const FlowNode& node) {
  switch (node.kind) {
    case ElementKind::complex_gateway:
      return "complex gateways";
    case ElementKind::transaction:
      return "transactions";
    case ElementKind::ad_hoc_sub_process:
      return "ad-hoc sub-processes";
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
  if (node.event_definitions.size() > 1) return "events with several definitions";
  for (const model::EventDefinition& each : node.event_definitions)
    if (const std::string_view found = unsupported_event(each.kind); !found.empty()) return found;
  if (node.for_compensation) return "compensation";
  if (node.instantiate && node.kind == ElementKind::event_based_gateway)
    return "instantiating event-based gateways";
  if (!node.start_quantity.empty() && node.start_quantity != "1") return "startQuantity";
  if (!node.completion_quantity.empty() && node.completion_quantity != "1") return "completionQuantity";
  if (!node.loop.behavior.empty() && node.loop.behavior != "All") return "multi-instance behavior";
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
