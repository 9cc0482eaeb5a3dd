// One way in per scope.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::Scope& scope : subject.scopes()) {
    const model::FlowNode* first = nullptr;
    for (const model::NodeIndex index : scope.nodes) {
      const model::FlowNode& node = subject.model[index];
      if (node.kind != model::ElementKind::start_event || !node.event_definitions.empty()) continue;
      if (first)
        report(node, "{} is a second start event without a trigger in {}, besides {}", quoted(node),
               quoted(scope), quoted(*first));
      else
        first = &node;
    }
  }
}

constinit const Rule single_blank_start_event{
    .id = "single-blank-start-event",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "A process or sub-process must not have more than one start event without a trigger.",
    .explanation =
        "A start event without a trigger is where the process begins when somebody starts it. With two of "
        "them it is "
        "open which one is meant; in a sub-process both would start at once. Most engines refuse such "
        "files.\n\n"
        "Mend it by keeping one of them and a gateway behind it, or by giving the others a trigger (message, "
        "timer, "
        "signal).\n\n"
        "BPMN 2.0.2, 10.5.2 (several start events). The same as bpmnlint's rule of this name.",
    .check = check,
};

}  // namespace weir::lint::rules
