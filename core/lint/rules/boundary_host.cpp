// A boundary event sits on an activity of its own scope.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check_one(const Subject& subject, Report& report, const model::FlowNode& node) {
  const Span span = subject.model.document.place(node.element, "attachedToRef");
  if (node.attached_to_ref.empty()) {
    report.at(node, span, fmt::format("boundary event {} has no attachedToRef", quoted(node)));
  } else if (node.attached_to == model::NodeIndex::none) {
    const bool exists = subject.model.by_id.contains(node.attached_to_ref);
    report.at(
        node, span,
        fmt::format("boundary event {} is attached to {}, {}", quoted(node), quoted(node.attached_to_ref),
                    exists ? "which is not an activity" : "which does not exist"));
  } else {
    const model::FlowNode& host = subject.model[node.attached_to];
    if (node.attached_to == subject.index_of(node))
      report.at(node, span, fmt::format("boundary event {} is attached to itself", quoted(node)));
    else if (!host.is_activity())
      report.at(node, span,
                fmt::format("boundary event {} is attached to the {} {}, not to an activity", quoted(node),
                            model::words(host.kind), quoted(host)));
    else if (host.scope != node.scope)
      report.at(node, span,
                fmt::format("boundary event {} stands in another scope than {}, to which it is attached",
                            quoted(node), quoted(host)));
  }
}

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes())
    if (node.kind == model::ElementKind::boundary_event) check_one(subject, report, node);
}

constinit const Rule boundary_host{
    .id = "boundary-host",
    .group = "references",
    .severity = Severity::error,
    .summary = "A boundary event must be attached to an activity of the same scope.",
    .explanation =
        "A boundary event catches what happens while its activity runs. Attached to a gateway, an event, "
        "itself or "
        "nothing, it can never be triggered; attached to an activity inside or outside of its own "
        "sub-process it is in "
        "the wrong place, and the flows that leave it cross a border.\n\n"
        "Mend it by naming a task, sub-process or call activity of the same process or sub-process in "
        "attachedToRef.\n\n"
        "BPMN 2.0.2, 10.5.4 and table 10.93 (intermediate events attached to an activity boundary).",
    .check = check,
};

}  // namespace weir::lint::rules
