// Message events by operation: both the operation and its message.
#include "core/lint/data_items.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  const model::Document& document = subject.model.document;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (!node.is_event() || !subject.strict(node.scope)) continue;
    for (const model::EventDefinition& definition : node.event_definitions) {
      if (definition.kind != message_event_definition) continue;
      const bool operation = document.child(definition.element, operation_ref) != model::ElementId::none;
      if (operation && definition.reference.empty())
        report.at(node, definition.span,
                  fmt::format("message event {} names an operation but no message", quoted(node)));
      // A message without an item is only a name; engines deliver it without any operation.
      else if (!operation && item_of(subject, referred(subject, definition.reference)).named)
        report.at(node, definition.span,
                  fmt::format("message event {} does not say by which operation message {} is exchanged",
                              quoted(node), quoted(definition.reference)));
    }
  }
}

constinit const Rule message_event_operation{
    .id = "message-event-operation",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "In an executable process, a message event must name both its message and the operation.",
    .explanation =
        "messageRef says what is sent or waited for, operationRef by which operation of an interface. "
        "An operation without a message says nothing about what is exchanged; a message with an item "
        "(itemRef) is exchanged by an operation.\n\n"
        "Mend it by the missing messageRef or <operationRef>. Only plain BPMN with "
        "isExecutable=\"true\" is judged: engines with attributes of their own do not use BPMN's. "
        "Messages that are only a name need no operation.\n\n"
        "BPMN 2.0.2, table 10.89 (message event definition); BPMNspector EXT.127, EXT.128.",
    .check = check,
};

}  // namespace weir::lint::rules
