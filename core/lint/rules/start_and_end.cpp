// Start events and end events come together.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::Scope& scope : subject.scopes()) {
    const auto index = static_cast<model::ScopeIndex>(&scope - subject.scopes().data());
    if (scope.kind == ad_hoc_sub_process || !subject.strict(index)) continue;
    bool starts = false;
    const model::FlowNode* end = nullptr;
    for (const model::NodeIndex each : scope.nodes) {
      const model::FlowNode& node = subject.model[each];
      starts = starts || node.kind == start_event || node.instantiate;
      if (node.kind == end_event && !end) end = &node;
    }
    if (end && !starts)
      report(*end, "{} {} has end event {} but no start event", model::words(scope.kind), quoted(scope),
             quoted(*end));
  }
}

constinit const Rule start_and_end{
    .id = "start-and-end",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "In an executable process, a level with an end event must have a start event.",
    .explanation =
        "Start and end events may both be left out: then everything without an incoming flow starts "
        "and everything without an outgoing flow ends. Once there is an end event, there has to be a "
        "start event (or an instantiating receive task or gateway) on the same level; without one it "
        "is open where it begins.\n\n"
        "Mend it by a start event in front of the first step, or by removing the end events. Only "
        "plain BPMN with isExecutable=\"true\" is judged: engines with attributes of their own do not "
        "use BPMN's.\n\n"
        "BPMN 2.0.2, 10.5.2 and 10.5.3; BPMNspector EXT.097.",
    .check = check,
};

}  // namespace weir::lint::rules
