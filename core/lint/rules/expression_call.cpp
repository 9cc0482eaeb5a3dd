// Expressions that can be read but cannot yield what their author wants: functions called with what they do
// not take, item 0 of a list, dates that do not exist.
#include "core/lint/expressions.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for_each_expression(subject, [&](const ExpressionPlace& place) {
    Diagnostics found;
    if (!compile(subject, *place.expression, found)) return;  // expression-syntax
    for (const Diagnostic& each : found.list())
      if (each.code != "feel-engine-version") report_at(report, place, each);
  });
}

constinit const Rule expression_call{
    .id = "expression-call",
    .group = "expressions",
    .severity = Severity::warning,
    .summary = "In an executable process, functions and lists must be used in a way that can yield a value.",
    .explanation =
        "FEEL answers null instead of failing: a function that does not exist or gets the wrong parameters, "
        "the item 0 "
        "of a list (lists are counted from 1), a date that is none. A condition that is null is not true, so "
        "the process "
        "silently takes another way.\n\n"
        "Mend it at the place given; the message says what the function takes.\n\n"
        "DMN 1.5, 10.3.4 (built-in functions) and 10.3.2.5 (filters).",
    .check = check,
};

}  // namespace weir::lint::rules
