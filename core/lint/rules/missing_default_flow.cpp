// A decision where every way out has a condition.
#include <algorithm>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.kind != exclusive_gateway && node.kind != inclusive_gateway) continue;
    if (node.outgoing.size() < 2 || !subject.executable(node.scope)) continue;
    const bool all_conditional =
        std::all_of(node.outgoing.begin(), node.outgoing.end(), [&](model::FlowIndex flow) {
          return subject.model[flow].condition.written && !subject.model[flow].is_default;
        });
    if (all_conditional && node.default_ref.empty())
      report(node, "gateway {} has no default flow: a token is stuck when none of its {} conditions holds",
             quoted(node), node.outgoing.size());
  }
}

constinit const Rule missing_default_flow{
    .id = "missing-default-flow",
    .group = "style",
    .severity = Severity::warning,
    .by_default = false,
    .summary = "A decision should have a default flow.",
    .explanation =
        "When no condition holds and there is no default flow, the process instance fails (BPMN calls it an "
        "exception). "
        "Conditions that cover all cases today may not do so tomorrow, or for a missing value.\n\n"
        "Mend it by making one flow the default: the ordinary case, or a way that reports the unexpected "
        "one.\n\n"
        "BPMN 2.0.2, 10.6.2, 10.6.3 and 13.4.2.",
    .check = check,
};

}  // namespace weir::lint::rules
