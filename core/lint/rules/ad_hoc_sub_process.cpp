// Inside an ad-hoc sub-process activities are chosen, not started by events.
#include <algorithm>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::Scope& scope : subject.scopes()) {
    if (scope.kind != ad_hoc_sub_process) continue;
    bool has_activity = false;
    for (const model::NodeIndex index : scope.nodes) {
      const model::FlowNode& node = subject.model[index];
      has_activity = has_activity || node.is_activity();
      if (node.kind == start_event || node.kind == end_event)
        report(node, "{} {} stands in ad-hoc sub-process {}", model::words(node.kind), quoted(node),
               quoted(scope));
    }
    if (!has_activity) report(scope, "ad-hoc sub-process {} has no activity to choose", quoted(scope));
  }
}

constinit const Rule ad_hoc_sub_process{
    .id = "ad-hoc-sub-process",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "An ad-hoc sub-process must contain activities and no start or end events.",
    .explanation =
        "In an ad-hoc sub-process people or rules choose which activities are done, in which order and how "
        "often. There is "
        "no beginning and no end to mark, and without an activity there is nothing to choose.\n\n"
        "Mend it by removing the start and end events, or use an ordinary sub-process.\n\n"
        "BPMN 2.0.2, 10.3.5 (ad-hoc sub-process); BPMNspector EXT.061, EXT.062; as bpmnlint's rule of this "
        "name.",
    .check = check,
};

}  // namespace weir::lint::rules
