// Found by the evaluation of decisions; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_unresolved_import{
    .id = "dmn-unresolved-import",
    .group = "decisions",
    .severity = Severity::error,
    .summary = "Imported decision models must be there.",
    .explanation =
        "An <import> names a namespace that none of the DMN files beside this one has. The types, "
        "decisions and knowledge models that come from it are unknown, so whatever uses them gives "
        "null.\n\n"
        "Mend it by putting the imported file beside this one, or by correcting the namespace of "
        "the import.",
};

}  // namespace weir::lint::rules
