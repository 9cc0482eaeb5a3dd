// How a reference to a data object in a state is called.
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

    if (element.kind != ElementKind::data_object_reference) continue;
    const ElementId state = document.child(id, ElementKind::data_state);
    const ElementId object = referred(subject, document.value(id, "dataObjectRef"));
    if (state == ElementId::none || object == ElementId::none || !strict_at(subject, id)) continue;
    const std::string_view name = document.value(id, "name"), own = document.value(object, "name");
    if (name.empty() || own.empty() || name == own) continue;
    const std::string expected = fmt::format("{} [{}]", own, document.value(state, "name"));
    if (name != expected)
      report.add(document.place(id, "name"), document.value(id, "id"),
                 fmt::format("{} refers to a data object in a state; its name should be {}", quoted(name),
                             quoted(expected)));
  }
}

constinit const Rule data_state_name{
    .id = "data-state-name",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "The name of a data object reference with a state must be \"data object [state]\".",
    .explanation =
        "One data object appears in several states as the process goes on: order [received], order "
        "[paid]. The name of each reference is that of the data object with the state in brackets, so "
        "that readers see that it is the same order.\n\n"
        "Mend it by naming the reference so. Only plain BPMN with isExecutable=\"true\" is judged: "
        "engines with attributes of their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, 10.4.1 and table 10.52 (data object reference); BPMNspector EXT.076.",
    .check = check,
};

}  // namespace weir::lint::rules
