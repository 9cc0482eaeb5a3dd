// Found when a whole project is linted (people_names.cpp); this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule people_setting{
    .id = "people-setting",
    .group = "references",
    .severity = Severity::warning,
    .summary = "[four-eyes], [groups] and [substitutes] of weir.toml must name what the project has.",
    .explanation =
        "A [four-eyes] rule for a process that no file has keeps nobody from anything; one that names an "
        "element "
        "which its process lacks lets nobody do the others. A group that no task is for, or substitutes of "
        "somebody who is never asked, are most often misspelt: the tasks that were meant are open to "
        "everybody then, or to nobody who is there. That is a hint only, and it is not looked for where "
        "tasks "
        "compute who does them.\n\n"
        "All files of the project must be known for that: it is looked at when weir lint is given the folder "
        "of "
        "weir.toml, or one above it.\n\n"
        "Mend it by correcting the name, or take the line away.",
};

}  // namespace weir::lint::rules
