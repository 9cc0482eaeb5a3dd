// The default attribute must name a flow that leaves the element.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.default_ref.empty()) continue;
    if (node.default_flow != model::FlowIndex::none &&
        subject.model[node.default_flow].source == subject.index_of(node))
      continue;
    const Span span = subject.model.document.place(node.element, "default");
    if (node.default_flow == model::FlowIndex::none && !subject.model.by_id.contains(node.default_ref))
      report.at(node, span,
                fmt::format("default flow {} of {} does not exist", quoted(node.default_ref), quoted(node)));
    else
      report.at(node, span,
                fmt::format("default flow {} does not leave {}", quoted(node.default_ref), quoted(node)));
  }
}

constinit const Rule default_not_outgoing{
    .id = "default-not-outgoing",
    .group = "references",
    .severity = Severity::error,
    .summary = "The default flow of an element must be one of the flows that leave it.",
    .explanation =
        "The default flow is the way out when no condition holds. When the default attribute names a flow "
        "that starts "
        "elsewhere or does not exist, there is no such way: a token for which no condition holds is stuck, "
        "and "
        "engines refuse the file.\n\n"
        "Mend it by naming an outgoing flow of the element, or remove the attribute.\n\n"
        "BPMN 2.0.2, 8.4.13; BPMNspector EXT.026.",
    .check = check,
};

}  // namespace weir::lint::rules
