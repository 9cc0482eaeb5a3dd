// Messages go between participants.
#include <unordered_map>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;

/// The process a message flow ends at: that of the participant, or the one around the node.
class Processes {
 public:
  explicit Processes(const model::Definitions& model) : model_(model) {
    for (const model::Participant& each : model.participants)
      if (each.process != model::ProcessIndex::none)
        of_pool_.emplace(each.element, model[each.process].element);
  }
  [[nodiscard]] ElementId at(ElementId end) const {
    if (const auto found = of_pool_.find(end); found != of_pool_.end()) return found->second;
    for (; end != ElementId::none; end = model_.document[end].parent)
      if (model_.document[end].kind == ElementKind::process) return end;
    return ElementId::none;
  }

 private:
  const model::Definitions& model_;
  std::unordered_map<ElementId, ElementId> of_pool_;
};

}  // namespace

static void check(const Subject& subject, Report& report) {
  if (subject.model.message_flows.empty()) return;
  const Processes processes(subject.model);
  for (const model::MessageFlow& flow : subject.model.message_flows) {
    if (flow.source == ElementId::none || flow.target == ElementId::none) continue;
    const ElementId source = processes.at(flow.source);
    const bool same =
        flow.source == flow.target || (source != ElementId::none && source == processes.at(flow.target));
    if (same)
      report.add(flow.span, flow.id,
                 fmt::format("message flow {} from {} to {} stays inside one pool",
                             quoted(flow.id.empty() ? flow.name : flow.id), quoted(flow.source_ref),
                             quoted(flow.target_ref)));
  }
}

constinit const Rule message_flow_inside_pool{
    .id = "message-flow-inside-pool",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "A message flow must lead from one pool to another.",
    .explanation =
        "Message flows show what participants send to each other. Inside one pool the order of the work is "
        "given by "
        "sequence flows, and data by data associations; a message flow there says nothing that runs.\n\n"
        "Mend it by a sequence flow, or move one end into another pool if another participant was meant.\n\n"
        "BPMN 2.0.2, 7.6.2 and 9.4 (message flow); BPMNspector EXT.031.",
    .check = check,
};

}  // namespace weir::lint::rules
