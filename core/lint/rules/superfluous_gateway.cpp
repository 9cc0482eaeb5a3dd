// A gateway with one way in and one way out does nothing.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.is_gateway() && node.incoming.size() == 1 && node.outgoing.size() == 1)
      report(node, "gateway {} neither joins nor splits", quoted(node));
}

constinit const Rule superfluous_gateway{
    .id = "superfluous-gateway",
    .group = "style",
    .severity = Severity::info,
    .by_default = false,
    .summary = "A gateway should join or split flows.",
    .explanation =
        "One flow in and one flow out: the gateway has nothing to decide and nothing to wait for. It is "
        "often left over "
        "after an edit.\n\n"
        "Mend it by connecting the two flows and deleting the gateway.\n\n"
        "BPMNspector EXT.135; the same as bpmnlint's rule of this name.",
    .check = check,
};

}  // namespace weir::lint::rules
