// A file that defines nothing to look at.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::Process& process : subject.model.processes)
    if (process.executable && subject.model[process.scope].nodes.empty())
      report(subject.model[process.scope], "executable process {} is empty",
             quoted(subject.model[process.scope]));
  const model::Document& document = subject.model.document;
  if (!subject.model.processes.empty() || document.empty()) return;
  constexpr model::ElementId root{0};
  for (const model::ElementId child : model::children(document, root)) {
    const model::ElementKind kind = document[child].kind;
    if (model::is(kind, model::Category::root))
      return;  // collaborations, messages, global tasks: shared parts
  }
  report.add(document[root].name_span, document.value(root, "id"), "this file defines no process");
}

constinit const Rule no_process{
    .id = "no-process",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "A BPMN file should define something, and an executable process should do something.",
    .explanation =
        "The file is BPMN, but there is no process, collaboration or any other definition in it. Nothing in "
        "it can be "
        "checked, drawn or run; often an export went wrong.\n\n"
        "Mend it by exporting the model again, or delete the file.",
    .check = check,
};

}  // namespace weir::lint::rules
