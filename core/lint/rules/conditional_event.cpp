// A conditional event waits for a condition, so there must be one.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.event_definitions.empty() || !subject.executable(node.scope)) continue;
    for (const model::EventDefinition& definition : node.event_definitions) {
      if (definition.kind != model::ElementKind::conditional_event_definition) continue;
      if (!definition.condition.empty()) continue;
      const auto element = subject.model.document.child(definition.element, model::ElementKind::condition);
      if (subject.model.document.attribute(element, model::Namespace::camunda, "resource")) continue;
      report.at(node, definition.span, fmt::format("conditional event {} has no condition", quoted(node)));
    }
  }
}

constinit const Rule conditional_event{
    .id = "conditional-event",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "In an executable process, a conditional event must have a condition.",
    .explanation =
        "A conditional event happens when its condition becomes true. Without a condition it never happens, "
        "and whatever "
        "waits for it waits for ever.\n\n"
        "Mend it by writing the condition into <condition>.\n\n"
        "BPMN 2.0.2, 10.5.5 (conditional event); BPMNspector EXT.123; the same as bpmnlint's rule of this "
        "name.",
    .check = check,
};

}  // namespace weir::lint::rules
