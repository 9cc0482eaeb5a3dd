// A decision that nothing decides.
#include <algorithm>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.kind != exclusive_gateway && node.kind != inclusive_gateway) continue;
    if (node.outgoing.size() < 2 || !subject.executable(node.scope) || !node.default_ref.empty()) continue;
    const bool none = std::none_of(node.outgoing.begin(), node.outgoing.end(), [&](model::FlowIndex flow) {
      return subject.model[flow].condition.written || subject.model[flow].is_default;
    });
    if (none)
      report(node, "none of the {} flows that leave {} gateway {} has a condition", node.outgoing.size(),
             node.kind == exclusive_gateway ? "exclusive" : "inclusive", quoted(node));
  }
}

constinit const Rule gateway_without_conditions{
    .id = "gateway-without-conditions",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "In an executable process, a gateway that decides must have conditions.",
    .explanation =
        "An exclusive or inclusive gateway chooses by the conditions on its outgoing flows. With no "
        "condition at all and "
        "no default flow there is nothing to choose by: an engine refuses the file, fails, or always takes "
        "the flow that "
        "happens to come first in the file.\n\n"
        "Mend it by conditions on the flows and a default flow for the rest; if all ways are to be taken, "
        "use a parallel "
        "gateway.\n\n"
        "BPMN 2.0.2, 10.6.2, 10.6.3 and 13.4.2. Processes that are not executable are not checked: there the "
        "labels on "
        "the flows say enough.",
    .check = check,
};

}  // namespace weir::lint::rules
