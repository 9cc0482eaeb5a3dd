// Expressions of processes that run are formal ones.
#include <cstdint>

#include "core/lint/data_items.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;

bool is_expression_element(ElementKind kind) {
  switch (kind) {
    case ElementKind::condition_expression:
    case ElementKind::condition:
    case ElementKind::loop_condition:
    case ElementKind::loop_cardinality:
    case ElementKind::completion_condition:
    case ElementKind::time_date:
    case ElementKind::time_cycle:
    case ElementKind::time_duration:
      return true;
    default:
      return false;
  }
}

/// Can mean only one thing, marked or not: ${x}, =x, a number of instances; times too, as long as the file
/// does not say that its expressions are of another language. Whether it can be read is for others to say.
bool speaks_for_itself(const model::Definitions& model, const model::Element& element) {
  const std::string_view text = element.text;
  if (is_expression(text)) return true;
  if (element.kind == ElementKind::loop_cardinality) return text.find(' ') == std::string_view::npos;
  const bool time = element.kind == ElementKind::time_date || element.kind == ElementKind::time_cycle ||
                    element.kind == ElementKind::time_duration;
  return time && model.expression_language.empty();
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (std::uint32_t i = 0; i < document.elements.size(); ++i) {
    const auto id = static_cast<ElementId>(i);
    const model::Element& element = document[id];

    const bool behavior = element.kind == ElementKind::condition && element.parent != ElementId::none &&
                          document[element.parent].kind == ElementKind::complex_behavior_definition;
    if (!is_expression_element(element.kind) || !strict_at(subject, id)) continue;
    // The schema makes the condition of a complex behavior a formal one, whatever its type says.
    const bool typed = document.attribute(id, model::Namespace::xsi, "type") != nullptr;
    ElementId owner = id;
    while (owner != ElementId::none && document.value(owner, "id").empty()) owner = document[owner].parent;
    const std::string_view name = owner == ElementId::none ? std::string_view() : document.value(owner, "id");
    if (element.text.empty() && behavior)
      report.add(element.name_span, name,
                 fmt::format("the {} of {} is empty", model::words(element.kind), quoted(name)));
    else if (!element.text.empty() && !typed && !behavior && !speaks_for_itself(subject.model, element))
      report.add(element.text_span.known() ? element.text_span : element.name_span, name,
                 fmt::format("the {} {} is natural language: without xsi:type=\"tFormalExpression\" nothing "
                             "can compute it",
                             model::words(element.kind), quoted(element.text)));
  }
}

constinit const Rule formal_expression{
    .id = "formal-expression",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "In an executable process, expressions must be formal expressions.",
    .explanation =
        "BPMN knows two sorts of expressions: natural language for readers, and formal expressions "
        "that can be computed. Which of them it is is said by xsi:type=\"tFormalExpression\"; what is "
        "not formal cannot be run.\n\n"
        "What needs no reading, as ${x}, =x, 3 or PT1H, is let pass, dates and durations only where the file "
        "names no expressionLanguage.\n\n"
        "Mend it by adding xsi:type=\"tFormalExpression\" to the element. Only plain BPMN with "
        "isExecutable=\"true\" is judged: engines with attributes of their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, 8.4.7 (expressions) and 10.2.1; BPMNspector EXT.012, EXT.013, EXT.123.",
    .check = check,
};

}  // namespace weir::lint::rules
