// Found by the evaluation of decisions; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_unknown_type{
    .id = "dmn-unknown-type",
    .group = "decisions",
    .severity = Severity::warning,
    .summary = "A typeRef must name a type.",
    .explanation =
        "A typeRef names neither a type of FEEL, such as number, string or date and time, nor an "
        "item definition of this file or of an import. Values are not checked there, as if Any had "
        "been written.\n\n"
        "Mend it by correcting the name, or by adding the item definition that is meant.",
};

}  // namespace weir::lint::rules
