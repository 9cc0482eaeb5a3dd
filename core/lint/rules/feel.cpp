// What compiling and evaluating FEEL and JUEL reports; these rows explain it.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule feel_syntax{
    .id = "feel-syntax",
    .group = "feel",
    .severity = Severity::error,
    .summary = "An expression must follow the grammar of FEEL or JUEL.",
    .explanation =
        "The text cannot be read as an expression from the place given on: a bracket is missing, a "
        "text is not closed, an operator stands where a value should be. Nothing of it is evaluated.\n\n"
        "Mend it at that place. FEEL compares with = and not ==, its texts stand in double quotes, "
        "its choice is `if ... then ... else ...`. Names of several words are only known when they "
        "are declared. `weir eval` tries an expression out. (DMN 1.5, section 10.3.1.)",
};

constinit const Rule juel_syntax{
    .id = "juel-syntax",
    .group = "feel",
    .severity = Severity::error,
    .summary = "An expression in ${...} must follow the grammar of JUEL.",
    .explanation =
        "What stands between ${ or #{ and } cannot be read: it is empty, a parenthesis or a quote is not "
        "closed, an operator is missing. Engines refuse to deploy such a file.\n\n"
        "Mend it at that place. JUEL compares with == and !=, its texts stand in single or double quotes, "
        "its choice is `a ? b : c`. (JSR 245, section 1.)",
};

constinit const Rule expression_language{
    .id = "expression-language",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "An expression should be in a language that can be evaluated here.",
    .explanation =
        "A language attribute says that the expression is in Groovy, JavaScript, XPath or another language "
        "that weir does not have. Its value is null: a condition is not met, a cell of a decision table "
        "never matches.\n\n"
        "Mend it by writing the expression in FEEL (= ... in a process) or JUEL (${...}).",
};

constinit const Rule expression_text{
    .id = "expression-text",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "A condition should be an expression, not a sentence.",
    .explanation =
        "The text is none that can be evaluated: models that were drawn to be read say `amount is large` "
        "where an engine needs `= amount > 1000`. Nobody knows when such a flow is taken.\n\n"
        "Mend it by writing the condition in FEEL behind '=', and the sentence as the name of the flow.",
};

constinit const Rule feel_temporal_literal{
    .id = "feel-temporal-literal",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "A literal such as @\"2024-02-29\" must be a date, time or duration.",
    .explanation =
        "The text behind @ is none of the forms that FEEL knows, or names a day or hour that does not "
        "exist; the value is null.\n\n"
        "Mend it as ISO 8601 writes it: @\"2024-02-29\", @\"10:30:00\", @\"2024-02-29T10:30:00Z\", @\"P3D\", "
        "@\"PT2H\", @\"P1Y6M\". (DMN 1.5, section 10.3.1.2.)",
};

constinit const Rule feel_limit{
    .id = "feel-limit",
    .group = "feel",
    .severity = Severity::error,
    .summary = "An expression must stay within the limits of weir.",
    .explanation =
        "The expression is too long, is nested too deeply, takes too many steps or makes values that "
        "are too large. Limits keep a slip such as an endless recursion from taking all time and "
        "memory of the machine.\n\n"
        "Mend it by making the lists shorter before they are combined, by ending recursions, or by "
        "computing the value outside and handing it in as a variable.",
};

constinit const Rule feel_unknown_variable{
    .id = "feel-unknown-variable",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "A name in an expression should stand for something.",
    .explanation =
        "There is no variable, input or decision with this name where the expression is evaluated; "
        "its value is null. Upper and lower case count, and names of several words must be written as "
        "declared.\n\n"
        "Mend it by correcting the name, by handing the variable in, or, in a DMN file, by an "
        "information requirement that leads to the element of this name.",
};

constinit const Rule feel_unknown_function{
    .id = "feel-unknown-function",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "A function that is called should exist.",
    .explanation =
        "There is no built-in function, and nothing that was declared, with this name; the value of "
        "the call is null. Functions of other engines and languages are not known here.\n\n"
        "Mend it by correcting the name: built-in functions are those of DMN 1.5, section 10.3.4, and "
        "some have several words, as `list contains` and `date and time`. A knowledge model is called "
        "by its name when it is required.",
};

