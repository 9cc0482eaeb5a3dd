// A condition element without an expression.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (const model::SequenceFlow& flow : subject.sequence_flows()) {
    if (!flow.condition.written || !flow.condition.empty() || !subject.executable(flow.scope)) continue;
    // Camunda reads the script from a file that camunda:resource names.
    const auto element = document.child(flow.element, model::ElementKind::condition_expression);
    if (document.attribute(element, model::Namespace::camunda, "resource")) continue;
    report.at(flow, flow.condition.span,
              fmt::format("the condition of sequence flow {} is empty", quoted(flow)));
  }
}

constinit const Rule empty_condition{
    .id = "empty-condition",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "The condition of a sequence flow must not be empty.",
    .explanation =
        "<conditionExpression> is there but has no text, so nobody knows when the flow is taken: some "
        "engines read it as "
        "true, some as false, some refuse the file.\n\n"
        "Mend it by writing the condition, or by removing the element.\n\n"
        "BPMN 2.0.2, 8.4.6 and 8.4.13; BPMNspector EXT.013.",
    .check = check,
};

}  // namespace weir::lint::rules
