// A public process is what others see of it.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (const model::Process& process : subject.model.processes)
    if (subject.strict(process.scope) && process.element != model::ElementId::none &&
        document.value(process.element, "processType") == "Public")
      report.at(subject.model[process.scope], document.place(process.element, "processType"),
                fmt::format("process {} is public and cannot be executable: it shows only what others see",
                            quoted(subject.model[process.scope])));
}

constinit const Rule public_process_executable{
    .id = "public-process-executable",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "A public process must not be executable.",
    .explanation =
        "processType=\"Public\" says that the process shows only the steps by which it talks with "
        "others; what happens in between is left out, so there is nothing that could be run.\n\n"
        "Mend it by processType=\"Private\" (or none) for a process that runs, or "
        "isExecutable=\"false\". Only plain BPMN is judged: jBPM runs such processes.\n\n"
        "BPMN 2.0.2, 10.2.1 and table 10.1; BPMNspector EXT.035.",
    .check = check,
};

}  // namespace weir::lint::rules
