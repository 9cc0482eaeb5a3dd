// Cancel events exist for transactions only.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (!node.has(cancel_event_definition)) continue;
    if (node.kind == end_event) {
      const model::Scope* scope = subject.scope_of(node.scope);
      if (scope && scope->kind != transaction)
        report(node, "cancel end event {} stands in {}, which is not a transaction", quoted(node),
               quoted(*scope));
    } else if (node.kind == boundary_event && node.attached_to != model::NodeIndex::none) {
      const model::FlowNode& host = subject.model[node.attached_to];
      if (host.kind != transaction && host.is_activity())
        report(node, "cancel event {} is attached to {}, which is not a transaction", quoted(node),
               quoted(host));
    }
  }
}

constinit const Rule cancel_event{
    .id = "cancel-event",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "Cancel events must be used with transactions only.",
    .explanation =
        "A cancel end event calls a transaction off: what was done is compensated, and the token leaves by "
        "the cancel "
        "event on the border of the transaction. Elsewhere it has no meaning.\n\n"
        "Mend it by making the sub-process a <transaction>, or use error events instead.\n\n"
        "BPMN 2.0.2, 10.3.5 (transaction) and 10.5.5; BPMNspector EXT.106, EXT.111, EXT.120.",
    .check = check,
};

}  // namespace weir::lint::rules
