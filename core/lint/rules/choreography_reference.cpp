// Which elements may refer to a choreography, and whether both are closed.
#include <cstdint>

#include "core/lint/data_items.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

using model::ElementId;
using model::ElementKind;

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (std::uint32_t i = 0; i < document.elements.size(); ++i) {
    const auto id = static_cast<ElementId>(i);
    const model::Element& element = document[id];

    if (element.kind != ElementKind::choreography_ref || element.parent == ElementId::none) continue;
    const ElementId owner = element.parent;
    const ElementKind kind = document[owner].kind;
    const auto place = element.text_span.known() ? element.text_span : element.name_span;
    if (kind == ElementKind::choreography || kind == ElementKind::global_conversation) {
      report.add(
          place, document.value(owner, "id"),
          fmt::format("a {} cannot refer to a choreography: only a collaboration can", model::words(kind)));
      continue;
    }
    const ElementId choreography = referred(subject, element.text);
    if (choreography == ElementId::none) continue;
    const auto closed = [&](ElementId each) { return document.value(each, "isClosed") == "true"; };
    if (closed(choreography) != closed(owner))
      report.add(document.place(owner, "isClosed"), document.value(owner, "id"),
                 fmt::format("the {} and choreography {} disagree about isClosed", model::words(kind),
                             quoted(element.text)));
  }
}

constinit const Rule choreography_reference{
    .id = "choreography-reference",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "Only a collaboration may refer to a choreography, and both must have the same isClosed.",
    .explanation =
        "A choreography says in which order the participants of a collaboration send their messages. "
        "A choreography cannot have a choreography itself, nor a global conversation. When isClosed "
        "is true, no messages may be sent besides those that are drawn; the two drawings must agree "
        "about that.\n\n"
        "Mend it by removing the choreographyRef, or setting isClosed to the same value.\n\n"
        "BPMN 2.0.2, 9 (table 9.1), 9.5.6 and 11.1; BPMNspector EXT.027, EXT.033.",
    .check = check,
};

}  // namespace weir::lint::rules
