// A user task or start event whose form is in no file.
#include "core/base/did_you_mean.hpp"
#include "core/data/decisions.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  if (subject.known_forms == nullptr) return;
  // There a formKey may be anything, as long as there are no forms.
  const model::Dialect dialect = subject.model.dialect;
  if (subject.known_forms->empty() &&
      (dialect == model::Dialect::flowable || dialect == model::Dialect::activiti))
    return;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    const model::FormReference& form = node.work.form_file;
    const bool by_file = !form.file.empty();
    if (!form.written() || is_expression(form.id) || !subject.executable(node.scope)) continue;
    bool found = false;
    std::vector<std::string_view> names;
    for (const KnownForm& each : *subject.known_forms) {
      found = found || (by_file ? data::is_decision_file(each.file, form.file) : each.id == form.id);
      names.push_back(by_file ? std::string_view(each.file).substr(each.file.rfind('/') + 1) : each.id);
    }
    if (found) continue;
    const std::string_view name = by_file ? form.file : form.id;
    const bool by_version = form.binding == "version" && !form.version.empty();
    report.at(node, form.span,
              fmt::format("{} has the form {}{}, which is in no {} here{}", quoted(node), quoted(name),
                          by_version ? fmt::format(" of version {}", form.version) : "",
                          by_file ? "file" : ".form file", did_you_mean_text(name, names)));
  }
}

constinit const Rule form_missing{
    .id = "form-missing",
    .group = "references",
    .severity = Severity::warning,
    .summary = "In an executable process, the form of a task must exist.",
    .explanation =
        "A user task or start event names a form in a file of its own: formKey=\"camunda-forms:deployment:"
        "order.form\" by the name of the file, camunda:formRef and formId of zeebe:formDefinition by the id "
        "that stands in it, flowable:formKey by its key (when there are forms at all). It is looked for "
        "among the .form files that belong with the process: all below "
        "the nearest weir.toml, else those in the same folder; weir deploy also takes those that are named "
        "beside it, and forms that were deployed before. Without its form a task asks for nothing, and what "
        "is given is not checked.\n\n"
        "Mend it by correcting the name, or put the form beside the process. Which version counts: by the "
        "name of the file, and where the binding says deployment, the one that was deployed together with "
        "the process, else the newest that was deployed.",
    .check = check,
};

}  // namespace weir::lint::rules
