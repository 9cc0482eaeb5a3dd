// What an event defines for itself is its own.
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

    if (element.kind != ElementKind::event_definition_ref) continue;
    const ElementId definition = referred(subject, element.text);
    if (definition == ElementId::none || document[definition].parent == ElementId::none) continue;
    const ElementId owner = document[definition].parent;
    if (!model::is(document[owner].kind, model::Category::event) || owner == element.parent) continue;
    report.add(element.text_span, document.value(element.parent, "id"),
               fmt::format("{} refers to event definition {}, which {} has for itself",
                           quoted(document.value(element.parent, "id")), quoted(element.text),
                           quoted(document.value(owner, "id"))));
  }
}

constinit const Rule event_definition_shared{
    .id = "event-definition-shared",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "A shared event definition must stand below definitions, not inside of an event.",
    .explanation =
        "eventDefinitionRef lets several events use one definition, which stands by itself below "
        "<definitions>. A definition inside of an event belongs to that event: what is thrown there "
        "cannot be waited for elsewhere by the same definition.\n\n"
        "Mend it by moving the definition below <definitions> and referring to it from both events, "
        "or give each event its own.\n\n"
        "BPMN 2.0.2, 10.5.5 and tables 10.85, 10.87; BPMNspector EXT.095.",
    .check = check,
};

}  // namespace weir::lint::rules
