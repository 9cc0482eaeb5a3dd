// Activities and events that several flows lead to: they merge, they never wait.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if ((!node.is_activity() && !node.is_event()) || node.incoming.size() < 2) continue;
    report(node, "{} incoming flows are not joined here: each of them {} {}", node.incoming.size(),
           node.kind == model::ElementKind::end_event ? "reaches" : "starts", quoted(node) + " by itself");
  }
}

constinit const Rule fake_join{
    .id = "fake-join",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "An activity or event must not be used as a join.",
    .explanation =
        "Several flows into a task or event do not wait for each other: every token that arrives starts it "
        "again. "
        "After a parallel split that means the task is done twice and everything behind it too. After an "
        "exclusive "
        "choice it does no harm, but readers cannot tell which of the two was meant.\n\n"
        "Mend it by putting a gateway in front of the element: a parallel gateway waits for all flows, an "
        "exclusive "
        "gateway lets each token pass.\n\n"
        "BPMN 2.0.2, 13.3.1 (an activity with several incoming flows is started by each token). The same as "
        "bpmnlint's rule of this name, but counted by the ends of the flows.",
    .check = check,
};

}  // namespace weir::lint::rules
