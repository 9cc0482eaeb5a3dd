// `weir task` and `weir job`: open work that somebody outside does.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/commands/operate.hpp"
#include "cli/session.hpp"
#include "cli/standing.hpp"
#include "core/base/printable.hpp"
#include "core/data/declared.hpp"
#include "core/execute/timers.hpp"
#include "core/value/print.hpp"

namespace weir::cli {

namespace {

using execute::Record;
using execute::Wait;
using execute::WaitKind;

class Work {
 public:
  Work(const Arguments& arguments, Terminal& terminal, WaitKind kind)
      : arguments_(arguments),
        options_(arguments.runtime),
        terminal_(terminal),
        kind_(kind),
        session_(options_, terminal, false) {}

  ExitCode operator()() {
    const char* noun = kind_ == WaitKind::job ? "job" : "task";
    if (!session_.problem().empty()) return session_.refuse(ExitCode::usage, session_.problem());
    const std::string verb = options_.words.empty() ? "" : options_.words.front();
    const std::vector<std::string> ids(options_.words.begin() + (verb.empty() ? 0 : 1), options_.words.end());
    if (verb == "list" && ids.empty()) return list();
    if (verb == "show" && ids.size() == 1) return show(ids.front());
    if ((verb == "complete" || (verb == "fail" && kind_ == WaitKind::job)) && !ids.empty()) {
      if (verb == "fail" && options_.error.empty())
        return session_.refuse(ExitCode::usage, "job fail needs --error CODE");
      return complete(ids);
    }
    if (verb == "list" || verb == "show" || verb == "complete")
      return session_.refuse(ExitCode::usage, fmt::format("which {0}? 'weir {0} list' prints them", noun));
    return session_.refuse(ExitCode::usage, fmt::format("there is no '{0} {1}': list, show, complete{2}",
                                                        noun, verb, kind_ == WaitKind::job ? ", fail" : ""));
  }

 private:
  bool for_them(const Wait& wait) const {
    const auto has = [](const std::vector<std::string>& all, const std::string& one) {
      return std::find(all.begin(), all.end(), one) != all.end();
    };
    if (!options_.user.empty() && wait.assignee != options_.user && !has(wait.users, options_.user))
      return false;
    return options_.group.empty() || has(wait.groups, options_.group);
  }

