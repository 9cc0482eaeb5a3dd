// Found by the evaluation of decisions; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_unresolved_href{
    .id = "dmn-unresolved-href",
    .group = "decisions",
    .severity = Severity::error,
    .summary = "Requirements must refer to elements that exist.",
    .explanation =
        "The href of a requirement, or of a part of a decision service, names no element of this "
        "file or of a file it imports. What is required has no value then, and expressions that use "
        "its name give null.\n\n"
        "Mend it by correcting the id after the '#', or by importing the file that has the element.",
};

}  // namespace weir::lint::rules
