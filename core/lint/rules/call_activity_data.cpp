// A call activity has the inputs and outputs of what it calls.
#include <vector>

#include "core/lint/data_items.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;

struct Side {
  std::string_view words;
  const std::vector<ElementId>&own, &called;
};

void check_side(const Subject& subject, Report& report, const model::FlowNode& node, const Side& side) {
  const model::Document& document = subject.model.document;
  if (side.own.size() != side.called.size()) {
    report(node, "call activity {} has {} data {}s, but what it calls has {}", quoted(node), side.own.size(),
           side.words, side.called.size());
    return;
  }
  for (std::size_t i = 0; i < side.own.size(); ++i)
    if (differ(subject, item_of(subject, side.own[i]), item_of(subject, side.called[i])))
      report.at(node, document.place(side.own[i], "itemSubjectRef"),
                fmt::format("data {} {} of call activity {} is not of the item of {}, to which it belongs",
                            side.words, quoted(document.value(side.own[i], "id")), quoted(node),
                            quoted(document.value(side.called[i], "id"))));
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.called_element.empty() || !subject.strict(node.scope)) continue;
    const ElementId callee = referred(subject, node.called_element);
    const InputOutput called = input_output(document, callee);
    if (called.element == ElementId::none || called.element == callee) continue;
    const InputOutput own = input_output(document, node.element);
    check_side(subject, report, node, {"input", own.inputs, called.inputs});
    check_side(subject, report, node, {"output", own.outputs, called.outputs});
  }
}

constinit const Rule call_activity_data{
    .id = "call-activity-data",
    .group = "constraints",
    .severity = Severity::error,
    .summary =
        "A call activity must have the data inputs and outputs of the process or global task it "
        "calls.",
    .explanation =
        "What is called gets its inputs from the call activity and returns its outputs to it. So both "
        "have the same inputs and outputs, in the same order and of the same items; one more or less "
        "has nobody to come from or go to.\n\n"
        "Mend it by repeating the ioSpecification of the called process (or global task) in the call "
        "activity. Only plain BPMN with isExecutable=\"true\" is judged: engines with attributes of "
        "their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, 10.3.6 (call activity); BPMNspector EXT.063.",
    .check = check,
};

}  // namespace weir::lint::rules
