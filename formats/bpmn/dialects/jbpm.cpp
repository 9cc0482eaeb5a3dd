// jBPM: attributes on the BPMN element.
#include <array>

#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

namespace {
using model::Namespace;
constexpr std::array rows{
    Row{Namespace::drools, Field::work_item, "", "taskName"},
    Row{Namespace::drools, Field::job_type, "", "serviceinterface"},
};
}  // namespace

const std::span<const Row> jbpm_rows = rows;

}  // namespace weir::formats::bpmn::dialects
