// A process that is called begins at a start event without a trigger.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.kind != call_activity || node.called_element.empty()) continue;
    for (const model::Process& process : subject.model.processes) {
      if (process.id != node.called_element) continue;
      std::size_t starts = 0, blank = 0;
      for (const model::NodeIndex each : subject.model[process.scope].nodes) {
        const model::FlowNode& start = subject.model[each];
        if (start.kind != start_event) continue;
        ++starts;
        blank += start.event_definitions.empty() ? 1u : 0u;
      }
      if (starts > 0 && blank == 0)
        report.when(subject.strict(node.scope))
            .at(node, subject.model.document.place(node.element, "calledElement"),
                fmt::format("{} calls process {}, which starts only by an event and not by a call",
                            quoted(node), quoted(process.id)));
      break;
    }
  }
}

constinit const Rule called_process_start{
    .id = "called-process-start",
    .group = "constraints",
    .severity = Severity::error,
    .tolerated = Severity::warning,
    .summary = "A process that a call activity calls must have a start event without a trigger.",
    .explanation =
        "A call starts the process at its start event without a trigger. When all its start events "
        "wait for a message, timer or signal, there is none for the call to begin at.\n\n"
        "Mend it by adding a start event without a trigger to the called process.\n\n"
        "BPMN 2.0.2, 10.3.6 and 10.5.2 (start events of called processes); BPMNspector EXT.099.",
    .check = check,
};

}  // namespace weir::lint::rules
