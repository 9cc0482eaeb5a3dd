// `weir instance`: how instances stand, how they came there, and what people do about it.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "cli/commands.hpp"
#include "cli/commands/operate.hpp"
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
    if (verb == "history") return history(id);
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
    const value::Instant now = session_.now();
    const bool as_json = arguments_.format == "json";
    formats::json::Writer json;
    json.begin_object().key("schema").string("weir.instance-list/1").key("instances").begin_array();
    std::vector<std::vector<std::string>> rows{{"ID", "PROCESS", "STATUS", "AT", "KEY", "AGE"}};
    const auto read = session_.store().each([&](const Record& record) {
      if (is_message(record)) return true;
      const std::string_view status = status_name(record.changes.status);
      if (!options_.status.empty() && status != options_.status) return true;
      if (!options_.process.empty() && record.process != options_.process) return true;
      std::string at;
      for (const execute::Wait& wait : record.changes.waits) at += (at.empty() ? "" : ", ") + wait.element;
      if (as_json) {
        json.begin_object().key("id").string(record.instance).key("process").string(record.process);
        json.key("definition").string(record.definition).key("status").string(status);
        if (!record.key.empty()) json.key("key").string(record.key);
        if (!record.parent.empty()) json.key("parent").string(record.parent);
        json.key("started")
            .string(execute::instant_text(record.started))
            .key("changed")
            .string(execute::instant_text(record.time));
        json.end_object();
      } else {
        rows.push_back({std::string(record.instance), printable(record.process), std::string(status),
                        at.empty() ? "-" : printable(at.size() > 40 ? at.substr(0, 37) + "..." : at),
                        record.key.empty() ? "-" : printable(record.key), span_text(now - record.started)});
      }
      return true;
    });
    session_.runtime().abandon();
    if (!read) return session_.refuse(read.error());
    json.end_array().end_object();
    if (as_json)
      terminal_.out(std::string(json.text()) + "\n");
    else if (rows.size() > 1)
      terminal_.out(columns(rows));
    else
      terminal_.note("no instances");
    return ExitCode::done;
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
      out += waits_text(instance, now);
      for (const value::Entry& entry : instance.data.frames().root().entries())
        out += fmt::format("  {} = {}\n", printable(entry.key.text()),
                           printable(value::to_literal(entry.value)));
      terminal_.out(out);
    }
    runtime.abandon();
    return ExitCode::done;
  }

  /// Variables that somebody set from outside.
  [[nodiscard]] std::string set_text(const Record& record) const {
    std::string out;
    for (const execute::VariableChange& each : record.changes.variables) {
      if (arguments_.format == "json") {
        formats::json::Writer json;
        json.begin_object().key("schema").string("weir.event/1").key("seq").number(record.sequence);
        json.key("time").string(execute::instant_text(record.time)).key("instance").string(record.instance);
        json.key("variable").string(each.name).key("value");
        formats::json::write(json, each.value);
        if (!record.by.empty()) json.key("by").string(record.by);
        json.end_object();
        out += std::string(json.text()) + "\n";
        continue;
      }
      out += fmt::format("{}  {} = {}{}\n", execute::instant_text(record.time), printable(each.name),
                         printable(value::to_literal(each.value)),
                         record.by.empty() ? "" : fmt::format("  by {}", printable(record.by)));
    }
    return out;
  }

  [[nodiscard]] std::string event_text(const Record& record, std::string_view element,
                                       std::string_view what) const {
    const std::string time = execute::instant_text(record.time);
    if (arguments_.format != "json")
      return fmt::format("{}  {} {}{}\n", time, printable(element), printable(what),
                         record.by.empty() ? "" : fmt::format("  by {}", printable(record.by)));
    formats::json::Writer json;
    json.begin_object().key("schema").string("weir.event/1").key("seq").number(record.sequence);
    json.key("time").string(time).key("instance").string(record.instance);
    json.key("element").string(element).key("answer").string(what);
    if (!record.by.empty()) json.key("by").string(record.by);
    json.end_object();
    return std::string(json.text()) + "\n";
  }

  /// Work that changed hands; or nothing but the status did.
  [[nodiscard]] std::string handed_text(const Record& record) const {
    std::string out;
    if (record.changes.whole) return event_text(record, record.instance, "goes on under another definition");
    if (record.changes.waits.empty() && record.changes.gone.empty() && record.changes.variables.empty())
      out += event_text(record, record.instance,
                        record.changes.status == execute::Status::suspended ? "suspended" : "resumed");
    for (const execute::Wait& wait : record.changes.waits) {
      std::string what;
      if (wait.kind == execute::WaitKind::user_task)
        what = wait.assignee.empty() ? "given back" : "for " + wait.assignee;
      else if (wait.kind == execute::WaitKind::job)
        what = wait.owner.empty()
                   ? fmt::format("failed {} times", wait.attempt)
                   : fmt::format("held by {} until {}", wait.owner, execute::instant_text(wait.due));
      else
        continue;
      out += event_text(record, wait.element, what);
    }
    return out;
  }

  ExitCode history(const std::string& id) {
    execute::Runtime& runtime = session_.runtime();
    if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
    value::Arena arena;
    const auto records = session_.store().history(id, arena);
    runtime.abandon();
    if (!records) return session_.refuse(records.error());
    if (records->empty() || is_message(records->front()))
      return session_.refuse(ExitCode::not_found, fmt::format("there is no instance '{}'", id));
    std::string out;
    for (const Record& record : *records) {
      if (record.steps.empty()) out += (record.changes.whole ? "" : set_text(record)) + handed_text(record);
      for (std::size_t i = 0; i < record.steps.size(); ++i) {
        const TraceStep& step = record.steps[i];
        if (arguments_.format == "json") {  // one object per line: histories grow
          formats::json::Writer json;
          json.begin_object().key("schema").string("weir.event/1").key("seq").number(record.sequence);
          json.key("time").string(execute::instant_text(record.time)).key("instance").string(record.instance);
          json.key("scope")
              .string(step.scope)
              .key("element")
              .string(step.element)
              .key("ask")
              .string(step.ask)
              .key("answer")
              .string(step.answer);
          if (!record.by.empty()) json.key("by").string(record.by);
          if (!record.why[i].empty()) json.key("why").string(record.why[i]);
          json.end_object();
          out += std::string(json.text()) + "\n";
          continue;
        }
        out += fmt::format("{}  {}", execute::instant_text(record.time),
                           step.ask == "modify" ? "moved" : printable(step.element));
        if (step.ask == "flows")
          out += " -> " + printable(step.answer);
        else if (step.ask != "start" && step.ask != "event")
          out += " " + printable(step.answer);
        if (!record.by.empty()) out += fmt::format("  by {}", printable(record.by));
        if (!record.why[i].empty()) out += fmt::format("  because {}", printable(record.why[i]));
        out += "\n";
      }
    }
    terminal_.out(out);
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
