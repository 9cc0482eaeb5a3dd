// Flowable and Activiti: the attributes Camunda 7 inherited, in their own namespaces.
#include <array>

#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

namespace {
using model::Namespace;
constexpr std::array rows{
    Row{Namespace::flowable, Field::loop_collection, "", "collection"},
    Row{Namespace::flowable, Field::loop_element_variable, "", "elementVariable"},
    Row{Namespace::flowable, Field::result_variable, "", "resultVariable"},
    Row{Namespace::activiti, Field::loop_collection, "", "collection"},
    Row{Namespace::activiti, Field::loop_element_variable, "", "elementVariable"},
    Row{Namespace::activiti, Field::result_variable, "", "resultVariable"},
};
}  // namespace

const std::span<const Row> flowable_rows = rows;

}  // namespace weir::formats::bpmn::dialects
