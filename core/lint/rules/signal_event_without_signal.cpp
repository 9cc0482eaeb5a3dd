// A signal event says which signal.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.event_definitions.empty() || !subject.executable(node.scope)) continue;
    for (const model::EventDefinition& definition : node.event_definitions)
      if (definition.kind == model::ElementKind::signal_event_definition && definition.reference.empty() &&
          !has_vendor_parts(subject.model.document, definition.element))
        report.at(node, definition.span,
                  fmt::format("signal event {} does not say which signal", quoted(node)));
  }
}

constinit const Rule signal_event_without_signal{
    .id = "signal-event-without-signal",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "In an executable process, a signal event must name its signal.",
    .explanation =
        "Signals are broadcast by name. Without a name nobody hears the event that throws, and the event "
        "that catches "
        "hears nothing.\n\n"
        "Mend it by a <signal name=\"...\"> in the file and signalRef on the event definition.\n\n"
        "BPMN 2.0.2, 10.5.5 (signal event).",
    .check = check,
};

}  // namespace weir::lint::rules
