// Found by the evaluation of decisions; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_cycle{
    .id = "dmn-cycle",
    .group = "decisions",
    .severity = Severity::error,
    .summary = "Decisions must not require themselves.",
    .explanation =
        "A decision requires another one that in the end requires the first: neither can be "
        "computed before the other, so both are null. The same goes for item definitions that "
        "contain themselves without a list in between.\n\n"
        "Mend it by removing one of the requirements, or by splitting the decision that plays two "
        "parts.",
};

}  // namespace weir::lint::rules
