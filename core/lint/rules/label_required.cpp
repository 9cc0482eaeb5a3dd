// People read names, not ids.
#include <algorithm>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

bool blank(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (!blank(node.name) || node.is_sub_process()) continue;
    if (node.kind == parallel_gateway || node.kind == event_based_gateway) continue;
    if (node.is_gateway() && node.outgoing.size() <= 1) continue;
    report(node, "{} {} has no name", model::words(node.kind), quoted(node));
  }
  for (const model::SequenceFlow& flow : subject.sequence_flows())
    if (flow.condition.written && blank(flow.name))
      report(flow, "conditional sequence flow {} has no name", quoted(flow));
  for (const model::Participant& each : subject.model.participants)
    if (blank(each.name)) report.add(each.span, each.id, fmt::format("pool {} has no name", quoted(each.id)));
  for (const model::Lane& each : subject.model.lanes)
    if (blank(each.name)) report.add(each.span, each.id, fmt::format("lane {} has no name", quoted(each.id)));
}

constinit const Rule label_required{
    .id = "label-required",
    .group = "style",
    .severity = Severity::info,
    .by_default = false,
    .summary = "Steps, events, decisions, pools, lanes and conditional flows should have a name.",
    .explanation =
        "A diagram is read by its labels. A decision without a question or a branch without an answer cannot "
        "be "
        "understood without looking into the properties.\n\n"
        "Mend it by a short name: verb and object for a task, a state for an event, a question for a "
        "decision.\n\n"
        "As bpmnlint's rule of this name; parallel and event-based gateways, joins and sub-processes need "
        "none.",
    .check = check,
};

}  // namespace weir::lint::rules
