// The bodies of script tasks are documented macros; they live here only. A script task waits as a job and
// this driver is its worker. Traces are compared as multisets.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include "core/graph/compile.hpp"
#include "tests/conformance/betsy.hpp"
#include "tests/support/engine_room.hpp"

namespace weir::conformance {

namespace {

using execute::Record;
using execute::Status;
using execute::Wait;
using execute::WaitKind;
using formats::json::Item;
using test::EngineRoom;

using Trace = std::multiset<std::string>;

/// Expressions of the suite in FEEL.
constexpr std::pair<std::string_view, std::string_view> expressions[] = {
    {"test.contains(\"a\")>", "contains(test, \"a\")"},  // a slip of the suite
    {"!test.contains(\"a\")", "not(contains(test, \"a\"))"},
    {"test.contains(\"a\")", "contains(test, \"a\")"},
    {"test.contains(\"b\")", "contains(test, \"b\")"},
    {"test.contains(\"c\")", "contains(test, \"c\")"},
    {"${integerVariable}", "integerVariable"},
};

std::string in_feel(std::string text) {
  for (const auto& [from, to] : expressions)
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
  return text;
}

class Play {
  /// The same again by a new process when this one dies.
  template <class Operation>
  auto survive(const Operation& operation) {
    try {
      return operation();
    } catch (const test::Killed&) {
      killed_ = true;
      if (kill_.power_lost)
        room_.disk.crash(kill_.change);
      else
        room_.disk.restart();
      room_.reopen();
      return operation();
    }
  }

 public:
  Play(const std::string& name, const std::string& text, const Kill& kill)
      : room_(kill.checkpoint_bytes), kill_(kill) {
    if (kill.change > 0) room_.disk.kill_after(kill.change, kill.moment);
    try {
      definition_ = room_.add(name, text);
    } catch (const std::runtime_error& error) {
      refused_ = error.what();
    }
  }

  void start(const std::string& process, const Item& variables) {
    value::Variables given;
    for (const Item& each : variables.items())
      given.set(std::string(each.key()),
                each.is(formats::json::Kind::number)
                    ? value::Value::integer(static_cast<std::int64_t>(*each.number()))
                    : value::Value::string(each.text()));
    room_.reopen();
    if (refused_.empty()) refused_ = deployment_problem(process);
    if (!refused_.empty()) return;
    // With a key it may be said again after a kill.
    const std::string key = fmt::format("start {}", ++starts_);
    const auto started = survive([&] { return room_.start(definition_, given, key, process); });
    if (!started) notes_ += started.error().message + "; ";
    if (!started) failed_ = true;
    serve();
  }

  void advance(value::Microseconds time) {
    const value::Instant until = room_.clock.at + time;
    for (int i = 0; i < 1000; ++i) {
      room_.reopen();
      const value::Instant next = next_due();
      if (next > until) break;
      room_.clock.at = std::max(room_.clock.at, next);
      if (const auto fired = survive([&] { return room_.fire_timers(); }); !fired)
        notes_ += fired.error().message + "; ";
      serve();
    }
    room_.clock.at = until;
  }

