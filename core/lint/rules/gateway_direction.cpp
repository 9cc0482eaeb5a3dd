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
          fmt::format("gateway {} is declared {} but has {} {} flow{}", quoted(node), direction,
                      count == 0 ? std::string("no") : fmt::to_string(count), side, count == 1 ? "" : "s"));
    };
    const bool strict =
        subject.strict(node.scope);  // engines let a gateway pass that neither joins nor splits
    const std::size_t in = node.incoming.size(), out = node.outgoing.size();
    if (direction == "Converging" && (out > 1 || (strict && in < 2)))
      out > 1 ? wrong("outgoing", out) : wrong("incoming", in);
    if (direction == "Diverging" && (in > 1 || (strict && out < 2)))
      in > 1 ? wrong("incoming", in) : wrong("outgoing", out);
  }
}

constinit const Rule gateway_direction{
    .id = "gateway-direction",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "The declared direction of a gateway must agree with its flows.",
    .explanation =
        "gatewayDirection says what the gateway is for: a Converging gateway has several incoming flows and "
        "one outgoing one, a Diverging one has one incoming flow and several outgoing ones. Engines go by "
        "the flows, so the declaration misleads whoever reads the file.\n\n"
        "Mend it by setting Mixed or removing the attribute (the default is Unspecified), or split the "
        "gateway in two.\n\n"
        "BPMN 2.0.2, 10.6.1 and table 8.46; BPMNspector EXT.017, EXT.018, EXT.135.",
    .check = check,
};

}  // namespace weir::lint::rules
