// `weir batch`: operations as JSON Lines, one result per line in the same order. As many as were read until
// the disk was ready again are made durable together; results are printed after that.
//
//   {"op":"start","file":"approval.toml","key":"R1","variables":{"amount":2400}}
//   {"op":"complete","task":"pa-1/manager-approval","variables":{"approved":true}}
//   {"op":"message","name":"paid","key":"R1","variables":{}}
//   {"op":"cancel","instance":"pa-1"}     {"op":"retry","instance":"pa-1"}
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "core/data/declared.hpp"
#include "formats/json/value.hpp"

namespace weir::cli {

namespace {

using value::Key;
using value::Kind;
using value::Value;

constexpr std::size_t most_together = 2000;

class Batch {
 public:
  Batch(const Arguments& arguments, Terminal& terminal)
      : options_(arguments.runtime), terminal_(terminal), session_(options_, terminal, true) {}

  ExitCode operator()() {
    if (!session_.problem().empty()) return session_.refuse(ExitCode::usage, session_.problem());
    const Result<std::string> text = world::read_file(options_.words.front());
    if (!text) return session_.refuse(ExitCode::unreadable, text.error().message);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text->size();) {
      const std::size_t end = std::min(text->size(), text->find('\n', at));
      std::string line = text->substr(at, end - at);
      at = end + 1;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      lines.push_back(std::move(line));
      if (lines.size() == most_together)
        if (const ExitCode code = together(lines); code != ExitCode::done) return code;
    }
    if (const ExitCode code = together(lines); code != ExitCode::done) return code;
    terminal_.note(
        fmt::format("{} operation{}, {} failed", done_ + failed_, done_ + failed_ == 1 ? "" : "s", failed_));
    return failed_ > 0 ? ExitCode::failed : ExitCode::done;
  }

 private:
  ExitCode together(std::vector<std::string>& lines) {
    if (lines.empty()) return ExitCode::done;
    execute::Runtime& runtime = session_.runtime();
    if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
    std::string results;
    for (const std::string& line : lines) {
      const Result<execute::Standing> result = operate(line);
      formats::json::Writer json;
      json.begin_object().key("ok").boolean(result.has_value());
      if (result) {
        ++done_;
        json.key("instance").string(result->instance).key("status").string(status_name(result->status));
        if (result->existed) json.key("existed").boolean(true);
      } else {
        ++failed_;
        if (runtime.trouble() == execute::Trouble::store) {
          runtime.abandon();
          return session_.refuse(result.error());
        }
        json.key("error").string(result.error().message);
      }
      json.end_object();
      results += std::string(json.text()) + "\n";
    }
    lines.clear();
    if (const auto written = runtime.commit(); !written) return session_.refuse(written.error());
    for (execute::Runtime::Told& told : runtime.told()) session_.print_notes(std::move(told.notes));
    runtime.forget();
    terminal_.out(results);
    return ExitCode::done;
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
    if (op == "start") return start(operation, variables);
    if (op == "complete") {
      execute::CompleteRequest request;
      request.task = text(operation, "task");
      request.variables = Value::context(variables.entries());
      request.by = options_.user;
      request.any_kind = true;
      request.error = text(operation, "error");
      return runtime.complete(request);
    }
    if (op == "message")
      return runtime.message(text(operation, "name"), text(operation, "key"), text(operation, "instance"),
                             Value::context(variables.entries()));
    if (op == "cancel") return runtime.cancel(text(operation, "instance"), options_.user);
    if (op == "retry") return runtime.retry(text(operation, "instance"), options_.user);
    return Error{fmt::format("'{}' is no operation: start, complete, message, cancel, retry", op)};
  }

  Result<execute::Standing> start(const Value& operation, const value::Variables& given) {
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
    request.by = options_.user;
    return session_.runtime().start(request);
  }

  const RuntimeOptions& options_;
  Terminal& terminal_;
  Session session_;
  feel::Workspace workspace_;
  std::map<std::pair<std::string, std::string>, Session::Process> processes_;
  std::uint64_t done_ = 0, failed_ = 0;
};

}  // namespace

ExitCode commands::batch(const Arguments& arguments, Terminal& terminal) {
  return Batch(arguments, terminal)();
}

}  // namespace weir::cli
