// `weir instance history`: what happened to an instance, who did it and why, oldest first. With --json one
// object per line, as histories grow.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/commands/operate.hpp"
#include "core/base/printable.hpp"
#include "core/execute/course.hpp"
#include "core/execute/timers.hpp"
#include "core/value/print.hpp"
#include "formats/json/value.hpp"

namespace weir::cli {

using execute::Record;
using execute::Status;
using execute::Wait;
using execute::WaitKind;

namespace {

class History {
 public:
  History(Session& session, bool as_json) : session_(session), as_json_(as_json) {}

  void add(const Record& record) {
    const execute::Changes& changes = record.changes;
    if (!record.definition.empty())
      if (const auto deployed = session_.deployed(record.definition, record.process))
        course_.begin(**deployed, record);
    if (changes.whole) {
      migrated(record);
    } else {
      retried(record);
      variables(record);
      for (std::size_t i = 0; i < record.steps.size(); ++i) {
        step(record, record.steps[i], record.why[i]);
        for (const execute::Passed& each : course_.take(record.steps[i]))
          event(record, each.element, each.what);
      }
      waits(record);
      standing(record);
    }
    if (changes.whole) open_.clear();
    for (const std::uint32_t number : changes.gone) open_.erase(number);
    for (const Wait& each : changes.waits) open_[each.number] = each;
    status_ = changes.status;
  }

  [[nodiscard]] const std::string& text() const { return out_; }

 private:
  using Json = formats::json::Writer;

  static Json& head(Json& json, const Record& record) {
    json.begin_object().key("schema").string("weir.event/1").key("seq").number(record.sequence);
    json.key("time").string(execute::instant_text(record.time)).key("instance").string(record.instance);
    return json;
  }

  void line(Json& json, const Record& record, std::string_view why) {
    if (!record.by.empty()) json.key("by").string(record.by);
    if (!why.empty()) json.key("why").string(why);
    json.end_object();
    out_ += std::string(json.text()) + "\n";
  }

  void line(const Record& record, std::string_view what, std::string_view why) {
    out_ += fmt::format("{}  {}", execute::instant_text(record.time), printable(what));
    if (!record.by.empty()) out_ += fmt::format("  by {}", printable(record.by));
    if (!why.empty()) out_ += fmt::format("  because {}", printable(why));
    out_ += "\n";
  }

  void step(const Record& record, const TraceStep& step, std::string_view why) {
    if (as_json_) {
      Json json;
      head(json, record).key("scope").string(step.scope).key("element").string(step.element);
      json.key("ask").string(step.ask).key("answer").string(step.answer);
      return line(json, record, why);
    }
    std::string what = step.ask == "modify" ? "moved" : step.element;
    if (step.ask == "flows")
      what += " -> " + step.answer;
    else if (step.ask != "start" && step.ask != "event")
      what += " " + step.answer;
    line(record, what, why);
  }

  /// Something other than a step.
  void event(const Record& record, std::string_view element, std::string_view what,
             std::string_view why = {}) {
    if (!as_json_) return line(record, fmt::format("{} {}", element, what), why);
    Json json;
    head(json, record).key("element").string(element).key("answer").string(what);
    line(json, record, why);
  }

  /// Somebody set them from outside.
  void variables(const Record& record) {
    for (const value::Entry& each : record.set) variable(record, each.key.text(), each.value);
    if (record.steps.empty())
      for (const execute::VariableChange& each : record.changes.variables)
        variable(record, each.name, each.value);
  }

  void variable(const Record& record, std::string_view name, const value::Value& value) {
    if (!as_json_) return line(record, fmt::format("{} = {}", name, value::to_literal(value)), {});
    Json json;
    head(json, record).key("variable").string(name).key("value");
    formats::json::write(json, value);
    line(json, record, {});
  }

  void migrated(const Record& record) {
    const auto versions = session_.store().versions(record.process);
    const auto source = session_.store().source(record.definition);
    std::size_t version = 0;
    for (std::size_t i = 0; versions && i < versions->size(); ++i)
      if ((*versions)[i] == record.definition) version = i + 1;
    std::string what = "goes on under ";
    what += version == 0 ? "another version" : fmt::format("version {}", version);
    if (source) what += fmt::format(", {}", source->name);
    if (!as_json_)
      return line(record, fmt::format("{} {} ({:.12})", record.instance, what, record.definition), {});
    Json json;
    head(json, record).key("element").string(record.instance).key("answer").string(what);
    json.key("definition").string(record.definition);
    line(json, record, {});
  }

