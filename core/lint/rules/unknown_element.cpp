// Found by the readers; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule unknown_element{
    .id = "unknown-element",
    .group = "schema",
    .severity = Severity::error,
    .summary = "Elements in the BPMN namespace must exist in BPMN 2.0.",
    .explanation =
        "The specification has no element of this name. It is misspelt, belongs to a later or private "
        "version, or should be in the namespace of a vendor. Engines ignore it or refuse the file; what it "
        "was to do does not happen.\n\n"
        "Mend it by the right name (the message suggests one when there is one near), or move the element "
        "into <extensionElements> with the namespace of its vendor.\n\n"
        "BPMN 2.0.2, 15.3 and Semantic.xsd.",
};

}  // namespace weir::lint::rules
