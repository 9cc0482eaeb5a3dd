// `weir task` and `weir job`: open work that somebody outside does.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>

#include "cli/commands.hpp"
#include "cli/commands/operate.hpp"
#include "cli/filters.hpp"
#include "cli/session.hpp"
#include "cli/standing.hpp"
#include "cli/variables.hpp"
#include "core/base/printable.hpp"
#include "core/execute/called.hpp"
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
        is_job_(kind == WaitKind::job),
        kind_(kind),
        session_(options_, terminal, false) {}

  ExitCode operator()() {
    if (!session_.problem().empty()) return session_.refuse(ExitCode::usage, session_.problem());
    const std::string& verb = options_.words.front();
    const std::vector<std::string> words(options_.words.begin() + 1, options_.words.end());
    if (verb == "list" && words.empty()) return list();
    if (verb == "show" && words.size() == 1)
      return look(words.front(), [this](auto& instance, const Wait& wait) { print(instance, wait); });
    if (verb == "form" && words.size() == 1)
      return look(words.front(), [this](auto& instance, const Wait& wait) {
        const Asking form = asking(instance, wait);
        terminal_.out(arguments_.format == "json" ? form_json(form) : form_text(form));
      });
    if (verb == "activate" && words.size() == 1) return activate(words.front());
    if (verb == "assign") {
      if (words.size() != 2)
        return session_.refuse(ExitCode::usage, "assign what to whom? weir task assign TASK USER");
      return each({words[0]}, [&](execute::Runtime& runtime, const std::string& id) {
        return runtime.assign(id, words[1], options_.user);
      });
    }
    const auto operation = operation_of(verb);
    if (operation && !words.empty()) return each(words, operation);
    const char* noun = is_job_ ? "job" : "task";
    return session_.refuse(
        ExitCode::usage, verb == "list"       ? fmt::format("{} list: '{}' is too much", noun, words.front())
                         : verb == "activate" ? "which type of jobs? weir job activate TYPE"
                                              : fmt::format("which {0}? 'weir {0} list' prints them", noun));
  }

 private:
  using Operation = std::function<Result<execute::Standing>(execute::Runtime&, const std::string& id)>;

  /// What a verb does with each of the tasks that follow it; empty when it is none.
  Operation operation_of(const std::string& verb) {
    if (verb == "complete")
      return [this](execute::Runtime& runtime, const std::string& id) { return complete(runtime, id); };
    if (verb == "fail")
      return [this](execute::Runtime& runtime, const std::string& id) { return fail(runtime, id); };
    if (verb == "extend")
      return [this](execute::Runtime& runtime, const std::string& id) {
        return runtime.extend(id, options_.user, options_.hold.value_or(execute::ActivateRequest{}.hold));
      };
    if (verb == "claim")
      return [this](execute::Runtime& runtime, const std::string& id) {
        return runtime.claim(id, options_.user);
      };
    if (verb == "release")
      return [this](execute::Runtime& runtime, const std::string& id) {
        return runtime.release(id, options_.user);
      };
    return {};
  }

  /// Only four eyes ask what became of an instance so far; for others one that has just begun will do.
  bool may_do(const Record& record, const Wait& wait, value::Instant now) {
    const execute::People& people = session_.people();
    if (people.four_eyes.contains(record.process)) {
      const Result<execute::Instance*> found = session_.runtime().load(record.instance);
      return !found || execute::may_do(people, **found, wait, options_.user, now).problem.empty();
    }
    const auto deployed = session_.deployed(record.definition, record.process);
    if (!deployed) return true;  // whoever does it is told what is wrong
    auto& known = fresh_[*deployed];
    if (!known) known = std::make_unique<execute::Instance>(**deployed);
    return execute::may_do(people, *known, wait, options_.user, now).problem.empty();
  }

  /// Before the store is walked through: it is not to be read in two ways at a time.
  Result<std::uint64_t> load_four_eyes() {
    std::vector<std::string> ids;
    if (options_.user.empty() || session_.people().four_eyes.empty()) return std::uint64_t{0};
    const auto read = session_.store().each([&](const Record& record) {
      if (session_.people().four_eyes.contains(record.process) && !record.changes.waits.empty())
        ids.emplace_back(record.instance);
      return true;
    });
    for (const std::string& id : ids) (void)session_.runtime().load(id);
    return read;
  }

  bool for_them(const Record& record, const Wait& wait, value::Instant now) {
    if (!options_.process.empty() && record.process != options_.process) return false;
    if (!options_.assignee.empty() && wait.assignee != options_.assignee) return false;
    if (options_.unassigned && !wait.assignee.empty()) return false;
    if (options_.overdue && wait.due > now) return false;
    const auto has = [](const std::vector<std::string>& all, const std::string& one) {
      return std::find(all.begin(), all.end(), one) != all.end();
    };
    if (!options_.group.empty() && !has(wait.groups, options_.group)) return false;
    return options_.user.empty() || may_do(record, wait, now);
  }

  ExitCode list() {
    if (const auto begun = session_.runtime().begin(); !begun) return session_.refuse(begun.error());
    if (const auto code = refuse_unknown(session_, options_)) return *code;
    const value::Instant now = session_.now();
    formats::json::Writer json;
    const bool as_json = arguments_.format == "json";
    json.begin_object().key("schema").string(kind_ == WaitKind::job ? "weir.job-list/1" : "weir.task-list/1");
    json.key(kind_ == WaitKind::job ? "jobs" : "tasks").begin_array();
    std::vector<std::vector<std::string>> rows;
    std::size_t listed = 0;
    if (kind_ == WaitKind::job)
      rows.push_back({"ID", "TYPE", "JOB", "AGE"});
    else
      rows.push_back({"ID", "TASK", "ASSIGNEE", "GROUPS", "DUE", "AGE"});
    if (const auto loaded = load_four_eyes(); !loaded) {
      session_.runtime().abandon();
      return session_.refuse(loaded.error());
    }
    const auto read = session_.store().each([&](const Record& record) {
      if (!options_.instance.empty() && record.instance != options_.instance) return true;
      for (const Wait& wait : record.changes.waits) {
        if (wait.kind != kind_ || !for_them(record, wait, now)) continue;
        if (options_.most && listed++ == *options_.most) return false;
        if (as_json) {
          json.begin_object()
              .key("id")
              .string(task_id(record.instance, wait))
              .key("instance")
              .string(record.instance);
          json.key("process").string(record.process);
          formats::state::write_wait(json, wait);
          if (const auto deployed = session_.deployed(record.definition, record.process))
            write_headers(json, *(*deployed)->definitions, wait);
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
    return print_list(arguments_, terminal_, json, rows, kind_ == WaitKind::job ? "no jobs" : "no tasks");
  }

  /// An open task, without changing anything.
  ExitCode look(const std::string& id, const std::function<void(execute::Instance&, const Wait&)>& f) {
    execute::Runtime& runtime = session_.runtime();
    if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
    const std::string instance_id = id.substr(0, id.find('/'));
    const Result<execute::Instance*> found = runtime.load(instance_id);
    if (!found) {
      const ExitCode code = session_.refuse(found.error());
      runtime.abandon();
      return code;
    }
    execute::Instance& instance = **found;
    ExitCode code = ExitCode::not_found;
    for (const auto& [number, wait] : instance.waits) {
      if (wait.kind != kind_ || task_id(instance.id, wait) != id) continue;
      code = ExitCode::done;
      f(instance, wait);
    }
    if (code != ExitCode::done) session_.refuse(code, fmt::format("there is no open task '{}'", id));
    runtime.abandon();
    return code;
  }

  /// What the model tells whoever does it.
  static void write_headers(formats::json::Writer& json, const model::Definitions& definitions,
                            const Wait& wait) {
    const model::NodeIndex node = definitions.node(wait.element);
    if (node == model::NodeIndex::none || definitions[node].work.headers.empty()) return;
    json.key("headers").begin_object();
    for (const model::Header& each : definitions[node].work.headers) json.key(each.name).string(each.value);
    json.end_object();
  }

  /// When it is worth looking at, empty = now.
  static std::string follow_up(const model::FlowNode& activity, execute::Instance& instance,
                               const Wait& wait) {
    if (activity.work.follow_up_date.empty()) return {};
    data::Texts texts;
    feel::Workspace workspace;
    Diagnostics ignored;
    const value::Scope& scope = instance.data.visible(instance.state, wait.token.slot);
    const value::Value text = texts.text(activity.work.follow_up_date, scope, workspace, ignored);
    const auto when = execute::due(text, wait.created);
    return when ? execute::instant_text(when->at) : std::string();
  }

  void print(execute::Instance& instance, const Wait& wait) {
    const model::FlowNode& activity = instance.written(instance.question(wait).node);
    const Asking form = asking(instance, wait);
    const value::Variables& variables = form.variables;
    if (arguments_.format == "json") {
      formats::json::Writer json;
      json.begin_object().key("schema").string("weir.task/1").key("id").string(task_id(instance.id, wait));
      json.key("instance").string(instance.id).key("process").string(instance.graph().id);
      formats::state::write_wait(json, wait);
      if (const std::string later = follow_up(activity, instance, wait); !later.empty())
        json.key("followUp").string(later);
      write_headers(json, *instance.deployed->definitions, wait);
      json.key("fields").begin_array();
      for (const model::FormField& field : form.fields) {
        json.begin_object().key("variable").string(field.variable).key("asked").boolean(field.asked);
        json.key("required").boolean(field.required);
        write_field(json, form, field);
        json.end_object();
      }
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
    if (wait.kind == WaitKind::job && wait.attempt > 0)
      out += fmt::format("  failed    {} time{}{}\n", wait.attempt, wait.attempt == 1 ? "" : "s",
                         wait.trouble.empty() ? "" : ": " + printable(wait.trouble));
    if (const std::string later = follow_up(activity, instance, wait); !later.empty())
      out += fmt::format("  follow up {}\n", later);
    std::string asked;
    for (const model::FormField& field : form.fields) {
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

  /// One batch for each task; "-" stands for the lines of standard input.
  ExitCode each(std::vector<std::string> ids, const Operation& operation) {
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
    for (const std::string& id : ids) {
      execute::Runtime& runtime = session_.runtime();
      if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
      if (const Result<execute::Standing> done = operation(runtime, id); !done) {
        code = combine(code, session_.refuse(done.error()));
        runtime.abandon();
        continue;
      }
      if (const auto written = runtime.commit(); !written) return session_.refuse(written.error());
      code = combine(code, go_on(session_, arguments_, terminal_, id.substr(0, id.find('/'))));
    }
    return code;
  }

  Result<execute::Standing> complete(execute::Runtime& runtime, const std::string& id) {
    if (!options_.error.empty()) return fail(runtime, id);
    const Result<value::Variables> given = read_variables(options_.variables);
    if (!given) return given.error();
    execute::CompleteRequest request;
    request.task = id;
    request.variables = value::Value::context(given->entries());
    request.by = options_.user;
    request.any_kind = is_job_;
    return runtime.complete(request);
  }

  Result<execute::Standing> fail(execute::Runtime& runtime, const std::string& id) {
    const Result<value::Variables> given = read_variables(options_.variables);
    if (!given) return given.error();
    execute::FailRequest request;
    request.task = id;
    request.error = options_.error;
    request.message = options_.message;
    request.retries = options_.retries;
    request.wait = options_.wait;
    request.variables = value::Value::context(given->entries());
    request.by = options_.user;
    request.job = is_job_;
    return runtime.fail(request);
  }

  /// Prints one JSON object for each job, with the variables that its worker may need.
  ExitCode activate(const std::string& type) {
    execute::ActivateRequest request;
    request.type = type;
    request.worker = options_.user;
    request.most = options_.most.value_or(1);
    if (options_.hold) request.hold = *options_.hold;
    if (request.worker.empty())
      return session_.refuse(ExitCode::usage, "which worker holds them? --as WORKER");
    execute::Runtime& runtime = session_.runtime();
    if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
    const auto jobs = runtime.activate(request);
    if (!jobs) {
      const ExitCode code = session_.refuse(jobs.error());
      runtime.abandon();
      return code;
    }
    std::string out;
    for (const execute::Activated& each : *jobs) {
      const Wait& wait = each.instance->waits.at(each.wait);
      formats::json::Writer json;
      json.begin_object().key("schema").string("weir.job/1").key("id");
      json.string(task_id(each.instance->id, wait)).key("instance").string(each.instance->id);
      json.key("process").string(each.instance->graph().id);
      formats::state::write_wait(json, wait);
      write_headers(json, *each.instance->deployed->definitions, wait);
      json.key("variables");
      const Result<execute::Instance*> instance = runtime.load(each.instance->id);
      write_variables(json, instance ? execute::seen(**instance, wait) : value::Variables());
      json.end_object();
      out += std::string(json.text()) + "\n";
    }
    if (const auto written = runtime.commit(); !written) return session_.refuse(written.error());
    terminal_.out(out);
    if (jobs->empty()) terminal_.note(fmt::format("no job '{}' is free", type));
    return ExitCode::done;
  }

  const Arguments& arguments_;
  const RuntimeOptions& options_;
  Terminal& terminal_;
  bool is_job_;
  WaitKind kind_;
  Session session_;
  std::map<const execute::Deployed*, std::unique_ptr<execute::Instance>> fresh_;
};

}  // namespace

ExitCode commands::task(const Arguments& arguments, Terminal& terminal) {
  return Work(arguments, terminal, WaitKind::user_task)();
}

ExitCode commands::job(const Arguments& arguments, Terminal& terminal) {
  return Work(arguments, terminal, WaitKind::job)();
}

}  // namespace weir::cli
