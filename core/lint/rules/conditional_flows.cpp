// A decision where some flows have conditions and others have none.
#include <algorithm>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.kind != exclusive_gateway && node.kind != inclusive_gateway) continue;
    if (node.outgoing.size() < 2 || !subject.executable(node.scope)) continue;
    const auto decides = [&](model::FlowIndex flow) {
      return subject.model[flow].is_default || subject.model[flow].condition.written;
    };
    if (std::none_of(node.outgoing.begin(), node.outgoing.end(), decides)) continue;
    for (const model::FlowIndex flow : node.outgoing)
      if (!decides(flow))
        report(subject.model[flow], "sequence flow {} has no condition, unlike the others that leave {}",
               quoted(subject.model[flow]), quoted(node));
  }
}

constinit const Rule conditional_flows{
    .id = "conditional-flows",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "A flow that leaves a decision must have a condition unless it is the default flow.",
    .explanation =
        "At an exclusive or inclusive gateway each outgoing flow needs a condition, except the default flow. "
        "A flow "
        "with neither is taken always by one engine, never by another, and refused by a third; with an "
        "exclusive "
        "gateway it can hide all flows that come after it in the file.\n\n"
        "Mend it by giving the flow a condition, or make it the default flow (default=\"...\" on the "
        "gateway) if it "
        "is the way for all other cases.\n\n"
        "BPMN 2.0.2, 8.4.13 and 13.4.2. As bpmnlint's rule of this name, for executable processes; "
        "conditional flows "
        "that leave an activity beside unconditional ones are legal and not reported.",
    .check = check,
};

}  // namespace weir::lint::rules
