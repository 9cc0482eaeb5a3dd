// `weir deploy FILE...` keeps definitions in the state directory: processes, decisions and forms become the
// newest versions of theirs. Instances are started from what was deployed, and go on with it.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "cli/standing.hpp"
#include "core/base/printable.hpp"
#include "formats/json/writer.hpp"

namespace weir::cli::commands {

namespace {

std::string list(std::string_view one, std::string_view several, const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ", ") + printable(id);
  return text.empty() ? text : fmt::format("  {} {}", ids.size() == 1 ? one : several, text);
}

}  // namespace

ExitCode deploy(const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  Session session(options, terminal, true);
  if (!session.problem().empty()) return session.refuse(ExitCode::usage, session.problem());
  if (const auto begun = session.runtime().begin(); !begun) return session.refuse(begun.error());
  formats::json::Writer json;
  json.begin_object().key("schema").string("weir.deploy/1").key("deployed").begin_array();
  std::string text;
  ExitCode code = ExitCode::done;
  for (const std::string& path : options.words)
    if (path.ends_with(".form") && !session.offer_form(path, code)) {
      session.runtime().abandon();
      return code;
    }
  for (const std::string& path : options.words) {
    const auto kept = session.keep(path, code);
    if (!kept) {
      session.runtime().abandon();
      return code;
    }
    text += fmt::format("{}  {}{}{}{}\n", printable(path), kept->definition.substr(0, 12),
                        list("process", "processes", kept->processes),
                        list("decision", "decisions", kept->decisions), list("form", "forms", kept->forms));
    for (const execute::StartTimers& timers : kept->timers)
      for (const execute::Wait& wait : timers.waits) text += start_timer_line(timers, wait);
    json.begin_object().key("file").string(path).key("definition").string(kept->definition);
    json.key("processes").begin_array();
    for (const std::string& id : kept->processes) json.string(id);
    json.end_array().key("decisions").begin_array();
    for (const std::string& id : kept->decisions) json.string(id);
    json.end_array();
    if (!kept->timers.empty()) {
      json.key("timers").begin_array();
      for (const execute::StartTimers& timers : kept->timers)
        for (const execute::Wait& wait : timers.waits) write_start_timer(json, timers, wait);
      json.end_array();
    }
    if (!kept->forms.empty()) json.key("form").string(kept->forms.front());
    json.end_object();
  }
  json.end_array().end_object();
  if (const auto written = session.runtime().commit(); !written) return session.refuse(written.error());
  terminal.out(arguments.format == "json" ? std::string(json.text()) + "\n" : text);
  return ExitCode::done;
}

}  // namespace weir::cli::commands
