// One gateway, one job.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.is_gateway() && node.incoming.size() > 1 && node.outgoing.size() > 1)
      report(node, "gateway {} joins {} flows and splits into {}", quoted(node), node.incoming.size(),
             node.outgoing.size());
}

constinit const Rule no_gateway_join_fork{
    .id = "no-gateway-join-fork",
    .group = "style",
    .severity = Severity::warning,
    .by_default = false,
    .summary = "A gateway should either join or split, not both.",
    .explanation =
        "A gateway with several flows in and several out is legal, but readers see only one of its two jobs, "
        "and a "
        "parallel gateway that also waits is a common source of deadlocks.\n\n"
        "Mend it by two gateways in a row: the first joins, the second splits.\n\n"
        "The same as bpmnlint's rule of this name.",
    .check = check,
};

}  // namespace weir::lint::rules
