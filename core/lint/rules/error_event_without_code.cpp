// An error that is thrown needs a code by which it is caught.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.kind != end_event || !subject.executable(node.scope)) continue;
    for (const model::EventDefinition& definition : node.event_definitions) {
      if (definition.kind != error_event_definition) continue;
      if (definition.reference.empty()) {
        report.at(node, definition.span, fmt::format("error end event {} names no error", quoted(node)));
      } else if (const model::RootElement* error =
                     subject.model.root(model::ElementKind::error, definition.reference)) {
        if (error->code.empty())
          report.at(node, definition.span,
                    fmt::format("error {} thrown by {} has no errorCode", quoted(definition.reference),
                                quoted(node)));
      }
    }
  }
}

constinit const Rule error_event_without_code{
    .id = "error-event-without-code",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "In an executable process, an error that is thrown must have a code.",
    .explanation =
        "An error is caught by its code. One without a code is caught only by events that catch every error, "
        "and some "
        "engines refuse it.\n\n"
        "Mend it by an <error errorCode=\"...\"> in the file and errorRef on the end event. Boundary events "
        "without "
        "errorRef catch all errors; that is legal and not reported.\n\n"
        "BPMN 2.0.2, 8.4.3 (error) and 10.5.5 (error event).",
    .check = check,
};

}  // namespace weir::lint::rules
