// Every process and sub-process says where it begins.
#include <algorithm>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::Scope& scope : subject.scopes()) {
    if (scope.kind == model::ElementKind::ad_hoc_sub_process) continue;
    const bool found = std::any_of(scope.nodes.begin(), scope.nodes.end(), [&](model::NodeIndex node) {
      return subject.model[node].kind == model::ElementKind::start_event;
    });
    if (!found) report(scope, "{} has no start event", quoted(scope));
  }
}

constinit const Rule start_event_required{
    .id = "start-event-required",
    .group = "style",
    .severity = Severity::warning,
    .by_default = false,
    .summary = "A process or sub-process should have a start event.",
    .explanation =
        "BPMN allows a process without start events: everything that no flow leads to then starts at once. "
        "Readers "
        "rarely expect that, and several engines require a start event.\n\n"
        "Mend it by adding a start event and a flow to the first step.\n\n"
        "BPMN 2.0.2, 10.5.2. The same as bpmnlint's rule of this name; that nothing at all can start is "
        "reported by "
        "process-cannot-start.",
    .check = check,
};

}  // namespace weir::lint::rules
