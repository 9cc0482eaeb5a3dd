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
};
}  // namespace

const std::span<const Row> camunda7_rows = rows;

}  // namespace weir::formats::bpmn::dialects
