// Where events put what they have caught, what an error says besides its code, and which changes a condition
// looks at.
#include <algorithm>
#include <array>
#include <utility>

#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

using model::ElementKind;
using model::Namespace;

namespace {

struct VariableRow {
  Namespace ns;
  ElementKind kind;
  std::string_view attribute;
  std::string_view model::EventDefinition::*field;
};
constexpr std::array rows{
    VariableRow{Namespace::camunda, ElementKind::error_event_definition, "errorCodeVariable",
                &model::EventDefinition::code_variable},
    VariableRow{Namespace::camunda, ElementKind::error_event_definition, "errorMessageVariable",
                &model::EventDefinition::message_variable},
    VariableRow{Namespace::camunda, ElementKind::escalation_event_definition, "escalationCodeVariable",
                &model::EventDefinition::code_variable},
    VariableRow{Namespace::flowable, ElementKind::error_event_definition, "errorVariableName",
                &model::EventDefinition::code_variable},
    VariableRow{Namespace::activiti, ElementKind::error_event_definition, "errorVariableName",
                &model::EventDefinition::code_variable},
};

/// "a, b"
void split(std::string_view text, std::vector<std::string_view>& out) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    if (const std::string_view part = trim(text.substr(at, end - at)); !part.empty()) out.push_back(part);
    at = end + 1;
  }
}

void fill_condition(const model::Document& document, model::EventDefinition& event) {
  for (const auto& [name, list] :
       {std::pair("variableName", &event.variables), std::pair("variableEvents", &event.changes)})
    if (const model::Attribute* found = document.attribute(event.element, Namespace::camunda, name))
      split(found->value, *list);
  const model::ElementId extensions = document.child(event.element, ElementKind::extension_elements);
  if (extensions == model::ElementId::none) return;
  const model::ElementId filter = document.child(extensions, Namespace::zeebe, "conditionalFilter");
  if (filter == model::ElementId::none) return;
  split(document.value(filter, "variableNames"), event.variables);
  split(document.value(filter, "variableEvents"), event.changes);
}

}  // namespace

void fill_event_variables(const model::Document& document, model::FlowNode& node) {
  for (model::EventDefinition& event : node.event_definitions)
    if (event.kind == ElementKind::conditional_event_definition && event.element != model::ElementId::none)
      fill_condition(document, event);
  for (model::EventDefinition& event : node.event_definitions)
    for (const VariableRow& row : rows)
      if (event.kind == row.kind && (event.*row.field).empty())
        if (const model::Attribute* found = document.attribute(event.element, row.ns, row.attribute))
          event.*row.field = found->value;
}

void fill_error(const model::Document& document, model::RootElement& root) {
  if (root.kind != ElementKind::error) return;
  for (const Namespace ns : {Namespace::camunda, Namespace::flowable})
    if (const model::Attribute* found = document.attribute(root.element, ns, "errorMessage"))
      root.message_text = found->value;
}

}  // namespace weir::formats::bpmn::dialects
