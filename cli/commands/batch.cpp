// `weir batch`: operations as JSON Lines, one result per line in the same order. As many as were read until
// the disk was ready again are made durable together; results are written after that.
//
//   {"op":"start","file":"approval.toml","key":"R1","variables":{"amount":2400}}
//   {"op":"complete","task":"pa-1/manager-approval","variables":{"approved":true}}
//   {"op":"message","name":"paid","key":"R1","variables":{}}     {"op":"signal","name":"closed"}
//   {"op":"set","instance":"pa-1","variables":{"amount":1}}
//   {"op":"cancel","instance":"pa-1"}     {"op":"retry","instance":"pa-1"}     also suspend, resume
//   {"op":"claim","task":"pa-1/check","as":"eva"}     also release, fail with "message", assign with
//   "assignee"
//
// Records say which operation made them: "RUN:17" is the 17th of a run, and RUN begins with a sum of the
// file. So an interrupted run can be gone on with, whatever has become of its results: what the journal tells
// of was done, and everything else has had no effect and is done now.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "core/base/sha256.hpp"
#include "core/data/declared.hpp"
#include "formats/json/value.hpp"

namespace weir::cli {

namespace {

using value::Key;
using value::Kind;
using value::Value;

constexpr std::size_t most_together = 2000;
using Clock = std::chrono::steady_clock;

class Batch {
 public:
  Batch(const Arguments& arguments, Terminal& terminal)
      : options_(arguments.runtime), terminal_(terminal), session_(options_, terminal, true) {}

  ExitCode operator()() {
    if (!session_.problem().empty()) return session_.refuse(ExitCode::usage, session_.problem());
    const Result<std::string> text = world::read_file(options_.words.front());
    if (!text) return session_.refuse(ExitCode::unreadable, text.error().message);
    for (std::size_t at = 0; at < text->size();) {
      const std::size_t end = std::min(text->size(), text->find('\n', at));
      const std::string_view line = std::string_view(*text).substr(at, end - at);
      at = end + 1;
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) lines_.push_back(line);
    }
    if (const ExitCode code = take_up(sha256(*text).substr(0, 16)); code != ExitCode::done) return code;
    const std::size_t first = next_;
    const Clock::time_point began = Clock::now();
    while (next_ < lines_.size() && !enough()) {
      if (const ExitCode code = together(); code != ExitCode::done) return code;
      const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
      const double rate = static_cast<double>(next_ - first) / seconds;
      if (seconds > 0.2)
        terminal_.progress(fmt::format("{} of {} operations, {:.0f}/s, {:.0f} s left", next_, lines_.size(),
                                       rate, static_cast<double>(lines_.size() - next_) / rate));
    }
    terminal_.progress({});
    terminal_.note(fmt::format(
        "{} operation{}, {} failed{}", done_ + failed_, done_ + failed_ == 1 ? "" : "s", failed_,
        next_ < lines_.size() ? fmt::format(": stopped before operation {} of {}", next_ + 1, lines_.size())
                              : ""));
    return failed_ > 0 ? ExitCode::failed : ExitCode::done;
  }

 private:
  [[nodiscard]] bool enough() const { return options_.max_errors && failed_ >= *options_.max_errors; }

  /// Finds out what was done already, and where results go.
  ExitCode take_up(const std::string& sum) {
    execute::Runtime& runtime = session_.runtime();
    if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
    // No other run begins there.
    run_ = fmt::format("{}-{}-{}", sum, session_.files().journal_number(), session_.files().batches());
    ExitCode code = ExitCode::done;
    if (options_.resume) {
      const auto read =
          session_.files().each_operation([&](std::string_view operation, std::string_view instance) {
            const std::size_t colon = operation.find(':');
            if (!operation.starts_with(sum) || colon == std::string_view::npos) return;
            if (operation.substr(0, colon) != run_) before_.clear();  // of several runs the last one
            run_ = operation.substr(0, colon);
            before_.try_emplace(std::string(operation.substr(colon + 1)), instance);
          });
      if (!read) code = session_.refuse(read.error());
    }
    runtime.abandon();
    if (code != ExitCode::done || options_.out.empty()) return code;
    if (!options_.resume || !world::is_file(options_.out)) {
      const auto written = world::write_file(options_.out, {});
      return written ? code : session_.refuse(ExitCode::unreadable, written.error().message);
    }
    return take_up_results();
  }

  /// Results that are there are not written again; the last one may be torn.
  ExitCode take_up_results() {
    const Result<std::string> results = world::read_file(options_.out);
    if (!results) return session_.refuse(ExitCode::unreadable, results.error().message);
    std::size_t end = 0;
    for (std::size_t stop = 0; (stop = results->find('\n', end)) != std::string::npos; end = stop + 1) {
      const bool good = std::string_view(*results).substr(end).starts_with("{\"ok\":true");
      ++(good ? done_ : failed_);
      ++next_;
    }
    if (next_ > lines_.size() || (done_ > 0 && before_.empty()))
      return session_.refuse(ExitCode::usage,
                             fmt::format("'{}' has the results of other operations than '{}'", options_.out,
                                         options_.words.front()));
    if (const auto cut = session_.disk().truncate(options_.out, end); !cut)
      return session_.refuse(ExitCode::unreadable, cut.error().message);
    return ExitCode::done;
  }

