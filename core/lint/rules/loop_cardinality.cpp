// Numbers of instances that are no numbers. Expressions are somebody else's work.
#include <algorithm>
#include <charconv>
#include <cstdint>

#include "core/lint/expressions.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

bool only_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool same_word(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a | 0x20) == b; });
}

/// An expression without variables that does not yield a number, as =1/0.
bool yields_no_number(const Subject& subject, const model::Expression& cardinality) {
  Diagnostics found;
  const auto expression = compile(subject, cardinality, found);
  if (!expression || expression->language() != feel::Language::feel || !expression->variables().empty())
    return false;
  const value::Scope nothing;
  feel::Workspace workspace(
      feel::Limits{.steps = 10'000, .memory = 1u << 20, .list_size = 10'000, .text_size = 1u << 18});
  const value::Value value = feel::evaluate(*expression, nothing, workspace);
  return !value.is(value::Kind::number) || value.decimal().is_negative() || !value.decimal().is_integer();
}

/// What is wrong with a literal, or an empty text; expressions are fine.
std::string_view problem(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view number = text.substr(negative || text.starts_with('+') ? 1 : 0);
  if (same_word(number, "nan") || same_word(number, "inf") || same_word(number, "infinity"))
    return "is not a whole number";
  double value = 0;
  const auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (end != number.data() + number.size() || number.empty()) return {};
  if (negative) return "is negative";
  if (!only_digits(number)) return "is not a whole number";
  std::int64_t whole = 0;
  if (std::from_chars(number.data(), number.data() + number.size(), whole).ec != std::errc{})
    return "is too large";
  return {};
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    const model::Loop& loop = node.loop;
    if (loop.kind == model::Loop::Kind::none || !subject.executable(node.scope)) continue;
    if (loop.kind == model::Loop::Kind::multi_instance) {
      if (is_expression(loop.cardinality.body) && yields_no_number(subject, loop.cardinality))
        report.at(node, loop.cardinality.span,
                  fmt::format("loopCardinality {} of {} never yields a whole number",
                              quoted(loop.cardinality.body), quoted(node)));
      if (const std::string_view what = problem(loop.cardinality.body); !what.empty())
        report.at(
            node, loop.cardinality.span,
            fmt::format("loopCardinality {} of {} {}", quoted(loop.cardinality.body), quoted(node), what));
    } else if (!loop.maximum.empty() && (!only_digits(loop.maximum) || !problem(loop.maximum).empty())) {
      report.at(
          node, subject.model.document.place(loop.element, "loopMaximum"),
          fmt::format("loopMaximum {} of {} is not a whole number", quoted(loop.maximum), quoted(node)));
    }
  }
}

constinit const Rule loop_cardinality{
    .id = "loop-cardinality",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "loopCardinality and loopMaximum must be whole numbers that are not negative.",
    .explanation =
        "loopCardinality is how many instances of a multi-instance activity are created, loopMaximum how "
        "often a loop is "
        "repeated at most. A negative number, a fraction or something that is no number cannot be either; "
        "the instance "
        "would fail when it gets there.\n\n"
        "Mend it by a whole number, or an expression that yields one.\n\n"
        "BPMN 2.0.2, 10.3.8; BPMNspector EXT.012, EXT.068.",
    .check = check,
};

}  // namespace weir::lint::rules
