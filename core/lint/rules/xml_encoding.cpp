// Found by the readers; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule xml_encoding{
    .id = "xml-encoding",
    .group = "syntax",
    .severity = Severity::error,
    .summary = "The bytes of the file must be what its encoding says.",
    .explanation =
        "The XML declaration or the byte order mark names an encoding, and the bytes are something else, "
        "or the encoding is unknown. Umlauts and signs would come out wrong, and the names of variables "
        "and elements with them. A file of which the beginning contradicts the declaration but can be read "
        "is only warned about.\n\n"
        "Mend it by saving the file as UTF-8, with encoding=\"UTF-8\" in the first line.\n\n"
        "XML 1.0, fifth edition, 4.3.3 and appendix F.",
};

}  // namespace weir::lint::rules
