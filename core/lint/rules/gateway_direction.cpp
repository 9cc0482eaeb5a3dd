// gatewayDirection is a statement about the flows that can be checked.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (!node.is_gateway()) continue;
    const std::string_view direction = subject.model.document.value(node.element, "gatewayDirection");
    const auto wrong = [&](std::string_view side, std::size_t count) {
      report.at(
          node, subject.model.document.place(node.element, "gatewayDirection"),
          fmt::format("gateway {} is declared {} but has {} {} flows", quoted(node), direction, count, side));
    };
    if (direction == "Converging" && node.outgoing.size() > 1) wrong("outgoing", node.outgoing.size());
    if (direction == "Diverging" && node.incoming.size() > 1) wrong("incoming", node.incoming.size());
  }
}

constinit const Rule gateway_direction{
    .id = "gateway-direction",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "The declared direction of a gateway must agree with its flows.",
    .explanation =
        "gatewayDirection says what the gateway is for: a Converging gateway has one outgoing flow, a "
        "Diverging one has "
        "one incoming flow. Engines go by the flows, so the declaration misleads whoever reads the file.\n\n"
        "Mend it by setting Mixed or removing the attribute (the default is Unspecified), or split the "
        "gateway in two.\n\n"
        "BPMN 2.0.2, 10.6.1 and table 8.46; BPMNspector EXT.017, EXT.018.",
    .check = check,
};

}  // namespace weir::lint::rules