  ExitCode together() {
    execute::Runtime& runtime = session_.runtime();
    if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
    std::string results;
    for (const std::size_t stop = std::min(lines_.size(), next_ + most_together);
         next_ < stop && !enough();) {
      const std::string number = std::to_string(next_ + 1);
      const auto before = before_.find(number);
      runtime.set_operation(fmt::format("{}:{}", run_, number));
      const Result<execute::Standing> result =
          before != before_.end() ? stands(before->second) : operate(std::string(lines_[next_]));
      ++next_;
      json_.clear();
      json_.begin_object().key("ok").boolean(result.has_value());
      if (result) {
        ++done_;
        json_.key("instance").string(result->instance).key("status").string(status_name(result->status));
        if (result->existed) json_.key("existed").boolean(true);
      } else {
        if (runtime.trouble() == execute::Trouble::store) {
          runtime.abandon();
          return session_.refuse(result.error());
        }
        ++failed_;
        json_.key("error").string(result.error().message);
      }
      json_.end_object();
      results += json_.text();
      results += '\n';
    }
    if (const auto written = runtime.commit(); !written) return session_.refuse(written.error());
    for (execute::Runtime::Told& told : runtime.told()) session_.print_notes(std::move(told.notes));
    runtime.forget();
    if (options_.out.empty()) {
      terminal_.out(results);
      return ExitCode::done;
    }
    const auto written = session_.disk().append(options_.out, results);
    return written ? ExitCode::done : session_.refuse(ExitCode::unreadable, written.error().message);
  }

  /// How an instance stands now, whose operation was done before the interruption.
  Result<execute::Standing> stands(const std::string& id) {
    const Result<execute::Instance*> instance = session_.runtime().load(id);
    if (!instance) return instance.error();
    return execute::Standing{id, (*instance)->status, true};
  }

  static std::string text(const Value& object, std::string_view key) {
    const Value* found = object.find(Key(key));
    return found != nullptr && found->is(Kind::string) ? std::string(found->text()) : "";
  }

  Result<execute::Standing> operate(const std::string& line) {
    const Result<value::OwnedValue> read = formats::json::read(line);
    if (!read) return Error{read.error().message};
    const Value& operation = read->get();
    if (!operation.is(Kind::context)) return Error{"an operation is a JSON object with \"op\""};
    const std::string op = text(operation, "op");
    const Value* given = operation.find(Key("variables"));
    value::Variables variables;
    if (given != nullptr && given->is(Kind::context))
      for (const value::Entry& each : given->entries()) variables.set(each.key.text(), each.value);
    execute::Runtime& runtime = session_.runtime();
    const std::string task = text(operation, "task"), instance = text(operation, "instance");
    std::string by = text(operation, "as");
    if (by.empty()) by = options_.user;
    if (op == "start") return start(operation, variables, by);
    if (op == "complete" && text(operation, "error").empty()) {
      execute::CompleteRequest request;
      request.task = task;
      request.variables = Value::context(variables.entries());
      request.by = by;
      request.any_kind = true;
      return runtime.complete(request);
    }
    if (op == "complete" || op == "fail") {
      execute::FailRequest request;
      request.task = task;
      request.error = text(operation, "error");
      request.message = text(operation, "message");
      request.variables = Value::context(variables.entries());
      request.by = by;
      request.job = true;
      return runtime.fail(request);
    }
    if (op == "claim") return runtime.claim(task, by);
    if (op == "release") return runtime.release(task, by);
    if (op == "assign") return runtime.assign(task, text(operation, "assignee"), by);
    if (op == "message")
      return runtime.message(text(operation, "name"), text(operation, "key"), instance,
                             Value::context(variables.entries()));
    if (op == "signal") return runtime.signal(text(operation, "name"), Value::context(variables.entries()));
    if (op == "set") return runtime.set(instance, Value::context(variables.entries()), by);
    if (op == "cancel") return runtime.cancel(instance, by);
    if (op == "retry") return runtime.retry(instance, by);
    if (op == "suspend") return runtime.suspend(instance, by);
    if (op == "resume") return runtime.resume(instance, by);
    return Error{fmt::format(
        "'{}' is no operation: start, complete, fail, claim, release, assign, message, signal, set, cancel, "
        "retry, suspend, resume",
        op)};
  }

  Result<execute::Standing> start(const Value& operation, const value::Variables& given,
                                  const std::string& by) {
    const std::string file = text(operation, "file");
    const std::string process = text(operation, "process");
    const auto known = processes_.find({file, process});
    if (known == processes_.end()) {
      ExitCode code = ExitCode::done;
      const auto deployed = session_.deploy(file, process, code);
      if (!deployed) return Error{fmt::format("'{}' cannot be started", file)};
      processes_[{file, process}] = *deployed;
    }
    const Session::Process& chosen = processes_[{file, process}];
    const Result<value::Variables> variables =
        data::declared(*chosen.deployed->definitions, given, true, workspace_);
    if (!variables) return variables.error();
    execute::StartRequest request;
    request.definition = chosen.definition;
    request.process = chosen.id;
    request.start_event = text(operation, "start");
    request.variables = &*variables;
    request.key = text(operation, "key");
    request.by = by;
    return session_.runtime().start(request);
  }

  const RuntimeOptions& options_;
  Terminal& terminal_;
  Session session_;
  feel::Workspace workspace_;
  std::map<std::pair<std::string, std::string>, Session::Process> processes_;
  std::vector<std::string_view> lines_;
  std::size_t next_ = 0;
  std::string run_;
  std::unordered_map<std::string, std::string> before_;  // number of an operation -> instance
  formats::json::Writer json_;
  std::uint64_t done_ = 0, failed_ = 0;
};

}  // namespace

ExitCode commands::batch(const Arguments& arguments, Terminal& terminal) {
  return Batch(arguments, terminal)();
}

}  // namespace weir::cli
