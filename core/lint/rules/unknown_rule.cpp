// Reported by the linter itself: a suppression that names no rule.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule unknown_rule{
    .id = "unknown-rule",
    .group = "meta",
    .severity = Severity::warning,
    .summary = "A suppression must name rules that exist.",
    .explanation =
        "weir:ignore=\"rule-a rule-b\" on an element drops the findings of these rules for the element and "
        "everything "
        "inside it. A name that is no rule suppresses nothing, which its author has not noticed.\n\n"
        "Mend it by correcting the name; weir rules lists all of them.",
};

}  // namespace weir::lint::rules
