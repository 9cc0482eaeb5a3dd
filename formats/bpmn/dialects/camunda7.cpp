// Camunda 7: attributes on the BPMN element.
#include <array>

#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

namespace {
using model::Namespace;
constexpr std::array rows{
    Row{Namespace::camunda, Field::loop_collection, "", "collection"},
    Row{Namespace::camunda, Field::loop_element_variable, "", "elementVariable"},
    Row{Namespace::camunda, Field::result_variable, "", "resultVariable"},
    Row{Namespace::camunda, Field::assignee, "", "assignee"},
    Row{Namespace::camunda, Field::candidate_users, "", "candidateUsers"},
    Row{Namespace::camunda, Field::candidate_groups, "", "candidateGroups"},
    Row{Namespace::camunda, Field::due_date, "", "dueDate"},
    Row{Namespace::camunda, Field::follow_up_date, "", "followUpDate"},
    Row{Namespace::camunda, Field::priority, "", "priority"},
    Row{Namespace::camunda, Field::form, "", "formKey"},
    Row{Namespace::camunda, Field::job_type, "", "topic"},
    Row{Namespace::camunda, Field::job_type, "", "class"},
    Row{Namespace::camunda, Field::bean, "", "delegateExpression"},
    Row{Namespace::camunda, Field::expression, "", "expression"},
};
}  // namespace

const std::span<const Row> camunda7_rows = rows;

}  // namespace weir::formats::bpmn::dialects
