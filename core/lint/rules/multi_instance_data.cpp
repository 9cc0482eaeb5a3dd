// The collection of a multi-instance activity and its single item.
#include "core/lint/data_items.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;

struct Side {
  std::string_view attribute, reference;
  ElementKind data, item;  // what a task may name, and the element of the single item
};

void check_side(const Subject& subject, Report& report, const model::FlowNode& node, const Side& side) {
  const model::Document& document = subject.model.document;
  if (side.reference.empty()) return;
  const ElementId ref = document.child(node.loop.element, side.data == ElementKind::data_input
                                                              ? ElementKind::loop_data_input_ref
                                                              : ElementKind::loop_data_output_ref);
  const Span span = ref == ElementId::none ? node.span : document[ref].text_span;
  const ElementId data = referred(subject, side.reference);
  const ElementKind kind = data == ElementId::none ? ElementKind::unknown : document[data].kind;
  // A sub-process has no inputs of its own; it names data of the process around it.
  const bool fits =
      kind == side.data ||
      (node.is_sub_process() &&
       (kind == ElementKind::data_object || kind == ElementKind::property ||
        kind == ElementKind::data_object_reference || kind == ElementKind::data_store_reference));
  if (!fits) {
    report.at(node, span,
              fmt::format("{} of {} names {}, which is no {} of it", side.attribute, quoted(node),
                          quoted(side.reference), model::words(side.data)));
    return;
  }
  const ElementId single = document.child(node.loop.element, side.item);
  if (single == ElementId::none) return;
  const Item one = item_of(subject, single), all = item_of(subject, data);
  if (one.definition == ElementId::none || all.definition == ElementId::none) return;
  const auto structure = [&](const Item& item) { return document.value(item.definition, "structureRef"); };
  if (is_collection(document, one.definition) && is_collection(document, all.definition))
    report.at(node, document.place(single, "itemSubjectRef"),
              fmt::format("{} {} of {} is a collection itself, not one item of it", model::words(side.item),
                          quoted(document.value(single, "id")), quoted(node)));
  else if (!structure(one).empty() && !structure(all).empty() && structure(one) != structure(all))
    report.at(node, document.place(single, "itemSubjectRef"),
              fmt::format("{} {} of {} is not of the structure of the items in {}", model::words(side.item),
                          quoted(document.value(single, "id")), quoted(node), quoted(side.reference)));
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.loop.kind != model::Loop::Kind::multi_instance || !subject.strict(node.scope)) continue;
    check_side(subject, report, node,
               {"loopDataInputRef", node.loop.data_input_ref, ElementKind::data_input,
                ElementKind::input_data_item});
    check_side(subject, report, node,
               {"loopDataOutputRef", node.loop.data_output_ref, ElementKind::data_output,
                ElementKind::output_data_item});
  }
}

constinit const Rule multi_instance_data{
    .id = "multi-instance-data",
    .group = "constraints",
    .severity = Severity::error,
    .summary =
        "A multi-instance activity must go over one of its own data, and its item must be one of that "
        "collection.",
    .explanation =
        "loopDataInputRef names the collection that has an item for each instance, inputDataItem that "
        "item; loopDataOutputRef and outputDataItem do the same for results. A task names one of its "
        "data inputs (outputs), a sub-process data of the process around it. The item has the "
        "structure of the collection, but is no collection.\n\n"
        "Mend it by naming a data input of the ioSpecification of the task, and by an item definition "
        "with the same structureRef without isCollection. Only plain BPMN with isExecutable=\"true\" "
        "is judged: engines with attributes of their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, 10.3.8 and table 10.30; BPMNspector EXT.068 to EXT.070.",
    .check = check,
};

}  // namespace weir::lint::rules
