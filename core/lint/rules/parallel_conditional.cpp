// A parallel gateway takes every flow, whatever its condition says.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::SequenceFlow& flow : subject.sequence_flows()) {
    if (!flow.condition.written || flow.source == model::NodeIndex::none) continue;
    const model::FlowNode& source = subject.model[flow.source];
    if (source.kind == model::ElementKind::parallel_gateway)
      report.at(
          flow, flow.condition.span,
          fmt::format("the condition of sequence flow {} is ignored: parallel gateway {} takes all flows",
                      quoted(flow), quoted(source)));
  }
}

constinit const Rule parallel_conditional{
    .id = "parallel-conditional",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "A flow that leaves a parallel gateway must not have a condition.",
    .explanation =
        "A parallel gateway starts all its branches. A condition on one of them is never evaluated, so the "
        "model says "
        "something that does not happen.\n\n"
        "Mend it by removing the condition, or use an inclusive gateway, which takes every flow whose "
        "condition holds.\n\n"
        "BPMN 2.0.2, 10.6.4 and 13.4.1.",
    .check = check,
};

}  // namespace weir::lint::rules
