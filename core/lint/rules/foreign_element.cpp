// Found by the readers; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule foreign_element{
    .id = "foreign-element",
    .group = "schema",
    .severity = Severity::warning,
    .summary = "Elements of other namespaces belong into extensionElements.",
    .explanation =
        "BPMN has one place for elements of vendors and other languages: <extensionElements>. Elsewhere "
        "many tools drop them or refuse the file. Where an element of BPMN itself has got another "
        "namespace, because a prefix was bound twice, it is not read as BPMN at all.\n\n"
        "Mend it by moving the element into <extensionElements> of its parent, or by correcting its "
        "prefix.\n\n"
        "BPMN 2.0.2, 8.3.3 (extensibility).",
};

}  // namespace weir::lint::rules
