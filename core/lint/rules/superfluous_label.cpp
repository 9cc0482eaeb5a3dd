// A label on a flow that decides nothing.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::SequenceFlow& flow : subject.sequence_flows()) {
    if (flow.name.empty() || flow.condition.written || flow.is_default ||
        flow.source == model::NodeIndex::none)
      continue;
    const model::FlowNode& source = subject.model[flow.source];
    const bool decides = (source.kind == exclusive_gateway || source.kind == inclusive_gateway ||
                          source.kind == complex_gateway) &&
                         source.outgoing.size() > 1;
    if (!decides) report(flow, "label {} on a sequence flow that is always taken", quoted(flow.name));
  }
}

constinit const Rule superfluous_label{
    .id = "superfluous-label",
    .group = "style",
    .severity = Severity::info,
    .by_default = false,
    .summary = "Only flows that are chosen should have a label.",
    .explanation =
        "A label on a sequence flow is read as the condition under which it is taken. On a flow that is "
        "always taken it "
        "confuses.\n\n"
        "Mend it by removing the label, or say it in the name of an event or a text annotation.\n\n"
        "As bpmnlint's rule of this name.",
    .check = check,
};

}  // namespace weir::lint::rules
