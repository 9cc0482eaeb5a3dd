// A flow from an element to itself.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::SequenceFlow& flow : subject.sequence_flows()) {
    if (flow.source == model::NodeIndex::none || flow.source != flow.target) continue;
    const model::FlowNode& node = subject.model[flow.source];
    if (node.kind == model::ElementKind::start_event || node.kind == model::ElementKind::end_event) continue;
    if (node.is_activity() && flow.condition.written) continue;  // "again while": legal and meant
    report(flow, "sequence flow {} leads from {} back to itself", quoted(flow), quoted(node));
  }
}

constinit const Rule self_loop{
    .id = "self-loop",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "A sequence flow must not lead from an element back to itself unless a condition decides.",
    .explanation =
        "Behind an activity, an unconditional flow back to it starts it again each time it is done: it never "
        "ends, and "
        "every round adds a token to what follows. At a gateway the token goes round without anything being "
        "done.\n\n"
        "Mend it by a condition on the flow, or by loop characteristics on the activity, which say how often "
        "and until "
        "when.\n\n"
        "BPMN 2.0.2, 10.3.8 (loop characteristics) and 13.3.1.",
    .check = check,
};

}  // namespace weir::lint::rules
