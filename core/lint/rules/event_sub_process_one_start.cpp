// An event sub-process has one trigger.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (!node.is_event_sub_process()) continue;
    std::size_t starts = 0;
    for (const model::NodeIndex inner : subject.model[node.inner_scope].nodes)
      if (subject.model[inner].kind == model::ElementKind::start_event) ++starts;
    if (starts != 1)
      report(node, "event sub-process {} has {} start events instead of one", quoted(node),
             starts == 0 ? "no" : std::to_string(starts));
  }
}

constinit const Rule event_sub_process_one_start{
    .id = "event-sub-process-one-start",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "An event sub-process must have exactly one start event.",
    .explanation =
        "The start event is the trigger of an event sub-process. Without one it never runs; with two, it is "
        "undefined "
        "whether both interrupt, and which instance the second one belongs to.\n\n"
        "Mend it by writing one event sub-process per trigger. What they have in common can go into a called "
        "process.\n\n"
        "BPMN 2.0.2, 10.3.5 (event sub-process); BPMNspector EXT.058.",
    .check = check,
};

}  // namespace weir::lint::rules
