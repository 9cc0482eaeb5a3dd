// Found by the readers; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule duplicate_id{
    .id = "duplicate-id",
    .group = "schema",
    .severity = Severity::error,
    .summary = "An id must be used once in a file.",
    .explanation =
        "References, diagrams and the states of running instances name elements by their ids. When two "
        "elements have the same id, the second one is lost for some tools and the first for others.\n\n"
        "Mend it by a new id for one of them, and correct the references to it. The message says where the "
        "id was used first.\n\n"
        "BPMN 2.0.2, 8.3.1 (BaseElement: id); XML Schema, xsd:ID; BPMNspector EXT.002.",
};

}  // namespace weir::lint::rules