  /// Ends scripts that take their time.
  Trace finish(const std::set<std::string>& expected) {
    while (!busy_.empty()) advance(value::per_second);
    for (std::size_t i = 0; i < stamps_.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (stamps_[i].first < stamps_[k].second && stamps_[k].first < stamps_[i].second)
          trace_.insert("EXECUTION_parallel");
    if (marker_ && expected.contains("MARKER_exists")) trace_.insert("MARKER_exists");
    if (!refused_.empty()) trace_.insert("ERROR_deployment");
    if (failed_) trace_.insert("ERROR_runtime");
    each_instance([&](const Record& record) {
      if (record.changes.status == Status::failed) trace_.insert("ERROR_thrownErrorEvent");
      for (const Wait& wait : record.changes.waits) {
        // weir says when nothing can happen any more; for the suite that is no error.
        if (wait.kind != WaitKind::incident || wait.name == "deadlock") continue;
        notes_ += wait.name + ": " + wait.key + "; ";
        trace_.insert("ERROR_runtime");
      }
    });
    return trace_;
  }

  [[nodiscard]] std::string notes() const { return notes_ + refused_; }
  [[nodiscard]] bool killed() const { return killed_; }

 private:
  void each_instance(const std::function<void(const Record&)>& f) {
    survive([&] { return look_at_each(f), 0; });
  }

  void look_at_each(const std::function<void(const Record&)>& f) {
    if (const auto locked = room_.store->lock(); !locked) throw std::runtime_error(locked.error().message);
    (void)room_.store->each([&](const Record& record) {
      f(record);
      return true;
    });
    room_.store->unlock();
  }

  std::string deployment_problem(const std::string& process) {
    const auto found = room_.find(definition_, process);
    if (!found) return found.error().message;
    Diagnostics problems;
    (void)graph::compile(*(*found)->definitions, (*found)->graph.process, problems);
    graph::report_unsupported(*(*found)->definitions, (*found)->graph.process, problems);
    for (const Diagnostic& each : problems.list())
      if (each.severity == Severity::error) return each.message;
    return {};
  }

  value::Instant next_due() {
    value::Instant next = value::never;
    for (const auto& [task, at] : busy_) next = std::min(next, at);
    each_instance([&](const Record& record) {
      for (const Wait& wait : record.changes.waits)
        if (wait.kind == WaitKind::timer) next = std::min(next, wait.due);
    });
    return next;
  }

  /// Does what script tasks wait for until none can go on now.
  void serve() {
    for (int i = 0; i < 500; ++i) {
      struct Job {
        std::string task, instance, element, definition, process;
      };
      std::vector<Job> jobs;
      each_instance([&](const Record& record) {
        for (const Wait& wait : record.changes.waits)
          if (wait.kind == WaitKind::job)
            jobs.push_back({std::string(record.instance) + "/" + execute::wait_name(wait),
                            std::string(record.instance), wait.element, std::string(record.definition),
                            std::string(record.process)});
      });
      std::erase_if(busy_, [&](const auto& each) {
        return std::none_of(jobs.begin(), jobs.end(), [&](const Job& job) { return job.task == each.first; });
      });
      const auto next = std::find_if(jobs.begin(), jobs.end(), [&](const Job& job) {
        const auto busy = busy_.find(job.task);
        return busy == busy_.end() || busy->second <= room_.clock.at;
      });
      if (next == jobs.end()) return;
      const auto deployed = room_.find(next->definition, next->process);
      if (!deployed) throw std::runtime_error(deployed.error().message);
      std::string script;
      for (const model::FlowNode& node : (*deployed)->definitions->nodes)
        if (node.id == next->element) script = node.script;
      perform(next->task, next->instance, script);
    }
    notes_ += "the scripts do not come to an end; ";
    failed_ = true;
  }

  void perform(const std::string& task, const std::string& instance, const std::string& script) {
    value::Variables results;
    std::string error;
    if (script.starts_with("SCRIPT_")) {
      trace_.insert(script);
    } else if (script == "CREATE_MARKER_FILE") {
      marker_ = true;
    } else if (script.starts_with("INCREMENT_INTEGER_VARIABLE")) {
      results.set("integerVariable", value::Value::integer(integer_variable(instance) + 1));
      if (script.ends_with("_AND_LOG")) trace_.insert("INCREMENT_correct");
    } else if (script == "THROW_ERROR") {
      error = "ERR_CODE";
    } else if (script == "SET_STRING_DATA") {
      results.set("data", value::Value::string("String"));
      results.set("Data Output", value::Value::string("String"));  // where an association brings it there
    } else if (script == "LOG_DATA") {
      if (room_.variables(instance).find("data=\"String\"") != std::string::npos)
        trace_.insert("DATA_correct");
    } else if (script == "WAIT_TEN_SECONDS" || script.starts_with("CREATE_TIMESTAMP_LOG_")) {
      if (const auto [place, fresh] = busy_.try_emplace(task, room_.clock.at + 10 * value::per_second); fresh)
        return;
      if (script != "WAIT_TEN_SECONDS")
        stamps_.emplace_back(busy_[task] - 10 * value::per_second, busy_[task]);
      busy_.erase(task);
    } else if (script != "CREATE_LOG_FILE") {
      throw std::runtime_error("there is no macro " + script);
    }
    std::uint64_t before = 0;
    each_instance([&](const Record& record) { before = std::max(before, record.sequence); });
    const auto done = survive([&]() -> Result<execute::Standing> {
      std::uint64_t now = 0;
      if (killed_) look_at_each([&](const Record& record) { now = std::max(now, record.sequence); });
      if (now > before) return execute::Standing{};  // it died after all was written
      return room_.batch([&] {
        const value::Value variables = value::Value::context(results.entries());
        if (!error.empty())
          return room_.runtime->fail({.task = task, .error = error, .variables = variables, .job = true});
        return room_.runtime->complete({.task = task, .variables = variables, .any_kind = true});
      });
    });
    if (!done) throw std::runtime_error(done.error().message);
  }

  std::int64_t integer_variable(const std::string& instance) {
    const std::string all = room_.variables(instance);
    const std::size_t at = all.find("integerVariable=");
    return at == std::string::npos ? 0 : std::atoll(all.c_str() + at + 16);
  }

  EngineRoom room_;
  std::string definition_, refused_, notes_;
  Trace trace_;
  std::map<std::string, value::Instant> busy_;  // tasks whose scripts take their time, until when
  std::vector<std::pair<value::Instant, value::Instant>> stamps_;
  bool marker_ = false, failed_ = false;
  Kill kill_;
  bool killed_ = false;
  int starts_ = 0;
};

std::string shown(const Trace& trace) {
  std::string out;
  for (const std::string& each : trace) out += (out.empty() ? "" : " ") + each;
  return out;
}

}  // namespace

std::string betsy_case(const std::string& name, const std::string& model, const Item& one, const Kill& kill,
                       bool& killed) {
  Trace expected;
  for (const Item& each : one["expect"]["trace_multiset"].items())
    for (int i = 0; i < static_cast<int>(each.number().value_or(0)); ++i) expected.emplace(each.key());
  std::string notes;
  Trace got;
  try {
    Play play(name, in_feel(model), kill);
    for (const Item& stimulus : one["stimuli"].items()) {
      if (stimulus["op"].text() == "start")
        play.start(std::string(stimulus["process"].text()), stimulus["variables"]);
      else if (stimulus["op"].text() == "advance_clock")
        play.advance(static_cast<value::Microseconds>(*stimulus["ms"].number()) * 1000);
      else
        return fmt::format("there is no stimulus '{}'", stimulus["op"].text());
    }
    got = play.finish({expected.begin(), expected.end()});
    notes = play.notes();
    killed = play.killed();
  } catch (const std::runtime_error& error) {
    notes = error.what();
    got.insert("ERROR_driver");
  }
  if (expected.contains("ERROR")) {
    got.erase("ERROR_deployment");
    got.erase("ERROR_runtime");
    if (!notes.empty()) got.insert("ERROR");
  }
  if (got == expected) return {};
  return fmt::format("expected [{}], got [{}] {}", shown(expected), shown(got), notes);
}

}  // namespace weir::conformance
