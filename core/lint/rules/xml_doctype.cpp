// Found by the readers; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule xml_doctype{
    .id = "xml-doctype",
    .group = "syntax",
    .severity = Severity::error,
    .summary = "A model must not have a document type declaration with entities.",
    .explanation =
        "Entities can be made to expand to gigabytes or to read files of the machine that opens the model. "
        "BPMN needs none, so weir refuses them without looking inside; a bare DOCTYPE without entities is "
        "only warned about.\n\n"
        "Mend it by removing <!DOCTYPE ...> and writing characters directly or as &#228;.\n\n"
        "XML 1.0, fifth edition, 2.8 and 4.2; OWASP: XML external entity processing.",
};

}  // namespace weir::lint::rules
