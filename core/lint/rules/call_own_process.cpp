// A process that calls itself.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.kind != model::ElementKind::call_activity || node.called_element.empty()) continue;
    const model::Scope* scope = subject.scope_of(node.scope);
    if (!scope || scope->process == model::ProcessIndex::none) continue;
    if (subject.model[scope->process].id == node.called_element)
      report(node, "{} calls the process it stands in: it needs a way out that does not call again",
             quoted(node));
  }
}

constinit const Rule call_own_process{
    .id = "call-own-process",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "A call activity should not call the process it stands in.",
    .explanation =
        "Each instance starts another one. If there is a case in which the call is not reached this is a "
        "recursion; "
        "otherwise it never ends and fills the engine with instances.\n\n"
        "Mend it by a loop or a multi-instance activity if the steps are to be repeated; if the recursion is "
        "meant, "
        "suppress the finding on the call activity: weir:ignore=\"call-own-process\".\n\n"
        "BPMN 2.0.2, 10.3.6 (call activity).",
    .check = check,
};

}  // namespace weir::lint::rules
