// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule wrong_value{
    .id = "wrong-value",
    .group = "schema",
    .severity = Severity::error,
    .summary = "A value must fit its key.",
    .explanation =
        "Each key takes one kind of value: an id, a text, a duration such as 2d or PT90S, FEEL, an array "
        "of assignments. Keys such as if, set, in, out, each and until hold FEEL without ${ and }; keys "
        "such as with, assign and due hold text in which ${...} is replaced by a value.\n\n"
        "Mend it by writing what the message says is expected.",
};

}  // namespace weir::lint::rules
