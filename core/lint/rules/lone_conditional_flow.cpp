// A condition on the only way on: when it is false, there is no way at all.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.outgoing.size() != 1 || !subject.executable(node.scope)) continue;
    if (node.kind == parallel_gateway || node.kind == event_based_gateway) continue;
    const model::SequenceFlow& flow = subject.model[node.outgoing.front()];
    if (flow.condition.written && !flow.is_default)
      report.when(subject.strict(node.scope) && node.is_activity())
          .at(flow, flow.condition.span,
              fmt::format(
                  "sequence flow {} is the only way out of {} and has a condition: a token is stuck when it "
                  "is false",
                  quoted(flow), quoted(node)));
  }
}

constinit const Rule lone_conditional_flow{
    .id = "lone-conditional-flow",
    .group = "correctness",
    .severity = Severity::error,
    .tolerated = Severity::warning,
    .summary = "The only flow that leaves an element must not have a condition.",
    .explanation =
        "When the condition is false there is no other way: the instance fails. Either the condition is "
        "always true, and "
        "says nothing, or the other case has been forgotten.\n\n"
        "Mend it by removing the condition or by adding a flow for the other case.\n\n"
        "BPMN 2.0.2, 8.4.13 (a conditional flow is not the only one); BPMNspector EXT.025.",
    .check = check,
};

}  // namespace weir::lint::rules
