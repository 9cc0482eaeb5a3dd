// Found by the readers; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule bad_json{
    .id = "bad-json",
    .group = "syntax",
    .severity = Severity::error,
    .summary = "A JSON file must be well-formed.",
    .explanation =
        "The text breaks the rules of JSON at the place shown: a missing comma or quote, a comma too many, "
        "or a file that was cut off. Nothing of it is used.\n\nMend it there; the line may be right and the "
        "one before it wrong.\n\nRFC 8259. Infinity and NaN are accepted as well, since other tools write "
        "them.",
};

}  // namespace weir::lint::rules
