// Camunda 8 (Zeebe): everything stands in extension elements.
#include <array>

#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

namespace {
using model::Namespace;
constexpr std::array rows{
    Row{Namespace::zeebe, Field::called_element, "calledElement", "processId"},
    Row{Namespace::zeebe, Field::loop_collection, "loopCharacteristics", "inputCollection"},
    Row{Namespace::zeebe, Field::loop_element_variable, "loopCharacteristics", "inputElement"},
    Row{Namespace::zeebe, Field::script, "script", "expression"},
    Row{Namespace::zeebe, Field::result_variable, "script", "resultVariable"},
    Row{Namespace::zeebe, Field::result_variable, "calledDecision", "resultVariable"},
    Row{Namespace::zeebe, Field::job_type, "taskDefinition", "type"},
    Row{Namespace::zeebe, Field::assignee, "assignmentDefinition", "assignee"},
    Row{Namespace::zeebe, Field::candidate_users, "assignmentDefinition", "candidateUsers"},
    Row{Namespace::zeebe, Field::candidate_groups, "assignmentDefinition", "candidateGroups"},
    Row{Namespace::zeebe, Field::due_date, "taskSchedule", "dueDate"},
    Row{Namespace::zeebe, Field::follow_up_date, "taskSchedule", "followUpDate"},
    Row{Namespace::zeebe, Field::priority, "priorityDefinition", "priority"},
    Row{Namespace::zeebe, Field::form, "formDefinition", "formKey"},
    Row{Namespace::zeebe, Field::form, "formDefinition", "formId"},
    Row{Namespace::zeebe, Field::form, "formDefinition", "externalReference"},
};
}  // namespace

const std::span<const Row> zeebe_rows = rows;

}  // namespace weir::formats::bpmn::dialects
