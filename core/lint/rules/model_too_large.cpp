// Found when a process is compiled to run; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule model_too_large{
    .id = "model-too-large",
    .group = "engine",
    .severity = Severity::error,
    .summary = "A process must be small enough to be analysed.",
    .explanation =
        "For each inclusive join weir works out beforehand from where tokens may still come. With very "
        "many inclusive joins that have very many incoming flows this would need more memory than there "
        "is.\n\n"
        "Mend it by dividing the process into sub-processes or called processes, or use parallel gateways "
        "where all branches always run.\n\n"
        "BPMN 2.0.2, 13.4.3 and table 13.3.",
};

}  // namespace weir::lint::rules
