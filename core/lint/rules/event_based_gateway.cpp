// After an event-based gateway the first event decides: at least two ways, each beginning with an event.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

bool may_follow(const model::FlowNode& node) {
  using enum model::ElementKind;
  if (node.kind == receive_task) return true;
  if (node.kind != intermediate_catch_event) return false;
  for (const model::EventDefinition& each : node.event_definitions)
    if (each.kind == link_event_definition) return false;
  return true;
}

}  // namespace

static void check_one(const Subject& subject, Report& report, const model::FlowNode& node) {
  if (node.outgoing.size() < 2)
    report(node, "event-based gateway {} has {} to choose from; it needs two or more", quoted(node),
           node.outgoing.empty() ? "nothing" : "one event");
  for (const model::FlowIndex outgoing : node.outgoing) {
    const model::SequenceFlow& flow = subject.model[outgoing];
    if (flow.condition.written)
      report.at(
          flow, flow.condition.span,
          fmt::format("condition on sequence flow {}: behind an event-based gateway events decide, not data",
                      quoted(flow)));
    if (flow.target == model::NodeIndex::none) continue;
    const model::FlowNode& target = subject.model[flow.target];
    if (!may_follow(target))
      report.at(flow, flow.target_span,
                fmt::format("event-based gateway {} is followed by the {} {}, which waits for no event",
                            quoted(node), model::words(target.kind), quoted(target)));
  }
}

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.kind == model::ElementKind::event_based_gateway) check_one(subject, report, node);
}

constinit const Rule event_based_gateway{
    .id = "event-based-gateway",
    .group = "correctness",
    .severity = Severity::error,
    .summary =
        "An event-based gateway must lead, without conditions, to two or more events that can be waited for.",
    .explanation =
        "The gateway waits until one of the events behind it happens and takes that way. So every flow that "
        "leaves it "
        "must lead to an intermediate catch event (message, timer, signal, condition) or a receive task; "
        "anything else "
        "would happen at once and there would be nothing to wait for. Conditions have no meaning here.\n\n"
        "Mend it by putting a catch event on each way; use an exclusive gateway if data decide; drop the "
        "gateway if "
        "there is one event only.\n\n"
        "BPMN 2.0.2, 10.6.6 and 13.4.4; BPMNspector EXT.136, EXT.137, EXT.138.",
    .check = check,
};

}  // namespace weir::lint::rules
