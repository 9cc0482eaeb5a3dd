// Two flows between the same elements under the same condition.
#include <map>
#include <tuple>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  std::map<std::tuple<model::NodeIndex, model::NodeIndex, std::string_view>, const model::SequenceFlow*> seen;
  for (const model::SequenceFlow& flow : subject.sequence_flows()) {
    if (flow.source == model::NodeIndex::none || flow.target == model::NodeIndex::none) continue;
    if (subject.model[flow.source].outgoing.size() < 2) continue;
    const auto [first, added] = seen.try_emplace({flow.source, flow.target, flow.condition.body}, &flow);
    if (added) continue;
    report(flow, "sequence flow {} repeats {}: both lead from {} to {}{}", quoted(flow),
           quoted(*first->second), quoted(subject.model[flow.source]), quoted(subject.model[flow.target]),
           flow.condition.body.empty() ? "" : " under the same condition")
        .notes.push_back(Note{"the first flow is here", first->second->span});
  }
}

constinit const Rule no_duplicate_sequence_flows{
    .id = "no-duplicate-sequence-flows",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "Two sequence flows must not connect the same elements under the same condition.",
    .explanation =
        "The second flow is usually a slip of the mouse that the first one covers in the diagram. It is not "
        "harmless: "
        "after a task or a parallel gateway both flows are taken, so that everything behind them happens "
        "twice.\n\n"
        "Mend it by deleting one of the two. If the work really is to be done twice, say so with a "
        "multi-instance "
        "activity.\n\n"
        "The same as bpmnlint's rule of this name, but one finding per superfluous flow.",
    .check = check,
};

}  // namespace weir::lint::rules
