// An embedded sub-process is started by the token that enters it, so its start event has no trigger.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.kind != model::ElementKind::start_event || node.event_definitions.empty()) continue;
    const model::Scope* scope = subject.scope_of(node.scope);
    if (!scope || scope->node == model::NodeIndex::none) continue;
    const model::FlowNode& container = subject.model[scope->node];
    if (!container.triggered_by_event && container.kind != model::ElementKind::ad_hoc_sub_process)
      report.at(
          node, node.event_definitions.front().span,
          fmt::format(
              "start event {} of sub-process {} waits for an event, but the sub-process is entered by a "
              "flow",
              quoted(node), quoted(container)));
  }
}

constinit const Rule sub_process_blank_start_event{
    .id = "sub-process-blank-start-event",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "The start event of an embedded sub-process must not have a trigger.",
    .explanation =
        "An embedded sub-process starts when a token arrives at it. A start event with a message, timer or "
        "other trigger "
        "would have to be waited for a second time, which BPMN does not provide for.\n\n"
        "Mend it by removing the event definition; put an intermediate catch event in front of or right "
        "behind the start "
        "if the process has to wait; set triggeredByEvent=\"true\" if an event sub-process was meant.\n\n"
        "BPMN 2.0.2, 10.5.2 (start events of sub-processes); BPMNspector EXT.100.",
    .check = check,
};

}  // namespace weir::lint::rules
