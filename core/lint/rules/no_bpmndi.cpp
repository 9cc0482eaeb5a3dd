// Elements that exist but are not drawn.
#include <vector>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  const model::Definitions& model = subject.model;
  std::vector<bool> drawn(model.document.elements.size());
  bool any = false;
  const auto draw = [&](model::ElementId element) {
    if (element == model::ElementId::none) return;
    drawn[index(element)] = true;
    any = true;
  };
  for (const model::Diagram& diagram : model.diagrams) {
    for (const model::Shape& shape : diagram.shapes) draw(shape.bpmn_element);
    for (const model::Edge& edge : diagram.edges) draw(edge.bpmn_element);
  }
  if (!any) return;
  for (const model::FlowNode& node : subject.flow_nodes())
    if (!drawn[index(node.element)]) report(node, "{} is not in the diagram", quoted(node));
  for (const model::SequenceFlow& flow : subject.sequence_flows())
    if (!drawn[index(flow.element)]) report(flow, "sequence flow {} is not in the diagram", quoted(flow));
}

constinit const Rule no_bpmndi{
    .id = "no-bpmndi",
    .group = "style",
    .severity = Severity::warning,
    .by_default = false,
    .summary = "In a file with a diagram, every element and flow should be drawn.",
    .explanation =
        "What the diagram does not show runs all the same: an invisible flow or task is found only after "
        "hours. It "
        "usually is left over from an edit by hand or by a tool that deleted the shape only.\n\n"
        "Mend it by deleting the element, or draw it. Files without any diagram are not reported.\n\n"
        "As bpmnlint's rule of this name, for flow nodes and sequence flows.",
    .check = check,
};

}  // namespace weir::lint::rules
