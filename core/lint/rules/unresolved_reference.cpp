// Found by the readers; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule unresolved_reference{
    .id = "unresolved-reference",
    .group = "references",
    .severity = Severity::error,
    .tolerated = Severity::warning,
    .summary = "A reference must name an element of the right kind.",
    .explanation =
        "messageRef, errorRef, processRef and the like name another element of the file. Here there is "
        "none of this id, or it is of another kind, so what the reference was to say is lost: the event "
        "waits for no message, the pool shows no process. What names an element of the wrong kind is an "
        "error in "
        "plain BPMN; what names nothing is a warning, since engines know names that a file does not.\n\n"
        "Mend it by correcting the id, or remove the reference. References into imported files and other "
        "namespaces are not judged. The ends of sequence flows are reported by dangling-flow.\n\n"
        "BPMN 2.0.2, 15.2 (references by QName); BPMNspector REF.",
};

}  // namespace weir::lint::rules
