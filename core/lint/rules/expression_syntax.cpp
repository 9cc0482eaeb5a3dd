// Expressions that cannot be read.
#include "core/lint/expressions.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for_each_expression(subject, [&](const ExpressionPlace& place) {
    Diagnostics found;
    if (compile(subject, *place.expression, found)) return;
    for (const Diagnostic& each : found.list()) report_at(report, place, each);
  });
}

constinit const Rule expression_syntax{
    .id = "expression-syntax",
    .group = "expressions",
    .severity = Severity::error,
    .summary = "In an executable process, a FEEL or JUEL expression must be one.",
    .explanation =
        "The text says that it is an expression, by a leading '=' (FEEL) or by ${...} (JUEL), but it cannot "
        "be read: "
        "a parenthesis is missing, a text is not closed, an operator stands in the wrong place. The instance "
        "would fail "
        "when it gets there.\n\n"
        "Mend it at the place given. In FEEL a comparison is =, not ==; texts stand in double quotes; 'and', "
        "'or' and "
        "'not(...)' are words.\n\n"
        "DMN 1.5, 10.3.1 (FEEL); JSR 245 (JUEL). Expressions in other languages, and in processes that are "
        "not "
        "executable, are not read.",
    .check = check,
};

}  // namespace weir::lint::rules
