// An event that waits for a message says which one.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (!node.is(model::Category::catching) || !subject.executable(node.scope)) continue;
    for (const model::EventDefinition& definition : node.event_definitions)
      if (definition.kind == message_event_definition && definition.reference.empty() &&
          subject.model.document.child(definition.element, operation_ref) == model::ElementId::none &&
          !has_vendor_parts(subject.model.document, definition.element))
        report.at(node, definition.span,
                  fmt::format("message event {} does not say which message it waits for", quoted(node)));
  }
}

constinit const Rule message_event_without_message{
    .id = "message-event-without-message",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "In an executable process, an event that waits for a message must name it.",
    .explanation =
        "Messages are delivered by name (and correlation key). An event without a message waits for "
        "something that can "
        "never be sent to it.\n\n"
        "Mend it by a <message name=\"...\"> in the file and messageRef on the event definition.\n\n"
        "BPMN 2.0.2, 8.4.11 (message) and 10.5.5 (message event); BPMNspector EXT.127, EXT.128.",
    .check = check,
};

}  // namespace weir::lint::rules
