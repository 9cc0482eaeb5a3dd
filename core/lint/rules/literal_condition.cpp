// Conditions that are written down as a number.
#include <cstdint>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;

/// A number or a text in quotes.
bool is_literal(std::string_view text) {
  if (text.starts_with('=')) text.remove_prefix(1);
  if (text.size() > 1 && text.front() == '"' && text.find('"', 1) == text.size() - 1) return true;
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (std::uint32_t i = 0; i < document.elements.size(); ++i) {
    const auto id = static_cast<ElementId>(i);
    const model::Element& element = document[id];

    const bool multi_instance =
        element.kind == ElementKind::completion_condition ||
        (element.kind == ElementKind::condition && element.parent != ElementId::none &&
         document[element.parent].kind == ElementKind::complex_behavior_definition);
    if (!multi_instance || !is_literal(element.text)) continue;
    ElementId owner = id;
    while (owner != ElementId::none && !model::is(document[owner].kind, model::Category::activity))
      owner = document[owner].parent;
    report.add(
        element.text_span, owner == ElementId::none ? std::string_view() : document.value(owner, "id"),
        fmt::format("the {} {} is neither true nor false", model::words(element.kind), quoted(element.text)));
  }
}

constinit const Rule literal_condition{
    .id = "literal-condition",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "A condition of a multi-instance or ad-hoc activity must be able to be true or false.",
    .explanation =
        "completionCondition says when no more instances are needed, the condition of a "
        "complexBehaviorDefinition whether its event is thrown. A number or a text is neither true "
        "nor false.\n\n"
        "Mend it by a comparison (approvals >= 2); a number of instances belongs into "
        "loopCardinality.\n\n"
        "BPMN 2.0.2, tables 10.24, 10.30 and 10.31; BPMNspector EXT.071, EXT.072.",
    .check = check,
};

}  // namespace weir::lint::rules