constinit const Rule feel_no_entry{
    .id = "feel-no-entry",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "An entry that is asked for should be in the context.",
    .explanation =
        "A path such as order.total asks for an entry that the context does not have, or asks a value "
        "that has no entries; the value is null.\n\n"
        "Mend it by correcting the name of the entry, or by checking the data that came in. Whether "
        "an entry is there can be asked with `get value(order, \"total\") != null`. (DMN 1.5, section "
        "10.3.2.5.)",
};

constinit const Rule feel_type_mismatch{
    .id = "feel-type-mismatch",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "Operands should be of types that fit each other.",
    .explanation =
        "An operator or a form of expression got a value that it is not defined for, such as a text "
        "where a number is needed; the result is null. Values that come as text from forms or CSV "
        "files are a frequent cause.\n\n"
        "Mend it by converting: number(\"12.5\"), string(12.5), date(\"2024-02-29\"). A declared type of "
        "the input makes `weir decide` convert what it reads. (DMN 1.5, section 10.3.2.)",
};

constinit const Rule feel_argument{
    .id = "feel-argument",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "Arguments of functions should be in the range the function is defined for.",
    .explanation =
        "A built-in function was called with a value that it cannot work with: a negative length, a "
        "text that is no date, a pattern that is no regular expression. The result is null.\n\n"
        "Mend it by correcting the argument, or by testing the value before it is handed over. What "
        "each function takes is said in DMN 1.5, section 10.3.4.",
};

constinit const Rule feel_arity{
    .id = "feel-arity",
    .group = "feel",
    .severity = Severity::error,
    .summary = "A function must be called with the parameters that it has.",
    .explanation =
        "The call has too many or too few arguments, or names a parameter that the function does not "
        "have. Nothing sensible could come out of it.\n\n"
        "Mend it by looking at the signature: positions as in `substring(text, 2)`, or names as in "
        "`substring(string: text, start position: 2)`, but not both in one call. (DMN 1.5, section "
        "10.3.4.)",
};

constinit const Rule feel_index{
    .id = "feel-index",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "An index should lie within the list.",
    .explanation =
        "The list has fewer items than the index says; the value is null. Positions begin at 1, and "
        "-1 is the last item.\n\n"
        "Mend it by asking count(list) before, or by a filter that finds the item by what it is "
        "instead of where it stands. (DMN 1.5, section 10.3.2.5.)",
};

constinit const Rule feel_index_zero{
    .id = "feel-index-zero",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "Positions in lists begin at 1.",
    .explanation =
        "list[0] is always null: FEEL counts from 1, other than most programming languages, and from "
        "the end with negative numbers.\n\n"
        "Mend it by writing list[1] for the first item and list[-1] for the last one. (DMN 1.5, "
        "section 10.3.2.5, table 54.)",
};

constinit const Rule feel_arithmetic{
    .id = "feel-arithmetic",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "Arithmetic should have a result.",
    .explanation =
        "The result does not exist or cannot be written with 34 digits: a division by zero, a root of "
        "a negative number, a date far beyond all calendars. The value is null.\n\n"
        "Mend it by testing the operand before: `if n = 0 then null else total / n`. (DMN 1.5, "
        "section 10.3.2.3.1.)",
};

constinit const Rule feel_null_operand{
    .id = "feel-null-operand",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "Operands should not be null.",
    .explanation =
        "One side of an operator is null, most often because a variable or entry is missing, and so "
        "the result is null too. The first finding of an evaluation tends to be the cause of those "
        "behind it.\n\n"
        "Mend it by handing the value in, or by saying what is meant without it: `if x = null then 0 "
        "else x`. (DMN 1.5, section 10.3.2.)",
};

constinit const Rule feel_unsupported{
    .id = "feel-unsupported",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "An expression should need nothing that weir cannot do.",
    .explanation =
        "The expression is in another language than FEEL and JUEL, or calls code outside of it (Java, "
        "PMML), or asks for something that was not given, such as the clock. Its value is null.\n\n"
        "Mend it by writing the expression in FEEL, or by evaluating this part with the engine it was "
        "written for.",
};

constinit const Rule feel_unknown_type{
    .id = "feel-unknown-type",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "A type that is named in an expression should exist.",
    .explanation =
        "`instance of` or a parameter names a type that is none of FEEL and none of the item "
        "definitions in reach; the test is null.\n\n"
        "Mend it by correcting the name: number, string, boolean, date, time, date and time, days and "
        "time duration, years and months duration, list<...>, context<...>, or an item definition of "
        "the file. (DMN 1.5, section 10.3.2.9.)",
};

}  // namespace weir::lint::rules
