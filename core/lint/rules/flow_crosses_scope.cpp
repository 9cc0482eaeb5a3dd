// Both ends of a flow must stand in the same process and the same sub-process.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::SequenceFlow& flow : subject.sequence_flows()) {
    if (flow.source == model::NodeIndex::none || flow.target == model::NodeIndex::none) continue;
    const model::FlowNode& source = subject.model[flow.source];
    const model::FlowNode& target = subject.model[flow.target];
    if (source.scope == target.scope) continue;
    const model::Scope* from = subject.scope_of(source.scope);
    const model::Scope* to = subject.scope_of(target.scope);
    if (!from || !to) continue;
    if (from->process != to->process)
      report(flow,
             "sequence flow {} leads from {} in process {} to {} in process {}; only a message flow may",
             quoted(flow), quoted(source), quoted(*from), quoted(target), quoted(*to));
    else
      report(flow, "sequence flow {} crosses the border of a sub-process: {} stands in {}, {} in {}",
             quoted(flow), quoted(source), quoted(*from), quoted(target), quoted(*to));
  }
}

constinit const Rule flow_crosses_scope{
    .id = "flow-crosses-scope",
    .group = "references",
    .severity = Severity::error,
    .summary = "A sequence flow must not cross the border of a pool or of a sub-process.",
    .explanation =
        "A token belongs to one process and one sub-process. A flow into the middle of a sub-process would "
        "start it "
        "without its start event; a flow out of it would leave it without ending it; a flow into another "
        "pool would "
        "move work to another participant without a message. Engines refuse such files or run them in ways "
        "nobody "
        "expects.\n\n"
        "Mend it inside one pool by ending the flow at the sub-process itself and using its start and end "
        "events, or a "
        "boundary event for a way out; between pools by a message flow with a throw and a catch event.\n\n"
        "BPMN 2.0.2, 7.6.1 (sequence flow connections) and 8.4.13; BPMNspector EXT.028, EXT.152.",
    .check = check,
};

}  // namespace weir::lint::rules
