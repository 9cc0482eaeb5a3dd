// Found by the reader of TOML; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule side_path{
    .id = "side-path",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "Nothing may fall through into a side path.",
    .explanation =
        "Steps run from top to bottom. A step that a handler or undo leads to is a side path, and "
        "whoever reaches the step above it without a jump would run into it by accident: the worst "
        "mistake that lists of steps make possible. So weir asks for an explicit next or else before it.\n\n"
        "Mend it by saying where the step above continues: next = \"step\", else = \"step\", or \"end\" "
        "when the path ends there.",
};

}  // namespace weir::lint::rules
