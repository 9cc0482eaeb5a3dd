// An escalation that is thrown needs a code by which it is caught.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (!node.is(model::Category::throwing) || !subject.executable(node.scope)) continue;
    for (const model::EventDefinition& definition : node.event_definitions) {
      if (definition.kind != escalation_event_definition) continue;
      if (definition.reference.empty()) {
        report.when(subject.strict(node.scope))
            .at(node, definition.span,
                fmt::format("event {} throws an escalation without a name", quoted(node)));
      } else if (const model::RootElement* found =
                     subject.model.root(model::ElementKind::escalation, definition.reference)) {
        if (found->code.empty())
          report.when(subject.strict(node.scope))
              .at(node, definition.span,
                  fmt::format("escalation {} thrown by {} has no escalationCode",
                              quoted(definition.reference), quoted(node)));
      }
    }
  }
}

constinit const Rule escalation_event_without_code{
    .id = "escalation-event-without-code",
    .group = "correctness",
    .severity = Severity::error,
    .tolerated = Severity::warning,
    .summary = "In an executable process, an escalation that is thrown must have a code.",
    .explanation =
        "An escalation is caught by its code. One without a code is caught only by events that catch every "
        "escalation.\n\n"
        "Mend it by an <escalation escalationCode=\"...\"> in the file and escalationRef on the event.\n\n"
        "BPMN 2.0.2, 8.4.4 (escalation) and 10.5.5; BPMNspector EXT.011.",
    .check = check,
};

}  // namespace weir::lint::rules
