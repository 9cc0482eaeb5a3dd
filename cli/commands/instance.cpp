// `weir instance`: how instances stand, how they came there, and what people do about it.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "cli/commands.hpp"
#include "cli/commands/operate.hpp"
#include "cli/filters.hpp"
#include "cli/session.hpp"
#include "cli/standing.hpp"
#include "cli/variables.hpp"
#include "core/base/printable.hpp"
#include "core/execute/timers.hpp"
#include "core/value/print.hpp"
#include "formats/json/trace.hpp"
#include "formats/json/value.hpp"

namespace weir::cli {

namespace {

using execute::Record;

class Instances {
 public:
  Instances(const Arguments& arguments, Terminal& terminal)
      : arguments_(arguments),
        options_(arguments.runtime),
        terminal_(terminal),
        session_(options_, terminal, false) {}

  ExitCode operator()() {
    if (!session_.problem().empty()) return session_.refuse(ExitCode::usage, session_.problem());
    const std::vector<std::string>& words = options_.words;
    const std::string& verb = words.front();
    const std::string id = words.size() < 2 ? "" : words[1];
    if (!options_.status.empty() && !execute::find_status(options_.status))
      return session_.refuse(ExitCode::usage, fmt::format("--status: '{}' is none of {}", options_.status,
                                                          fmt::join(execute::status_names, ", ")));
    if (verb == "export") return export_log(session_, arguments_, terminal_);
    if (arguments_.format != "text" && arguments_.format != "json")
      return session_.refuse(ExitCode::usage,
                             fmt::format("--format {} is for 'instance export'", arguments_.format));
    if (verb == "list" && id.empty()) return list();
    if (verb == "migrate") return migrate_instances(session_, arguments_, terminal_);
    if (verb == "move") return move_instance(session_, arguments_, terminal_);
    if (verb == "activate") return activate();
    const bool one = verb == "show" || verb == "history" || verb == "set";
    if (words.size() > (verb == "choose" ? 3u : verb == "list" ? 1u : one ? 2u : words.size()))
      return session_.refuse(ExitCode::usage,
                             fmt::format("instance {}: '{}' is too much", verb, words.back()));
    if (id.empty())
      return session_.refuse(ExitCode::usage, "which instance? 'weir instance list' prints them");
    if (verb == "show") return show(id);
    if (verb == "history") return show_history(session_, arguments_, terminal_, id);
    if (verb == "set") return set(id);
    if (verb == "choose") return choose(id, words.size() == 3 ? words[2] : "");
    ExitCode code = ExitCode::done;
    for (std::size_t i = 1; i < words.size(); ++i)
      code = combine(code, act(
                               words[i],
                               [&](execute::Runtime& runtime) {
                                 return verb == "retry"     ? runtime.retry(words[i], options_.user)
                                        : verb == "cancel"  ? runtime.cancel(words[i], options_.user)
                                        : verb == "suspend" ? runtime.suspend(words[i], options_.user)
                                        : verb == "resume"  ? runtime.resume(words[i], options_.user)
                                                            : runtime.remove(words[i], options_.user);
                               },
                               verb != "rm"));
    return code;
  }

 private:
  ExitCode list() {
    if (const auto begun = session_.runtime().begin(); !begun) return session_.refuse(begun.error());
    if (const auto code = refuse_unknown(session_, options_)) return *code;
    const value::Instant now = session_.now();
    const bool as_json = arguments_.format == "json";
    formats::json::Writer json;
    json.begin_object().key("schema").string("weir.instance-list/1").key("instances").begin_array();
    std::vector<std::vector<std::string>> rows{{"ID", "PROCESS", "STATUS", "AT", "KEY", "AGE"}};
    const auto read = session_.store().each([&](const Record& record) {
      if (!is_instance(record)) return true;
      const std::string_view status = status_name(record.changes.status);
      if (!options_.status.empty() && status != options_.status) return true;
      if (!options_.process.empty() && record.process != options_.process) return true;
      std::string at;
      std::vector<std::string_view> troubled;  // instances below it
      for (const execute::Wait& wait : record.changes.waits) {
        at += (at.empty() ? "" : ", ") + wait.element;
        if (wait.kind == execute::WaitKind::child && !wait.trouble.empty()) troubled.push_back(wait.trouble);
      }
      if (as_json) {
        json.begin_object().key("id").string(record.instance).key("process").string(record.process);
        json.key("definition").string(record.definition).key("status").string(status);
        if (!record.key.empty()) json.key("key").string(record.key);
        if (!record.parent.empty()) json.key("parent").string(record.parent);
        if (!troubled.empty()) {
          json.key("incidents_in").begin_array();
          for (const std::string_view each : troubled) json.string(each);
          json.end_array();
        }
        json.key("started")
            .string(execute::instant_text(record.started))
            .key("changed")
            .string(execute::instant_text(record.time));
        json.end_object();
      } else {
        if (at.size() > 40) at = at.substr(0, 37) + "...";
        const std::string trouble =
            troubled.empty()
                ? ""
                : fmt::format(" (incident in {}{})", troubled.front(),
                              troubled.size() > 1 ? fmt::format(" and {} more", troubled.size() - 1) : "");
        rows.push_back({std::string(record.instance), printable(record.process), std::string(status),
                        at.empty() ? "-" : printable(at) + trouble,
                        record.key.empty() ? "-" : printable(record.key), span_text(now - record.started)});
      }
      return true;
    });
    session_.runtime().abandon();
    if (!read) return session_.refuse(read.error());
    json.end_array().end_object();
    return print_list(arguments_, terminal_, json, rows, "no instances");
  }

