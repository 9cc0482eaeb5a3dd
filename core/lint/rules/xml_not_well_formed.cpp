// Found by the readers; this row explains the finding.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

constinit const Rule xml_not_well_formed{
    .id = "xml-not-well-formed",
    .group = "syntax",
    .severity = Severity::error,
    .summary = "The file must be well-formed XML.",
    .explanation =
        "Without that nobody can tell what the file says: a tag is not closed, an attribute stands twice, "
        "a prefix is not declared, a character is not allowed, or the file was cut off. Tools that read it "
        "all the same guess.\n\n"
        "Mend it at the place given; an XML editor or xmllint shows the same mistake. If a tool wrote the "
        "file, export it again.\n\n"
        "XML 1.0, fifth edition, 2.1; Namespaces in XML 1.0.",
};

}  // namespace weir::lint::rules
