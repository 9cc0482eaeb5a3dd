// A place is found by walking the typed model; whether it is ours to judge is feel::choose_language's answer.
// A `language` that names a script language wins over what the text looks like: Groovy has ${...} too.
#include "core/lint/expressions.hpp"

#include <algorithm>

#include "core/data/timer_expression.hpp"
#include "core/model/expressions.hpp"

namespace weir::lint {

namespace {

/// Stands in an executable process, or outside of all in a file that has one.
bool executable(const Subject& subject, model::ElementId element) {
  const model::Document& document = subject.model.document;
  for (; element != model::ElementId::none; element = document[element].parent)
    if (document[element].kind == model::ElementKind::process)
      return std::any_of(
          subject.model.processes.begin(), subject.model.processes.end(),
          [&](const model::Process& process) { return process.element == element && process.executable; });
  return std::any_of(subject.model.processes.begin(), subject.model.processes.end(),
                     [](const model::Process& process) { return process.executable; });
}

std::string_view language(const Subject& subject, const model::Expression& expression) {
  return expression.language.empty() ? subject.model.expression_language : expression.language;
}

}  // namespace

void for_each_expression(const Subject& subject, const std::function<void(const ExpressionPlace&)>& visit) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    const bool none = node.loop.kind == model::Loop::Kind::none && node.event_definitions.empty() &&
                      !node.completion_condition.written && !node.activation_condition.written;
    if (none || !subject.executable(node.scope)) continue;
    const auto one = [&](std::string_view role, const model::Expression& expression) {
      if (!expression.empty()) visit({&node, nullptr, {}, role, &expression});
    };
    one("loop cardinality", node.loop.cardinality);
    one(node.loop.kind == model::Loop::Kind::standard ? "loop condition" : "completion condition",
        node.loop.condition);
    one("completion condition", node.completion_condition);
    one("activation condition", node.activation_condition);
    for (const model::EventDefinition& definition : node.event_definitions) {
      one("condition", definition.condition);
      for (const auto* timer : {&definition.time_date, &definition.time_duration, &definition.time_cycle})
        if (data::is_timer_expression(timer->body, language(subject, *timer))) one("timer", *timer);
    }
  }
  for (const model::SequenceFlow& flow : subject.sequence_flows())
    if (!flow.condition.empty() && subject.executable(flow.scope))
      visit({nullptr, &flow, {}, "condition", &flow.condition});
  using Sort = model::ExpressionPlace::Sort;
  model::for_each_expression(subject.model.document, [&](const model::ExpressionPlace& place) {
    if (place.sort == Sort::formal || !executable(subject, place.element)) return;
    if (place.sort == Sort::script && !place.expression.body.starts_with('=')) return;
    visit({nullptr, nullptr, subject.model.document.value(place.owner, "id"), place.role, &place.expression});
  });
}

std::optional<feel::Expression> compile(const Subject& subject, const model::Expression& expression,
                                        Diagnostics& found) {
  if (feel::choose_language("x", expression.language).language == feel::Language::foreign)
    return std::nullopt;
  const feel::Choice choice = feel::choose_language(expression.body, language(subject, expression));
  if (choice.guessed || choice.language == feel::Language::foreign) return std::nullopt;
  feel::CompileOptions options;
  options.span = expression.span;
  return feel::compile_condition(expression.body, language(subject, expression), options, found);
}

Diagnostic& report_at(Report& report, const ExpressionPlace& place, const Diagnostic& found) {
  const Span span = found.span.known() ? found.span : place.expression->span;
  if (place.node == nullptr && place.flow == nullptr) {
    Diagnostic& made = report.add(
        span, place.owner, fmt::format("{} of {}: {}", place.role, quoted(place.owner), found.message));
    made.notes = found.notes;
    made.fixes = found.fixes;
    return made;
  }
  std::string message =
      place.node ? fmt::format("{} of {}: {}", place.role, quoted(*place.node), found.message)
                 : fmt::format("{} of sequence flow {}: {}", place.role, quoted(*place.flow), found.message);
  Diagnostic& made = place.node ? report.at(*place.node, span, std::move(message))
                                : report.at(*place.flow, span, std::move(message));
  for (const Note& note : found.notes) made.notes.push_back(note);
  made.fixes = found.fixes;
  return made;
}

}  // namespace weir::lint
