// Inputs and outputs of tasks that send and receive messages.
#include <vector>

#include "core/lint/data_items.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;

struct Side {
  std::string_view words;  // input, output
  const std::vector<ElementId>&data, &sets;
};

/// At most one set, at most one element of data, and of the item that the message carries.
void check_side(const Subject& subject, Report& report, const model::FlowNode& node, const Side& side,
                ElementId message) {
  const model::Document& document = subject.model.document;
  if (side.sets.size() > 1)
    report(node, "{} exchanges a message but has {} {} sets; one message fills one set", quoted(node),
           side.sets.size(), side.words);
  if (side.data.size() > 1 && node.kind != ElementKind::service_task)
    report(node, "{} exchanges a message but has {} data {}s; there is one message", quoted(node),
           side.data.size(), side.words);
  if (side.data.size() != 1 || message == ElementId::none) return;
  const Item carried = item_of(subject, message), own = item_of(subject, side.data.front());
  if (carried.definition == ElementId::none) return;
  if (!own.named || differ(subject, carried, own))
    report.at(node, document.place(side.data.front(), "itemSubjectRef"),
              fmt::format("data {} {} of {} is not of the item that message {} carries", side.words,
                          quoted(document.value(side.data.front(), "id")), quoted(node),
                          quoted(document.value(message, "id"))));
}

void check_service(const Subject& subject, Report& report, const model::FlowNode& node) {
  const model::Document& document = subject.model.document;
  const ElementId operation = referred(subject, document.value(node.element, "operationRef"));
  if (operation == ElementId::none || document[operation].kind != ElementKind::operation) return;
  const InputOutput data = input_output(document, node.element);
  if (data.input_sets.empty())
    report.at(
        node, document.place(node.element, "operationRef"),
        fmt::format("service task {} calls an operation but has no input set for its message", quoted(node)));
  check_side(subject, report, node, {"input", data.inputs, data.input_sets},
             referred(subject, child_text(document, operation, ElementKind::in_message_ref)));
  check_side(subject, report, node, {"output", data.outputs, data.output_sets},
             referred(subject, child_text(document, operation, ElementKind::out_message_ref)));
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    const bool send = node.kind == ElementKind::send_task, receive = node.kind == ElementKind::receive_task;
    if ((!send && !receive && node.kind != ElementKind::service_task) || !subject.strict(node.scope))
      continue;
    if (node.kind == ElementKind::service_task) {
      check_service(subject, report, node);
    } else if (const ElementId message = referred(subject, node.message_ref); message != ElementId::none) {
      const InputOutput data = input_output(subject.model.document, node.element);
      if (send) check_side(subject, report, node, {"input", data.inputs, data.input_sets}, message);
      if (receive) check_side(subject, report, node, {"output", data.outputs, data.output_sets}, message);
    }
  }
}

constinit const Rule task_message_data{
    .id = "task-message-data",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "A task that exchanges a message must have inputs and outputs that fit the message.",
    .explanation =
        "A service task sends the incoming message of its operation and receives the outgoing one; a "
        "send task sends its message, a receive task receives it. What the message carries is read "
        "from the data input or written to the data output of the task, so there is one set (and one "
        "input or output) for it, of the item that the message has.\n\n"
        "Mend it by one inputSet (outputSet), and the same itemSubjectRef as the itemRef of the "
        "message. Only plain BPMN with isExecutable=\"true\" is judged: engines with attributes of "
        "their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, 10.3.3 (service, send and receive task); BPMNspector EXT.042 to EXT.048, EXT.050 "
        "to EXT.052.",
    .check = check,
};

}  // namespace weir::lint::rules