  ExitCode list() {
    if (const auto begun = session_.runtime().begin(); !begun) return session_.refuse(begun.error());
    const value::Instant now = session_.now();
    formats::json::Writer json;
    const bool as_json = arguments_.format == "json";
    json.begin_object().key("schema").string(kind_ == WaitKind::job ? "weir.job-list/1" : "weir.task-list/1");
    json.key(kind_ == WaitKind::job ? "jobs" : "tasks").begin_array();
    std::vector<std::vector<std::string>> rows;
    if (kind_ == WaitKind::job)
      rows.push_back({"ID", "TYPE", "JOB", "AGE"});
    else
      rows.push_back({"ID", "TASK", "ASSIGNEE", "GROUPS", "DUE", "AGE"});
    const auto read = session_.store().each([&](const Record& record) {
      if (!options_.instance.empty() && record.instance != options_.instance) return true;
      for (const Wait& wait : record.changes.waits) {
        if (wait.kind != kind_ || !for_them(wait)) continue;
        if (as_json) {
          json.begin_object()
              .key("id")
              .string(task_id(record.instance, wait))
              .key("instance")
              .string(record.instance);
          json.key("process").string(record.process);
          formats::state::write_wait(json, wait);
          json.end_object();
          continue;
        }
        if (kind_ == WaitKind::job) {
          rows.push_back({task_id(record.instance, wait), printable(wait.name), printable(wait.label),
                          span_text(now - wait.created)});
          continue;
        }
        std::string groups;
        for (const std::string& each : wait.groups) groups += (groups.empty() ? "" : ",") + each;
        rows.push_back({task_id(record.instance, wait), printable(wait.label),
                        wait.assignee.empty() ? "-" : printable(wait.assignee),
                        groups.empty() ? "-" : printable(groups),
                        wait.due == value::never ? "-"
                        : wait.due <= now        ? "late"
                                                 : span_text(wait.due - now),
                        span_text(now - wait.created)});
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
      terminal_.note(kind_ == WaitKind::job ? "no jobs" : "no tasks");
    return ExitCode::done;
  }

  ExitCode show(const std::string& id) {
    execute::Runtime& runtime = session_.runtime();
    if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
    const std::string instance_id = id.substr(0, id.find('/'));
    const Result<execute::Instance*> found = runtime.load(instance_id);
    if (!found) {
      const ExitCode code = session_.refuse(found.error());
      runtime.abandon();
      return code;
    }
    const execute::Instance& instance = **found;
    ExitCode code = ExitCode::not_found;
    for (const auto& [number, wait] : instance.waits) {
      if (wait.kind != kind_ || task_id(instance.id, wait) != id) continue;
      code = ExitCode::done;
      print(instance, wait);
    }
    if (code != ExitCode::done) session_.refuse(code, fmt::format("there is no open task '{}'", id));
    runtime.abandon();
    return code;
  }

  void print(const execute::Instance& instance, const Wait& wait) {
    const model::FlowNode& activity = instance.written(instance.question(wait).node);
    const value::Variables& variables = instance.data.frames().root();
    if (arguments_.format == "json") {
      formats::json::Writer json;
      json.begin_object().key("schema").string("weir.task/1").key("id").string(task_id(instance.id, wait));
      json.key("instance").string(instance.id).key("process").string(instance.graph().id);
      formats::state::write_wait(json, wait);
      json.key("fields").begin_array();
      for (const model::FormField& field : activity.work.fields)
        json.begin_object()
            .key("variable")
            .string(field.variable)
            .key("asked")
            .boolean(field.asked)
            .key("required")
            .boolean(field.required)
            .end_object();
      json.end_array().key("variables");
      write_variables(json, variables);
      json.end_object();
      terminal_.out(std::string(json.text()) + "\n");
      return;
    }
    std::string out = fmt::format("{}  {}\n", task_id(instance.id, wait), printable(wait.label));
    if (!wait.assignee.empty()) out += fmt::format("  assignee  {}\n", printable(wait.assignee));
    for (const std::string& each : wait.groups) out += fmt::format("  group     {}\n", printable(each));
    out += fmt::format("  since     {}\n", execute::instant_text(wait.created));
    std::string asked;
    for (const model::FormField& field : activity.work.fields) {
      const value::Value* value = variables.find(field.variable);
      if (!field.asked)
        out += fmt::format("  {} = {}\n", field.variable,
                           value == nullptr ? "null" : printable(value::to_literal(*value)));
      else
        asked += fmt::format(" {}{}", field.variable, field.required ? "" : "?");
    }
    if (!asked.empty()) out += fmt::format("  asks for {}\n", asked);
    terminal_.out(out);
  }

  ExitCode complete(std::vector<std::string> ids) {
    if (ids.size() == 1 && ids.front() == "-") {
      ids.clear();
      const Result<std::string> text = world::read_file("-");
      if (!text) return session_.refuse(ExitCode::unreadable, text.error().message);
      for (std::size_t at = 0; at < text->size();) {
        const std::size_t end = std::min(text->size(), text->find('\n', at));
        if (end > at) ids.push_back(text->substr(at, end - at));
        at = end + 1;
      }
    }
    ExitCode code = ExitCode::done;
    for (const std::string& id : ids) code = combine(code, complete_one(id));
    return code;
  }

  ExitCode complete_one(const std::string& id) {
    if (id.find('/') == std::string::npos)
      return session_.refuse(ExitCode::usage,
                             fmt::format("'{}' is no task: tasks are called INSTANCE/ELEMENT", id));
    execute::Runtime& runtime = session_.runtime();
    if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
    const auto give_up = [&](ExitCode code) {
      runtime.abandon();
      return code;
    };
    const std::string instance = id.substr(0, id.find('/'));
    const Result<execute::Instance*> found = runtime.load(instance);
    if (!found) return give_up(session_.refuse(found.error()));
    const Result<value::Variables> variables = session_.variables(*(*found)->deployed->definitions, false);
    if (!variables) return give_up(session_.refuse(ExitCode::usage, variables.error().message));
    execute::CompleteRequest request;
    request.task = id;
    request.variables = value::Value::context(variables->entries());
    request.by = options_.user;
    request.any_kind = kind_ == WaitKind::job;
    request.error = options_.error;
    const Result<execute::Standing> done = runtime.complete(request);
    if (!done) return give_up(session_.refuse(done.error()));
    if (const auto written = runtime.commit(); !written) return session_.refuse(written.error());
    return go_on(session_, arguments_, terminal_, instance);
  }

  const Arguments& arguments_;
  const RuntimeOptions& options_;
  Terminal& terminal_;
  WaitKind kind_;
  Session session_;
};

}  // namespace

ExitCode commands::task(const Arguments& arguments, Terminal& terminal) {
  return Work(arguments, terminal, WaitKind::user_task)();
}

ExitCode commands::job(const Arguments& arguments, Terminal& terminal) {
  return Work(arguments, terminal, WaitKind::job)();
}

}  // namespace weir::cli
