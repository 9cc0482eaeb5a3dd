// Found by the readers; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule xml_limit{
    .id = "xml-limit",
    .group = "syntax",
    .severity = Severity::error,
    .summary = "A file must stay within the limits of what is read.",
    .explanation =
        "Elements nested thousands deep, names and attributes of megabytes, or tens of thousands of "
        "attributes on one element do not occur in models people work with, but crash or stall tools that "
        "read them. weir stops there; unusually long names are only warned about.\n\n"
        "Mend it by looking for what has gone wrong in the tool that wrote the file: usually data that "
        "belong elsewhere (an image, a log) have got into an attribute.\n\n"
        "The largest attribute in some eight thousand public models has 132,379 bytes.",
};

}  // namespace weir::lint::rules
