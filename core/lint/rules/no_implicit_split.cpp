// Several unconditional flows out of a task or event start several branches without saying so.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (!node.is_activity() && !node.is_event()) continue;
    std::size_t always = 0;
    for (const model::FlowIndex flow : node.outgoing)
      if (!subject.model[flow].condition.written && !subject.model[flow].is_default) ++always;
    if (always > 1) report(node, "{} flows leave {} at the same time", always, quoted(node));
  }
}

constinit const Rule no_implicit_split{
    .id = "no-implicit-split",
    .group = "style",
    .severity = Severity::warning,
    .by_default = false,
    .summary = "Parallel branches should begin at a gateway, not at an activity or event.",
    .explanation =
        "Several flows that leave a task without conditions are all taken: the branches run in parallel. "
        "Readers often "
        "take that for a choice.\n\n"
        "Mend it by a parallel gateway behind the element, or an exclusive one if a choice was meant.\n\n"
        "BPMN 2.0.2, 13.3.1. The same as bpmnlint's rule of this name.",
    .check = check,
};

}  // namespace weir::lint::rules
