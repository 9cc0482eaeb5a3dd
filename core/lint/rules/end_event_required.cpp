// Every process and sub-process says where it ends.
#include <algorithm>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::Scope& scope : subject.scopes()) {
    if (scope.kind == model::ElementKind::ad_hoc_sub_process) continue;
    const bool found = std::any_of(scope.nodes.begin(), scope.nodes.end(), [&](model::NodeIndex node) {
      return subject.model[node].kind == model::ElementKind::end_event;
    });
    if (!found) report(scope, "{} has no end event", quoted(scope));
  }
}

constinit const Rule end_event_required{
    .id = "end-event-required",
    .group = "style",
    .severity = Severity::warning,
    .by_default = false,
    .summary = "A process or sub-process should have an end event.",
    .explanation =
        "BPMN allows a process without end events: a branch then ends wherever no flow goes on. Whether that "
        "was meant "
        "or a flow is missing cannot be seen.\n\n"
        "Mend it by an end event at the end of each branch.\n\n"
        "BPMN 2.0.2, 10.5.3. The same as bpmnlint's rule of this name.",
    .check = check,
};

}  // namespace weir::lint::rules
