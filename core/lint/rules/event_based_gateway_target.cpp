// The events behind an event-based gateway belong to it alone.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check_one(const Subject& subject, const Report& given, const model::FlowNode& gateway) {
  using enum model::ElementKind;
  Report report = given.when(subject.strict(gateway.scope));
  const model::FlowNode* receive = nullptr;
  const model::FlowNode* catching = nullptr;
  for (const model::FlowIndex outgoing : gateway.outgoing) {
    const model::NodeIndex index = subject.model[outgoing].target;
    if (index == model::NodeIndex::none) continue;
    const model::FlowNode& target = subject.model[index];
    if (target.kind != receive_task && target.kind != intermediate_catch_event) continue;
    if (target.incoming.size() > 1)
      report(target, "{} can be reached without event-based gateway {}", quoted(target), quoted(gateway));
    if (target.kind == receive_task)
      receive = &target;
    else if (target.has(message_event_definition))
      catching = &target;
  }
  if (receive && catching)
    report(gateway,
           "event-based gateway {} waits for messages in two ways: receive task {} and catch event {}",
           quoted(gateway), quoted(*receive), quoted(*catching));
}

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.kind == model::ElementKind::event_based_gateway) check_one(subject, report, node);
}

constinit const Rule event_based_gateway_target{
    .id = "event-based-gateway-target",
    .group = "correctness",
    .severity = Severity::error,
    .tolerated = Severity::warning,
    .summary =
        "The events behind an event-based gateway must have no other incoming flow and be of one style.",
    .explanation =
        "The events behind the gateway are parts of its choice. If a flow from elsewhere leads to one of "
        "them too, the "
        "event sometimes competes with the others and sometimes stands alone; several engines refuse that. "
        "Receive "
        "tasks and message catch events must not be mixed behind one gateway.\n\n"
        "Mend it by giving the other flow its own copy of the event, and by using only one of receive task "
        "and message "
        "event.\n\n"
        "BPMN 2.0.2, 10.6.6; BPMNspector EXT.139, EXT.141.",
    .check = check,
};

}  // namespace weir::lint::rules
