// Who does it: a resource or an expression, not both.
#include <cstdint>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

using model::ElementId;
using model::ElementKind;

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (std::uint32_t i = 0; i < document.elements.size(); ++i) {
    const auto id = static_cast<ElementId>(i);
    const model::Element& element = document[id];

    if (element.kind != ElementKind::performer && element.kind != ElementKind::human_performer &&
        element.kind != ElementKind::potential_owner && element.kind != ElementKind::resource_role)
      continue;
    const bool resource = document.child(id, ElementKind::resource_ref) != ElementId::none;
    const ElementId binding = document.child(id, ElementKind::resource_parameter_binding);
    const ElementId expression = document.child(id, ElementKind::resource_assignment_expression);
    const std::string_view owner = document.value(element.parent, "id");
    if (resource && expression != ElementId::none)
      report.add(document[expression].name_span, owner,
                 fmt::format("a {} of {} names a resource and has an expression too; only one of them can "
                             "say who it is",
                             model::words(element.kind), quoted(owner)));
    if (!resource && binding != ElementId::none)
      report.add(document[binding].name_span, owner,
                 fmt::format("a {} of {} binds a parameter but names no resource", model::words(element.kind),
                             quoted(owner)));
  }
}

constinit const Rule resource_assignment{
    .id = "resource-assignment",
    .group = "constraints",
    .severity = Severity::error,
    .summary =
        "A performer must be named either by a resource or by an expression, and parameters need a "
        "resource.",
    .explanation =
        "Who does an activity is said by the name of a resource, with values for its parameters, or "
        "by an expression that yields it. With both, it is open which of them counts; values for "
        "parameters without a resource are values of nothing.\n\n"
        "Mend it by removing the resourceRef or the expression, or adding the resourceRef that the "
        "parameters belong to.\n\n"
        "BPMN 2.0.2, 10.3.1 and table 10.5 (resource role); BPMNspector EXT.039, EXT.040.",
    .check = check,
};

}  // namespace weir::lint::rules
