// Some teams do without inclusive gateways.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.kind == model::ElementKind::inclusive_gateway)
      report(node, "{} is an inclusive gateway", quoted(node));
}

constinit const Rule no_inclusive_gateway{
    .id = "no-inclusive-gateway",
    .group = "style",
    .severity = Severity::info,
    .by_default = false,
    .summary = "Inclusive gateways should be avoided.",
    .explanation =
        "An inclusive join waits for every token that may still arrive, wherever it is: few readers can tell "
        "when it goes "
        "on, and not all engines agree.\n\n"
        "Mend it by a parallel gateway with an exclusive choice in each branch.\n\n"
        "BPMN 2.0.2, 10.6.3 and 13.4.3. The same as bpmnlint's rule of this name.",
    .check = check,
};

}  // namespace weir::lint::rules
