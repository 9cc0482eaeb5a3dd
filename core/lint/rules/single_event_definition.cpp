// One event, one definition.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.event_definitions.size() > 1)
      report(node, "event {} has {} event definitions", quoted(node), node.event_definitions.size());
}

constinit const Rule single_event_definition{
    .id = "single-event-definition",
    .group = "style",
    .severity = Severity::warning,
    .by_default = false,
    .summary = "An event should have at most one event definition.",
    .explanation =
        "Multiple and parallel multiple events are legal, but few engines run them, and the pentagon in the "
        "diagram does "
        "not tell what is waited for.\n\n"
        "Mend it by separate events: several start events, an event-based gateway, or several boundary "
        "events.\n\n"
        "The same as bpmnlint's rule of this name.",
    .check = check,
};

}  // namespace weir::lint::rules
