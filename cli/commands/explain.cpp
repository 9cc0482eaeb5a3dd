// What a rule is about, as its author wrote it next to the code, broken into lines.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "core/base/printable.hpp"
#include "core/lint/linter.hpp"
#include "core/model/differences.hpp"

namespace weir::cli::commands {

namespace {

/// Breaks each paragraph into lines of at most 80 columns.
std::string wrapped(std::string_view text) {
  constexpr std::size_t width = 80;
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    if (text.front() == '\n') {
      out += '\n';
      column = 0;
      text.remove_prefix(1);
    } else if (text.front() == ' ') {
      text.remove_prefix(1);
    } else {
      const std::string_view word = text.substr(0, text.find_first_of(" \n"));
      const std::size_t columns = display_width(word);
      if (column > 0) {
        const bool fits = column + 1 + columns <= width;
        out += fits ? ' ' : '\n';
        column = fits ? column + 1 : 0;
      }
      out += word;
      column += columns;
      text.remove_prefix(word.size());
    }
  }
  return out;
}

constexpr std::string_view dialects = "dialects";  // a topic beside the rules

std::string differences_text() {
  std::string out = wrapped(
      "Models mean what BPMN 2.0.2 says (chapter 13), whatever dialect they are written in. Where the engine "
      "of "
      "a dialect does something else on purpose, its models mean that; these are all such differences. What "
      "an "
      "engine does by mistake is not done.");
  out += '\n';
  for (const model::Difference& each : model::differences())
    out += fmt::format("\n{}\n{}\n", each.topic,
                       wrapped(fmt::format("{}: {}\nElse: {}", each.dialects, each.there, each.elsewhere)));
  return out;
}

}  // namespace

ExitCode explain(const Arguments& arguments, Terminal& terminal) {
  if (arguments.topic.empty()) {
    terminal.out(rule_list());
    return ExitCode::done;
  }
  if (arguments.topic == dialects) {
    terminal.out(differences_text());
    return ExitCode::done;
  }
  const lint::Rule* rule = lint::find_rule(arguments.topic);
  if (rule == nullptr) {
    terminal.error(
        fmt::format("there is no rule '{}'{}", arguments.topic, lint::near_rule_names(arguments.topic)));
    return ExitCode::usage;
  }
  terminal.out(fmt::format(
      "{}   {}{}, {}{}\n\n{}\n\n{}\n\nOff: weir lint --ignore {}, or weir:ignore=\"{}\" on an element\n",
      rule->id, severity_name(rule->severity),
      rule->tolerated ? fmt::format(" ({} unless it is plain BPMN with isExecutable=\"true\")",
                                    severity_name(*rule->tolerated))
                      : std::string(),
      rule->group, rule->by_default ? "" : ", not by default", wrapped(rule->summary),
      wrapped(rule->explanation), rule->id, rule->id));
  return ExitCode::done;
}

}  // namespace weir::cli::commands
