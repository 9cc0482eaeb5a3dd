// Nothing in the scope can be the first step: no start event, no instantiating element, and every node waits
// for a flow.
#include <algorithm>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

bool can_be_first(const Subject& subject, const model::FlowNode& node) {
  using enum model::ElementKind;
  if (node.kind == start_event || node.instantiate) return true;
  if (!node.incoming.empty() || node.kind == boundary_event || node.for_compensation) return false;
  if (node.is_event_sub_process()) return subject.scope_of(node.scope)->node == model::NodeIndex::none;
  return !(node.kind == intermediate_catch_event && node.has(link_event_definition));
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.scopes().size(); ++i) {
    const model::Scope& scope = subject.scopes()[i];
    if (!subject.executable(static_cast<model::ScopeIndex>(i))) continue;
    if (scope.nodes.empty()) continue;
    if (std::any_of(scope.nodes.begin(), scope.nodes.end(),
                    [&](model::NodeIndex node) { return can_be_first(subject, subject.model[node]); }))
      continue;
    report(scope, "nothing in {} can start: there is no start event, and every element waits for a flow",
           quoted(scope));
  }
}

constinit const Rule process_cannot_start{
    .id = "process-cannot-start",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "An executable process, and each sub-process in it, must have something that can start.",
    .explanation =
        "A process begins at its start events, at an instantiating receive task or event-based gateway, or, "
        "when there "
        "are none, at every element that no flow leads to. Here every element waits for another one, in a "
        "circle, so no "
        "instance can ever do anything.\n\n"
        "Mend it by adding a start event with a flow to the first step.\n\n"
        "BPMN 2.0.2, 10.5.2 and 13.2 (process instantiation).",
    .check = check,
};

}  // namespace weir::lint::rules
