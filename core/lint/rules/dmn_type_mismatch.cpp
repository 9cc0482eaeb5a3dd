// Found by the evaluation of decisions; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule dmn_type_mismatch{
    .id = "dmn-type-mismatch",
    .group = "decisions",
    .severity = Severity::warning,
    .summary = "Values must be of the type that is declared.",
    .explanation =
        "An input, an argument or a result is of another type than its typeRef says and cannot be "
        "converted by the rules of DMN: a list of one value becomes the value, a value a list, a "
        "date a date and time. The value is null from there on.\n\n"
        "Mend it by giving a value of the declared type, or by correcting the typeRef.",
};

}  // namespace weir::lint::rules
