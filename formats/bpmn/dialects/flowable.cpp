// Flowable and Activiti: the attributes Camunda 7 inherited, in their own namespaces.
#include <array>

#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

namespace {
using model::Namespace;
constexpr std::array rows{
    Row{Namespace::flowable, Field::loop_collection, "", "collection"},
    Row{Namespace::flowable, Field::loop_element_variable, "", "elementVariable"},
    Row{Namespace::flowable, Field::loop_index_variable, "", "elementIndexVariable"},
    Row{Namespace::flowable, Field::result_variable, "", "resultVariable"},
    Row{Namespace::flowable, Field::assignee, "", "assignee"},
    Row{Namespace::flowable, Field::candidate_users, "", "candidateUsers"},
    Row{Namespace::flowable, Field::candidate_groups, "", "candidateGroups"},
    Row{Namespace::flowable, Field::due_date, "", "dueDate"},
    Row{Namespace::flowable, Field::priority, "", "priority"},
    Row{Namespace::flowable, Field::form, "", "formKey"},
    Row{Namespace::flowable, Field::job_type, "", "topic"},
    Row{Namespace::flowable, Field::job_type, "", "class"},
    Row{Namespace::flowable, Field::bean, "", "delegateExpression"},
    Row{Namespace::flowable, Field::expression, "", "expression"},
    Row{Namespace::flowable, Field::job_type, "", "type"},
    Row{Namespace::activiti, Field::loop_collection, "", "collection"},
    Row{Namespace::activiti, Field::loop_element_variable, "", "elementVariable"},
    Row{Namespace::activiti, Field::loop_index_variable, "", "elementIndexVariable"},
    Row{Namespace::activiti, Field::result_variable, "", "resultVariable"},
    Row{Namespace::activiti, Field::assignee, "", "assignee"},
    Row{Namespace::activiti, Field::candidate_users, "", "candidateUsers"},
    Row{Namespace::activiti, Field::candidate_groups, "", "candidateGroups"},
    Row{Namespace::activiti, Field::due_date, "", "dueDate"},
    Row{Namespace::activiti, Field::priority, "", "priority"},
    Row{Namespace::activiti, Field::form, "", "formKey"},
    Row{Namespace::activiti, Field::job_type, "", "topic"},
    Row{Namespace::activiti, Field::job_type, "", "class"},
    Row{Namespace::activiti, Field::bean, "", "delegateExpression"},
    Row{Namespace::activiti, Field::expression, "", "expression"},
    Row{Namespace::activiti, Field::job_type, "", "type"},
};
}  // namespace

const std::span<const Row> flowable_rows = rows;

}  // namespace weir::formats::bpmn::dialects
