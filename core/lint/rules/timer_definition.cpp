// When a timer fires must be said in one way, and in a form that can be read.
#include "core/data/timer_expression.hpp"
#include "core/lint/rules.hpp"
#include "core/lint/timer_text.hpp"

namespace weir::lint::rules {

namespace {

using model::Dialect;

struct Kind {
  std::string_view name;
  const model::Expression& expression;
  TimerText (*check)(std::string_view text);
};

/// Engines in Java call the methods of whatever object has that name; the others have no such objects.
bool has_beans(Dialect dialect) {
  return dialect == Dialect::camunda7 || dialect == Dialect::flowable || dialect == Dialect::activiti ||
         dialect == Dialect::jbpm;
}

/// Camunda 7 and its relatives take a duration as a date: so long after now.
TimerText check_date_or_duration(std::string_view text) {
  return text.starts_with('P') ? check_duration(text) : check_date(text);
}

/// In a language we do not know: a call such as timedelta(minutes=5).
bool is_foreign(const model::Expression& expression) {
  return expression.body.find('(') != std::string_view::npos;
}

void check_kind(const Subject& subject, Report& report, const model::FlowNode& node, const Kind& kind) {
  const std::string_view text = kind.expression.body;
  if (text.empty()) {
    report.at(node, kind.expression.span,
              fmt::format("{} of timer event {} is empty", kind.name, quoted(node)));
  } else if (is_expression(text)) {
    const std::string_view bean = called_bean(text);
    if (!bean.empty() && bean != "execution" && !has_beans(subject.model.dialect))
      report.at(
          node, kind.expression.span,
          fmt::format(
              "{} of timer event {} calls a method of {}, which does not exist outside of a Java engine",
              kind.name, quoted(node), quoted(bean)));
  } else if (!is_foreign(kind.expression) &&
             !data::is_timer_expression(text, kind.expression.language.empty()
                                                  ? std::string_view(subject.model.expression_language)
                                                  : kind.expression.language)) {
    const TimerText checked = kind.check(text);
    if (!checked.problem.empty())
      report.at(
          node, kind.expression.span,
          fmt::format("{} {} of timer event {} {}", kind.name, quoted(text), quoted(node), checked.problem));
  }
}

void check_one(const Subject& subject, Report& report, const model::FlowNode& node,
               const model::EventDefinition& definition) {
  const Dialect dialect = subject.model.dialect;
  if (dialect == Dialect::jbpm) return;  // has notations of its own: 5m, 1h###2h, a cycle beside a duration
  // A business calendar of Flowable brings its own notation.
  for (const model::Namespace vendor : {model::Namespace::flowable, model::Namespace::activiti})
    if (subject.model.document.attribute(definition.element, vendor, "businessCalendarName")) return;
  std::size_t kinds = 0;
  for (const Kind& kind :
       {Kind{"timeDate", definition.time_date, has_beans(dialect) ? check_date_or_duration : check_date},
        Kind{"timeDuration", definition.time_duration, check_duration},
        Kind{"timeCycle", definition.time_cycle, check_cycle}}) {
    if (!kind.expression.written) continue;
    ++kinds;
    check_kind(subject, report, node, kind);
  }
  if (kinds == 0)
    report.at(node, definition.span,
              fmt::format("timer event {} has no date, duration or cycle", quoted(node)));
  else if (kinds > 1)
    report.at(node, definition.span,
              fmt::format("timer event {} has {} of timeDate, timeDuration and timeCycle; only one can count",
                          quoted(node), kinds));
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.event_definitions.empty() || !subject.executable(node.scope)) continue;
    for (const model::EventDefinition& definition : node.event_definitions)
      if (definition.kind == model::ElementKind::timer_event_definition)
        check_one(subject, report, node, definition);
  }
}

constinit const Rule timer_definition{
    .id = "timer-definition",
    .group = "correctness",
    .severity = Severity::error,
    .summary =
        "In an executable process, a timer must have exactly one date, duration or cycle that can be read.",
    .explanation =
        "A timer says when it fires by a date (2024-12-31T23:59:00Z), a duration (PT15M, P1DT2H) or a cycle "
        "(R3/PT10M, "
        "R/P1D, or cron: 0 0 8 * * MON-FRI), all in ISO 8601 except cron; or by an expression that yields "
        "one of them. "
        "One that cannot be read makes the instance fail when it gets there, often months after "
        "deployment.\n\n"
        "Mend it by writing the time in one of these forms. A negative duration, a repetition without any "
        "time in "
        "between and the 30th of February are mistakes too. An expression that calls a method of a Java "
        "object works "
        "only inside of the engine that has this object.\n\n"
        "BPMN 2.0.2, 10.5.5 (timer event); ISO 8601-1:2019, 5.4 to 5.6; BPMNspector EXT.012, EXT.131 to "
        "EXT.133.",
    .check = check,
};

}  // namespace weir::lint::rules