  ExitCode show(const std::string& id) {
    execute::Runtime& runtime = session_.runtime();
    if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
    const Result<execute::Instance*> found = runtime.load(id);
    value::Arena arena;
    const bool as_json = arguments_.format == "json";
    const auto records = !found    ? Result<std::vector<Record>>(found.error())
                         : as_json ? session_.store().history(id, arena)
                                   : std::vector<Record>();
    if (!found || !records) {
      const ExitCode code = session_.refuse(found ? records.error() : found.error());
      runtime.abandon();
      return code;
    }
    const execute::Instance& instance = **found;
    std::vector<TraceStep> steps;
    for (const Record& each : *records) steps.insert(steps.end(), each.steps.begin(), each.steps.end());
    if (as_json) {
      terminal_.out(run_json(instance, steps));
    } else {
      const value::Instant now = session_.now();
      std::string out =
          fmt::format("{}  {}  {} since {}{}\n", id, printable(instance.graph().id),
                      status_name(instance.status), span_text(now - instance.changed),
                      instance.key.empty() ? "" : fmt::format("  key {}", printable(instance.key)));
      if (!instance.caught_by.empty())
        out += fmt::format("  its error was caught by {}\n", instance.caught_by);
      out += waits_text(instance, now);
      for (const value::Entry& entry : instance.data.frames().root().entries())
        out += fmt::format("  {} = {}\n", printable(entry.key.text()),
                           printable(value::to_literal(entry.value)));
      terminal_.out(out);
    }
    runtime.abandon();
    return ExitCode::done;
  }

  /// Does it in one batch, and prints how the instance stands then.
  ExitCode act(const std::string& id,
               const std::function<Result<execute::Standing>(execute::Runtime&)>& operation,
               bool print = true) {
    execute::Runtime& runtime = session_.runtime();
    if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
    if (const Result<execute::Standing> done = operation(runtime); !done) {
      const ExitCode code = session_.refuse(done.error());
      runtime.abandon();
      return code;
    }
    if (const auto written = runtime.commit(); !written) return session_.refuse(written.error());
    return print ? go_on(session_, arguments_, terminal_, id) : ExitCode::done;
  }

  ExitCode set(const std::string& id) {
    if (options_.variables.empty())
      return session_.refuse(ExitCode::usage, "set what? weir instance set ID -v NAME=VALUE");
    return act(id, [&](execute::Runtime& runtime) -> Result<execute::Standing> {
      const auto variables = read_variables(options_.variables);
      if (!variables) return variables.error();
      return runtime.set(id, value::Value::context(variables->entries()), options_.user);
    });
  }

  /// Activities of an ad-hoc sub-process, "none" = no more of them.
  ExitCode activate() {
    const std::vector<std::string>& words = options_.words;
    if (words.size() < 3)
      return session_.refuse(ExitCode::usage,
                             "activate what? weir instance activate ID[/SUB-PROCESS] ACTIVITY..., or 'none' "
                             "to end it with those that run");
    const std::string_view word = words[1];
    const std::size_t slash = std::min(word.find('/'), word.size());
    const std::string id(word.substr(0, slash));
    std::vector<std::string> activities(words.begin() + 2, words.end());
    if (activities == std::vector<std::string>{"none"}) activities.clear();
    return act(id, [&](execute::Runtime& runtime) {
      return runtime.activate_inside(id, word.substr(std::min(slash + 1, word.size())), activities,
                                     options_.user);
    });
  }

  /// "pa-1" or "pa-1/amount", when several elements ask which way.
  ExitCode choose(const std::string& word, const std::string& flow) {
    if (flow.empty())
      return session_.refuse(ExitCode::usage, "choose which way? weir instance choose ID[/ELEMENT] FLOW");
    const std::size_t slash = std::min(word.find('/'), word.size());
    const std::string id = word.substr(0, slash);
    return act(id, [&](execute::Runtime& runtime) {
      return runtime.choose(id, std::string_view(word).substr(std::min(slash + 1, word.size())), flow,
                            options_.user);
    });
  }

  const Arguments& arguments_;
  const RuntimeOptions& options_;
  Terminal& terminal_;
  Session session_;
};

}  // namespace

ExitCode commands::instance(const Arguments& arguments, Terminal& terminal) {
  return Instances(arguments, terminal)();
}

}  // namespace weir::cli
