// A terminate end event that has nothing left to terminate.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::Scope& scope : subject.scopes()) {
    const model::FlowNode* terminate = nullptr;
    bool others = false;
    for (const model::NodeIndex index : scope.nodes) {
      const model::FlowNode& node = subject.model[index];
      if (!node.outgoing.empty()) continue;
      if (node.kind == end_event && node.has(terminate_event_definition)) {
        others = others || terminate;
        terminate = &node;
      } else {
        others = true;
      }
    }
    if (terminate && !others)
      report(*terminate, "terminate event {} is the only end of {}: a plain end event does the same",
             quoted(*terminate), quoted(scope));
  }
}

constinit const Rule superfluous_termination{
    .id = "superfluous-termination",
    .group = "style",
    .severity = Severity::info,
    .by_default = false,
    .summary = "A terminate event should be used only where something else may still be running.",
    .explanation =
        "A terminate end event cancels whatever else runs in its scope. When it is the only end there, "
        "readers look for "
        "the parallel branch that is to be cancelled and do not find it.\n\n"
        "Mend it by a plain end event, unless a parallel branch really is to be cancelled.\n\n"
        "BPMN 2.0.2, 10.5.3. As bpmnlint's rule of this name.",
    .check = check,
};

}  // namespace weir::lint::rules
