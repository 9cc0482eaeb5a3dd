// Built-in functions that the engine the model was made for does not have.
#include "core/feel/expression.hpp"
#include "core/lint/rules.hpp"
#include "core/model/expressions.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  const model::Definitions& model = subject.model;
  feel::CompileOptions options;
  options.platform = feel::camunda_version(model.execution_platform, model.execution_platform_version);
  if (!options.platform.known()) return;
  model::for_each_expression(model.document, [&](const model::ExpressionPlace& place) {
    const feel::Choice choice = feel::choose_language(place.expression.body, place.expression.language);
    if (choice.language != feel::Language::feel || choice.guessed) return;
    options.span = place.expression.span;
    Diagnostics found;
    (void)feel::compile_condition(place.expression.body, place.expression.language, options, found);
    for (const Diagnostic& each : found.list())
      if (each.code == "feel-engine-version")
        report.add(each.span, model.document.value(place.owner, "id"),
                   fmt::format("{} of {}: {}", place.role, quoted(model.document.value(place.owner, "id")),
                               each.message));
  });
}

constinit const Rule feel_engine_version{
    .id = "feel-engine-version",
    .group = "feel",
    .severity = Severity::warning,
    .summary = "The Camunda version a model is made for must have the functions that it calls.",
    .explanation =
        "The model says for which version of Camunda 8 it was made (modeler:executionPlatformVersion), and "
        "calls "
        "a built-in function that came later, or one of DMN 1.5 that Camunda does not have at all. On that "
        "version the call has no value; the expression is null, or the instance stops with an incident.\n\n"
        "Mend it by another function, or, when the engine is newer than the model says, by setting the "
        "platform "
        "version of the model in the modeler.\n\n"
        "Camunda 8, built-in functions of FEEL.",
    .check = check,
};

}  // namespace weir::lint::rules
