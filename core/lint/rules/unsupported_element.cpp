// Found when a process is compiled to run; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule unsupported_element{
    .id = "unsupported-element",
    .group = "engine",
    .severity = Severity::error,
    .summary = "A process that is to run must use only what weir can execute.",
    .explanation =
        "The element is good BPMN and lint checks it, but this version of weir cannot run, simulate or "
        "verify it, and says so rather than guess.\n\n"
        "Mend it by another construct if the process is to run here (the message names the element and "
        "what is missing), or run it elsewhere.\n\n"
        "BPMN 2.0.2, 2.2 (conformance) names what an engine must support.",
};

}  // namespace weir::lint::rules
