// Found by the readers; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule not_bpmn{
    .id = "not-bpmn",
    .group = "syntax",
    .severity = Severity::error,
    .summary = "The file must be a BPMN 2.0 model.",
    .explanation =
        "The file can be read but is something else: JSON, another XML language, a draft of BPMN with an "
        "older namespace, or BPMN elements without any namespace, which engines do not recognise.\n\n"
        "Mend it by naming the right file, or by the namespace http://www.omg.org/spec/BPMN/20100524/MODEL "
        "on the root element <definitions>.\n\n"
        "BPMN 2.0.2, 15.3 (XML schema).",
};

}  // namespace weir::lint::rules
