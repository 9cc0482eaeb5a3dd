// Data where BPMN has none.
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

    if (element.parent == ElementId::none) continue;
    const ElementKind parent = document[element.parent].kind;
    const std::string_view name = document.value(id, "id");
    if (element.kind == ElementKind::property && parent != ElementKind::process &&
        !model::is(parent, model::Category::activity) && !model::is(parent, model::Category::event) &&
        document[element.parent].ns == model::Namespace::bpmn && strict_at(subject, id))
      report.add(document.place(id, "id"), name,
                 fmt::format("property {} stands in <{}>; it belongs into a process, activity or event",
                             quoted(name), document[element.parent].name));
    const bool sub_process = parent == ElementKind::sub_process || parent == ElementKind::transaction ||
                             parent == ElementKind::ad_hoc_sub_process;
    if (element.kind == ElementKind::io_specification && sub_process && strict_at(subject, id))
      report.add(
          element.name_span, document.value(element.parent, "id"),
          fmt::format("{} {} has an ioSpecification; only tasks, call activities and processes have one",
                      model::words(parent), quoted(document.value(element.parent, "id"))));
  }
}

constinit const Rule misplaced_data{
    .id = "misplaced-data",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "Properties belong to processes, activities and events; a sub-process has no ioSpecification.",
    .explanation =
        "A property is a variable of the process, activity or event in which it stands; elsewhere it "
        "belongs to nothing. A sub-process sees the data of the process around it, so it declares no "
        "inputs and outputs.\n\n"
        "Mend it by moving the property into the process, and by removing the ioSpecification of the "
        "sub-process or making it a called process. Only plain BPMN with isExecutable=\"true\" is "
        "judged: engines with attributes of their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, 10.4.1 (property, input and output specification) and 10.3.5; BPMNspector "
        "EXT.078, EXT.079.",
    .check = check,
};

}  // namespace weir::lint::rules
