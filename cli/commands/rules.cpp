// The rules as a table, for people or as weir.rules/1.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "core/lint/rules.hpp"
#include "formats/json/writer.hpp"

namespace weir::cli {

std::string rule_list() {
  std::size_t longest = 0;
  for (const lint::Rule* rule : lint::all_rules) longest = std::max(longest, rule->id.size());
  std::string text;
  for (const lint::Rule* rule : lint::all_rules)
    text += fmt::format("{:<{}}  {:<7}  {}{}\n", rule->id, longest, severity_name(rule->severity),
                        rule->summary, rule->by_default ? "" : " (not by default)");
  return text;
}

namespace commands {

ExitCode rules(const Arguments& arguments, Terminal& terminal) {
  if (arguments.format == "text") {
    terminal.out(rule_list());
    return ExitCode::done;
  }
  formats::json::Writer json(formats::json::Style::pretty);
  json.begin_object().key("schema").string("weir.rules/1").key("rules").begin_array();
  for (const lint::Rule* rule : lint::all_rules) {
    json.begin_object().key("id").string(rule->id).key("group").string(rule->group);
    json.key("severity").string(severity_name(rule->severity));
    if (rule->tolerated) json.key("tolerated").string(severity_name(*rule->tolerated));
    json.key("default").boolean(rule->by_default);
    json.key("summary").string(rule->summary).key("explanation").string(rule->explanation).end_object();
  }
  json.end_array().end_object();
  terminal.out(json.text());
  terminal.out("\n");
  return ExitCode::done;
}

}  // namespace commands
}  // namespace weir::cli
