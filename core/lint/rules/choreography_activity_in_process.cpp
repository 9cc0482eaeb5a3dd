// Steps of a choreography belong into a choreography.
#include <cstdint>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

using model::ElementId;
using model::ElementKind;

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (std::uint32_t i = 0; i < document.elements.size(); ++i) {
    const auto id = static_cast<ElementId>(i);
    const model::Element& element = document[id];

    if (element.kind != ElementKind::choreography_task && element.kind != ElementKind::sub_choreography &&
        element.kind != ElementKind::call_choreography)
      continue;
    if (element.parent == ElementId::none ||
        !model::is(document[element.parent].kind, model::Category::container))
      continue;
    const std::string_view name = document.value(id, "name");
    report.add(document.place(id, "id"), document.value(id, "id"),
               fmt::format("{} {} stands in the {} {}; it belongs into a choreography",
                           model::words(element.kind), quoted(name.empty() ? document.value(id, "id") : name),
                           model::words(document[element.parent].kind),
                           quoted(document.value(element.parent, "id"))));
  }
}

constinit const Rule choreography_activity_in_process{
    .id = "choreography-activity-in-process",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "A process or sub-process must not contain activities of a choreography.",
    .explanation =
        "A choreography task shows an exchange of messages between two participants; nobody owns it. "
        "A process shows the work of one participant, so such a step cannot be done in it.\n\n"
        "Mend it by a send task and a receive task, or move the step into a <choreography>.\n\n"
        "BPMN 2.0.2, 10.1, 10.3.5 (sub-process) and table 10.24 (ad-hoc sub-process); BPMNspector "
        "EXT.036, EXT.056, EXT.062.",
    .check = check,
};

}  // namespace weir::lint::rules
