// Data of events: one for each definition, of the same item.
#include <algorithm>

#include "core/lint/data_items.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;

/// What the message, signal, error or escalation of a definition carries.
Item carried(const Subject& subject, const model::EventDefinition& definition) {
  return item_of(subject, referred(subject, definition.reference));
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (!node.is_event() || node.element == ElementId::none || !subject.strict(node.scope)) continue;
    const InputOutput all = input_output(document, node.element);
    const bool throwing = node.is(model::Category::throwing);
    const auto& data = throwing ? all.inputs : all.outputs;
    if (data.empty()) continue;
    const std::string_view words = throwing ? "input" : "output";
    if (data.size() < node.event_definitions.size())
      report(node, "event {} has {} definitions but {} data {}s; each definition needs its own", quoted(node),
             node.event_definitions.size(), data.size(), words);
    for (std::size_t i = 0; i < std::min(data.size(), node.event_definitions.size()); ++i)
      if (differ(subject, carried(subject, node.event_definitions[i]), item_of(subject, data[i])))
        report.at(node, document.place(data[i], "itemSubjectRef"),
                  fmt::format("data {} {} of {} is not of the item that its {} carries", words,
                              quoted(document.value(data[i], "id")), quoted(node),
                              model::words(node.event_definitions[i].kind)));
  }
}

constinit const Rule event_data{
    .id = "event-data",
    .group = "constraints",
    .severity = Severity::error,
    .summary =
        "An event with data must have one input or output for each of its definitions, of the same "
        "item.",
    .explanation =
        "What an event catches is handed over in its data outputs, what it throws is taken from its "
        "data inputs: the first belongs to the first definition, the second to the second. When there "
        "are fewer, it is open which of the events they belong to; when the items differ, what "
        "arrives does not fit.\n\n"
        "Mend it by a data output (input) for every definition, in the same order, with the item of "
        "its message, signal, error or escalation. Only plain BPMN with isExecutable=\"true\" is "
        "judged: engines with attributes of their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, 10.5.1 (data modeling and events); BPMNspector EXT.093, EXT.094.",
    .check = check,
};

}  // namespace weir::lint::rules
