// Processes and global tasks that are offered as a service.
#include <cstdint>

#include "core/lint/data_items.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;

/// An end of the binding: our data and the message of the operation that fills it or is made of it.
void check_end(const Subject& subject, Report& report, ElementId binding, std::string_view attribute,
               ElementId operation, ElementKind message_ref) {
  const model::Document& document = subject.model.document;
  const std::string_view written = document.value(binding, attribute);
  const ElementId data = referred(subject, written);
  const ElementId message = referred(subject, child_text(document, operation, message_ref));
  if (data == ElementId::none || message == ElementId::none) return;
  if (differ(subject, item_of(subject, data), item_of(subject, message)))
    report.add(document.place(binding, attribute), document.value(document[binding].parent, "id"),
               fmt::format("{} is bound to operation {}, but is not of the item that its message {} carries",
                           quoted(written), quoted(document.value(operation, "id")),
                           quoted(document.value(message, "id"))));
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (std::uint32_t i = 0; i < document.elements.size(); ++i) {
    const auto id = static_cast<ElementId>(i);
    const model::Element& element = document[id];
    if (element.kind == ElementKind::supported_interface_ref && strict_at(subject, id) &&
        document.child(element.parent, ElementKind::io_binding) == ElementId::none &&
        referred(subject, element.text) != ElementId::none)
      report.add(
          element.text_span, document.value(element.parent, "id"),
          fmt::format("{} is offered by interface {}, but no ioBinding says how its data become messages",
                      quoted(document.value(element.parent, "id")), quoted(element.text)));
    if (element.kind != ElementKind::io_binding || !strict_at(subject, id)) continue;
    const ElementId operation = referred(subject, document.value(id, "operationRef"));
    if (operation == ElementId::none || document[operation].kind != ElementKind::operation) continue;
    check_end(subject, report, id, "inputDataRef", operation, ElementKind::in_message_ref);
    check_end(subject, report, id, "outputDataRef", operation, ElementKind::out_message_ref);
  }
}

constinit const Rule io_binding{
    .id = "io-binding",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "What is offered by an interface must bind its data to the messages of an operation.",
    .explanation =
        "supportedInterfaceRef offers a process or global task as a service. An ioBinding says for an "
        "operation of that interface which input its message fills and which output is answered; the "
        "items of both have to be the same.\n\n"
        "Mend it by an <ioBinding> with operationRef, inputDataRef and outputDataRef, and by the "
        "itemSubjectRef that the message has. Only plain BPMN with isExecutable=\"true\" is judged: "
        "engines with attributes of their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, 10.4.1 and table 10.57 (input and output binding); BPMNspector EXT.064, EXT.065.",
    .check = check,
};

}  // namespace weir::lint::rules
