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
};
}  // namespace

const std::span<const Row> zeebe_rows = rows;

}  // namespace weir::formats::bpmn::dialects
