// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule duplicate_key{
    .id = "duplicate-key",
    .group = "syntax",
    .severity = Severity::error,
    .summary = "A key or table must be written once only.",
    .explanation =
        "TOML does not allow a key twice in one table, nor the same [table] twice, because nobody could "
        "tell which one counts. Steps are no exception: [[step]] with two brackets begins another one "
        "each time.\n\n"
        "Mend it by removing one of the two, or by writing [[...]] when a list was meant.",
};

}  // namespace weir::lint::rules
