// Found when forms are read; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule bad_form{
    .id = "bad-form",
    .group = "syntax",
    .severity = Severity::error,
    .summary = "A .form file must hold a form that can be read.",
    .explanation =
        "Files of this name hold forms as modelers write them: a JSON object with a list of \"components\" "
        "(Camunda; each one with a \"key\" is a variable) or of \"fields\" (Flowable, by \"id\"). What is "
        "something else is not "
        "used, so that tasks which mean it ask for nothing; of more than 1000 fields only the first are "
        "read, and a pattern (\"validate\", a regular expression of JavaScript) that is none is no limit.\n\n"
        "Mend it by saving it from the editor again, or give it another name.",
};

}  // namespace weir::lint::rules