  /// Incidents that were tried again; other ways out of them are steps of people, or the end.
  void retried(const Record& record) {
    if (execute::is_over(record.changes.status) && record.steps.empty()) return;
    if (!record.steps.empty() && (record.steps[0].ask == "modify" || record.why[0] == "chosen")) return;
    for (const std::uint32_t number : record.changes.gone)
      if (const auto wait = open_.find(number);
          wait != open_.end() && wait->second.kind == WaitKind::incident && wait->second.name != "deadlock")
        event(record, wait->second.element, "tried again");
  }

  void waits(const Record& record) {
    for (const Wait& wait : record.changes.waits) {
      const auto known = open_.find(wait.number);
      const Wait* before = known == open_.end() ? nullptr : &known->second;
      if (wait.kind == WaitKind::incident && before == nullptr)
        incident(record, wait);
      else if (before != nullptr)
        changed(record, wait, *before);
    }
  }

  void incident(const Record& record, const Wait& wait) {
    if (as_json_) {
      Json json;
      head(json, record).key("element").string(wait.element).key("answer").string("incident");
      json.key("code").string(wait.name);
      if (!wait.owner.empty()) json.key("of").string(wait.owner);
      if (wait.attempt > 0) json.key("tries").number(wait.attempt);
      return line(json, record, wait.key);
    }
    std::string what = fmt::format("incident[{}]", wait.name);
    if (!wait.owner.empty() && wait.owner != record.by) what += fmt::format(" of {}", wait.owner);
    if (wait.attempt > 1) what += fmt::format(" after {} tries", wait.attempt);
    event(record, wait.element, what, wait.key);
  }

  void changed(const Record& record, const Wait& wait, const Wait& before) {
    const auto later = [&] {
      return wait.due == value::never || wait.due <= record.time
                 ? std::string()
                 : fmt::format(", again at {}", execute::instant_text(wait.due));
    };
    switch (wait.kind) {
      case WaitKind::user_task:
        return event(record, wait.element, wait.assignee.empty() ? "given back" : "for " + wait.assignee);
      case WaitKind::job:
        if (wait.owner.empty())
          return event(record, wait.element, fmt::format("try {} failed{}", wait.attempt, later()),
                       wait.trouble);
        return event(record, wait.element,
                     fmt::format("held by {} until {}", wait.owner, execute::instant_text(wait.due)));
      case WaitKind::call:
        if (wait.owner.empty() && !before.owner.empty())
          event(record, wait.element, fmt::format("try {} failed{}", wait.attempt, later()), wait.trouble);
        return;
      case WaitKind::child:
        if (before.key.empty() && !wait.key.empty())
          event(record, wait.element, "calls " + wait.key);
        else if (wait.trouble != before.trouble)
          event(record, wait.element,
                wait.trouble.empty() ? fmt::format("{} has no incident any more", before.trouble)
                                     : fmt::format("{} has an incident", wait.trouble));
        return;
      default:
        return;
    }
  }

  void standing(const Record& record) {
    const Status now = record.changes.status;
    if (!record.changes.caught_by.empty())
      event(record, record.instance, fmt::format("its error was caught by {}", record.changes.caught_by));
    if (now == status_ || record.removed) return;
    if (now == Status::failed || now == Status::cancelled || now == Status::suspended)
      event(record, record.instance, status_name(now));
    else if (status_ == Status::suspended)
      event(record, record.instance, "resumed");
  }

  Session& session_;
  bool as_json_;
  execute::Course course_;
  std::map<std::uint32_t, Wait> open_;  // waits by number, before the record
  Status status_ = Status::waiting;
  std::string out_;
};

}  // namespace

ExitCode show_history(Session& session, const Arguments& arguments, Terminal& terminal,
                      const std::string& id) {
  execute::Runtime& runtime = session.runtime();
  if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
  value::Arena arena;
  const auto records = session.store().history(id, arena);
  History history(session, arguments.format == "json");
  if (records && !records->empty() && is_instance(records->front()))
    for (const Record& record : *records) history.add(record);
  runtime.abandon();
  if (!records) return session.refuse(records.error());
  if (records->empty() || !is_instance(records->front()))
    return session.refuse(ExitCode::not_found, fmt::format("there is no instance '{}'", id));
  terminal.out(history.text());
  return ExitCode::done;
}

}  // namespace weir::cli
