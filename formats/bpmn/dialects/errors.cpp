// Where events put what they have caught, and what an error says besides its code.
#include <array>

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

}  // namespace

void fill_event_variables(const model::Document& document, model::FlowNode& node) {
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
