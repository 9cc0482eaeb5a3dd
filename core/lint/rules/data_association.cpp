// Where data may come from and go to, and of what structure they are.
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

    const bool input = element.kind == ElementKind::data_input_association;
    if ((!input && element.kind != ElementKind::data_output_association) || !strict_at(subject, id)) continue;
    const std::string_view owner = document.value(element.parent, "id");
    std::size_t sources = 0;
    ElementId source = ElementId::none;
    for (const ElementId child : model::children(document, id)) {
      if (document[child].kind != ElementKind::source_ref) continue;
      source = referred(subject, document[child].text);
      ++sources;
      if (sources == 2 && document.child(id, ElementKind::transformation) == ElementId::none)
        report.add(
            document[child].name_span, owner,
            fmt::format("a data association of {} has several sources but no transformation that makes "
                        "one value of them",
                        quoted(owner)));
    }
    const ElementId to = document.child(id, ElementKind::target_ref);
    const ElementId target = to == ElementId::none ? to : referred(subject, document[to].text);
    if (input && source != ElementId::none && document[source].kind == ElementKind::data_output)
      report.add(element.name_span, owner,
                 fmt::format("{} reads from the data output {}, which can only be written", quoted(owner),
                             quoted(document.value(source, "id"))));
    if (!input && target != ElementId::none && document[target].kind == ElementKind::data_input)
      report.add(element.name_span, owner,
                 fmt::format("{} writes to the data input {}, which can only be read", quoted(owner),
                             quoted(document.value(target, "id"))));
    const bool as_it_is = document.child(id, ElementKind::transformation) == ElementId::none &&
                          document.child(id, ElementKind::assignment) == ElementId::none;
    if (sources == 1 && as_it_is && differ(subject, item_of(subject, source), item_of(subject, target)))
      report.add(element.name_span, owner,
                 fmt::format("{} and {} are of different items, and no transformation makes one of the other",
                             quoted(document.value(source, "id")), quoted(document.value(target, "id"))));
  }
}

constinit const Rule data_association{
    .id = "data-association",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "A data association must lead the right way, from one source, between data of the same item.",
    .explanation =
        "A data input association fills an input of an activity or event, a data output association "
        "hands on one of its outputs. The outputs of a process can only be written, its inputs only "
        "be read. Without a transformation, what is at the source is copied as it is; that needs a "
        "single source and the same structure at both ends.\n\n"
        "Mend it by turning the association round, adding a <transformation>, or giving both ends the "
        "same itemSubjectRef. Only plain BPMN with isExecutable=\"true\" is judged: engines with "
        "attributes of their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, 10.4.2 and table 10.63 (data association); BPMNspector EXT.080, EXT.082, "
        "EXT.091, EXT.092.",
    .check = check,
};

}  // namespace weir::lint::rules
