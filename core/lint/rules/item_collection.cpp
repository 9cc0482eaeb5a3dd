// A data element and its item definition agree about being many.
#include <cstdint>

#include "core/lint/data_items.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

using model::ElementId;
using model::ElementKind;

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (std::uint32_t i = 0; i < document.elements.size(); ++i) {
    const auto id = static_cast<ElementId>(i);
    const model::Element& element = document[id];

    if (element.kind != ElementKind::data_object && element.kind != ElementKind::data_input &&
        element.kind != ElementKind::data_output)
      continue;
    const Item item = item_of(subject, id);
    if (item.definition == ElementId::none || !strict_at(subject, id)) continue;
    const bool many = is_collection(document, id);
    if (many != is_collection(document, item.definition))
      report.add(document.place(id, "isCollection"), document.value(id, "id"),
                 fmt::format("{} {} is {}, but its item definition {} is {}", model::words(element.kind),
                             quoted(document.value(id, "id")), many ? "a collection" : "no collection",
                             quoted(document.value(item.definition, "id")), many ? "none" : "one"));
  }
}

constinit const Rule item_collection{
    .id = "item-collection",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "isCollection of a data element must agree with its item definition.",
    .explanation =
        "The item definition says what a data object, input or output holds and whether it is a "
        "collection. A data element that says otherwise is read in two ways.\n\n"
        "Mend it by the same isCollection at both (not written is false). Only plain BPMN with "
        "isExecutable=\"true\" is judged: engines with attributes of their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, tables 10.51, 10.59 and 10.60; BPMNspector EXT.020, EXT.077, EXT.081, EXT.083.",
    .check = check,
};

}  // namespace weir::lint::rules
