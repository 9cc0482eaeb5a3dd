// Some teams do without complex gateways.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.kind == model::ElementKind::complex_gateway)
      report(node, "{} is a complex gateway", quoted(node));
}

constinit const Rule no_complex_gateway{
    .id = "no-complex-gateway",
    .group = "style",
    .severity = Severity::warning,
    .by_default = false,
    .summary = "Complex gateways should be avoided.",
    .explanation =
        "A complex gateway joins by an expression over the number of tokens and is reset in a way that is "
        "hard to follow. "
        "Hardly any engine runs it.\n\n"
        "Mend it by other gateways, or by a script task that decides and an exclusive gateway behind it.\n\n"
        "BPMN 2.0.2, 10.6.5 and 13.4.5. The same as bpmnlint's rule of this name.",
    .check = check,
};

}  // namespace weir::lint::rules
