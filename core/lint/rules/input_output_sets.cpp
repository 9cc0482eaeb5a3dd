// What the sets of an ioSpecification refer to.
#include <cstdint>
#include <vector>

#include "core/lint/data_items.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;
using enum model::ElementKind;

/// A list of references that only repeats what another list of the same set says.
struct Part {
  ElementKind set, part, whole;
  std::string_view words;
};
constexpr Part parts[] = {
    {input_set, optional_input_refs, data_input_refs, "optional"},
    {input_set, while_executing_input_refs, data_input_refs, "read while executing"},
    {output_set, optional_output_refs, data_output_refs, "optional"},
    {output_set, while_executing_output_refs, data_output_refs, "written while executing"},
};

/// Sets of the two sides that name each other.
struct Pair {
  ElementKind set, reference, back;
};
constexpr Pair pairs[] = {{input_set, output_set_refs, input_set_refs},
                          {output_set, input_set_refs, output_set_refs}};

bool lists(const Subject& subject, ElementId set, ElementKind kind, ElementId wanted) {
  const model::Document& document = subject.model.document;
  for (const ElementId child : model::children(document, set))
    if (document[child].kind == kind && referred(subject, document[child].text) == wanted) return true;
  return false;
}

void check_set(const Subject& subject, Report& report, ElementId set) {
  const model::Document& document = subject.model.document;
  const std::string_view owner = document.value(document[document[set].parent].parent, "id");
  for (const ElementId child : model::children(document, set)) {
    const model::Element& element = document[child];
    const ElementId target = referred(subject, element.text);
    if (target == ElementId::none) continue;
    for (const Part& each : parts)
      if (each.set == document[set].kind && each.part == element.kind &&
          !lists(subject, set, each.whole, target))
        report.add(element.text_span, owner,
                   fmt::format("{} is {} in a set that does not contain it: no <{}> names it",
                               quoted(element.text), each.words, model::name(each.whole)));
    for (const Pair& each : pairs)
      if (each.set == document[set].kind && each.reference == element.kind &&
          !lists(subject, target, each.back, set))
        report.add(element.text_span, owner,
                   fmt::format("{} {} names {} {}, which does not name it in return", model::words(each.set),
                               quoted(document.value(set, "id")), model::words(document[target].kind),
                               quoted(element.text)));
  }
}

/// Every input (output) is in one set at least.
void check_members(const Subject& subject, Report& report, const std::vector<ElementId>& members,
                   const std::vector<ElementId>& sets, ElementKind reference) {
  const model::Document& document = subject.model.document;
  for (const ElementId member : members) {
    bool found = false;
    for (const ElementId set : sets) found = found || lists(subject, set, reference, member);
    if (!found)
      report.add(document.place(member, "id"), document.value(member, "id"),
                 fmt::format("{} {} is in no {}", model::words(document[member].kind),
                             quoted(document.value(member, "id")),
                             reference == data_input_refs ? "input set" : "output set"));
  }
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (std::uint32_t i = 0; i < document.elements.size(); ++i) {
    const auto id = static_cast<ElementId>(i);
    if (document[id].kind != io_specification || !strict_at(subject, id)) continue;
    const InputOutput all = input_output(document, document[id].parent);
    if (all.element != id) continue;  // a second one
    check_members(subject, report, all.inputs, all.input_sets, data_input_refs);
    check_members(subject, report, all.outputs, all.output_sets, data_output_refs);
    for (const ElementId set : all.input_sets) check_set(subject, report, set);
    for (const ElementId set : all.output_sets) check_set(subject, report, set);
  }
}

constinit const Rule input_output_sets{
    .id = "input-output-sets",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "Every input and output must be in a set, and the sets must agree with each other.",
    .explanation =
        "An input set says which inputs have to be there together before an activity begins, an "
        "output set which outputs it yields together. An input that is in no set is never waited for; "
        "one that is optional or read later has to be among the inputs of that set; and when an input "
        "set names the output set it leads to, that one names it too.\n\n"
        "Mend it by listing the input in <dataInputRefs> (the output in <dataOutputRefs>) of a set, "
        "or adding the reference that is missing in the other set. Only plain BPMN with "
        "isExecutable=\"true\" is judged: engines with attributes of their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, 10.4.1, tables 10.61 and 10.62; BPMNspector EXT.084 to EXT.090.",
    .check = check,
};

}  // namespace weir::lint::rules
