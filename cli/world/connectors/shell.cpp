#include "cli/world/connectors/shell.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <map>
#include <optional>

#include "cli/world/child_process.hpp"
#include "core/base/printable.hpp"
#include "core/base/result.hpp"
#include "core/value/duration_text.hpp"
#include "core/value/print.hpp"
#include "formats/encoding.hpp"
#include "formats/json/value.hpp"

namespace weir::cli::world {

using execute::Call;
using execute::Called;
using value::Kind;
using value::Value;

namespace {

/// A key of the parameters, else of the settings; null when neither has it or it is null.
const Value* find(const Call& call, std::string_view name) {
  for (const Value* context : {&call.parameters, &call.settings})
    if (context->is(Kind::context))
      if (const Value* found = context->find(value::Key(name)); found != nullptr && !found->is_null())
        return found;
  return nullptr;
}

std::string to_json(const Value& value) {
  formats::json::Writer writer;
  formats::json::write(writer, value);
  return std::string(writer.text());
}

/// As one word of a command line or environment: texts as they are, lists and contexts as JSON.
std::string to_word(const Value& value) {
  if (value.is_null()) return "";
  return value.is(Kind::list) || value.is(Kind::context) ? to_json(value) : value::to_text(value);
}

bool has_zero(std::string_view text) {
  return text.find('\0') != std::string_view::npos;
}

Result<value::Microseconds> timeout_of(const Call& call) {
  const Value* timeout = find(call, "timeout");
  if (timeout == nullptr) return call.timeout;
  const std::optional<value::Microseconds> parsed = value::parse_duration(value::to_text(*timeout));
  if (!parsed || *parsed == 0)
    return Error{"the timeout '" + printable(value::to_text(*timeout)) +
                 "' is no duration such as 30s or PT30S"};
  return *parsed;
}

/// Ours, then that of the settings, then that of the parameters.
Result<std::vector<std::string>> environment_of(const Call& call) {
  std::map<std::string, std::string> all;
  for (char** each = ::environ; each != nullptr && *each != nullptr; ++each) {
    const std::string_view line = *each;
    if (const std::size_t equals = line.find('='); equals != std::string_view::npos)
      all.insert_or_assign(std::string(line.substr(0, equals)), std::string(line.substr(equals + 1)));
  }
  for (const Value* context : {&call.settings, &call.parameters}) {
    const Value* env = context->is(Kind::context) ? context->find(value::Key("env")) : nullptr;
    if (env == nullptr || env->is_null()) continue;
    if (!env->is(Kind::context)) return Error{"`env` must be a table of names and texts"};
    for (const value::Entry& entry : env->entries()) {
      const std::string name(entry.key.text());
      std::string text = to_word(entry.value);
      if (name.empty() || name.find('=') != std::string::npos || has_zero(name) || has_zero(text))
        return Error{"'" + printable(name) + "' in `env` is no variable that a program can have"};
      all.insert_or_assign(name, std::move(text));
    }
  }
  all.insert_or_assign("WEIR_TOKEN", std::string(call.token));
  std::vector<std::string> lines;
  lines.reserve(all.size());
  for (const auto& [name, text] : all) lines.push_back(fmt::format("{}={}", name, text));
  return lines;
}

Result<Program> program_of(const Call& call) {
  Program program;
  const Value* words =
      call.parameters.is(Kind::context) ? call.parameters.find(value::Key("shell")) : nullptr;
  if (words == nullptr || !words->is(Kind::list) || words->items().empty())
    return Error{"`shell` must be a list: a program and its arguments"};
  for (const Value& word : words->items()) program.arguments.push_back(to_word(word));
  for (const std::string& word : program.arguments)
    if (has_zero(word)) return Error{"an argument in `shell` holds a zero byte"};
  if (program.arguments.front().empty()) return Error{"the program in `shell` has no name"};
  if (const Value* input = find(call, "stdin"))
    program.input = input->is(Kind::string) ? std::string(input->text()) : to_json(*input);
  if (const Value* directory = find(call, "cwd")) {
    program.directory = value::to_text(*directory);
    struct stat status {};
    if (has_zero(program.directory) || ::stat(program.directory.c_str(), &status) != 0 ||
        !S_ISDIR(status.st_mode))
      return Error{"`cwd` is '" + printable(program.directory) + "', which is no directory"};
  }
  Result<std::vector<std::string>> environment = environment_of(call);
  if (!environment) return environment.error();
  program.environment = std::move(*environment);
  const Result<value::Microseconds> timeout = timeout_of(call);
  if (!timeout) return timeout.error();
  program.timeout = *timeout;
  return program;
}

/// Values are UTF-8: other bytes become U+FFFD, as they would when the value is stored and read again.
std::string clean(std::string text) {
  if (formats::valid_utf8_prefix(text) == text.size()) return text;
  formats::json::Writer writer;
  writer.string(text);
  const Result<value::OwnedValue> read = formats::json::read(writer.text());
  return read ? std::string(read->get().text()) : std::string();
}

/// Lists and contexts only: an order number 007 or a text `true` shall stay what it is.
value::OwnedValue read_output(std::string text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && (text[first] == '{' || text[first] == '['))
    if (Result<value::OwnedValue> read = formats::json::read(text)) return std::move(*read);
  if (text.ends_with('\n')) text.pop_back();
  const std::string cleaned = clean(std::move(text));
  return Value::string(cleaned);
}

/// ": the last line of standard error", or nothing when it is empty; programs say there what went wrong.
std::string last_words(std::string_view errors) {
  const std::size_t end = errors.find_last_not_of(" \t\r\n");
  if (end == std::string_view::npos) return "";
  errors = errors.substr(0, end + 1);
  errors.remove_prefix(errors.find_last_of('\n') + 1);  // npos + 1 == 0
  constexpr std::size_t most = 300;
  return ": " + printable(errors.size() <= most ? errors : errors.substr(errors.size() - most));
}

Called refused(std::string code, std::string message) {
  return {false, std::move(code), std::move(message), {}};
}

}  // namespace

Called ShellConnector::call(const Call& call) {
  const Result<Program> program = program_of(call);
  if (!program) return refused("INVALID", program.error().message);
  const std::string name = "'" + printable(program->arguments.front()) + "'";
  Finished finished = run_program(*program);

  Called called;
  int exit = finished.number;
  switch (finished.how) {
    case Finished::How::not_started:
      if (finished.number == ENOENT) return refused("NOT_FOUND", "there is no program " + name);
      return refused("NOT_STARTED", "cannot start " + name + ": " + std::strerror(finished.number));
    case Finished::How::wrote_too_much:
      return refused("OUTPUT_LIMIT",
                     fmt::format("{} wrote more than {} MiB", name, program->output_limit >> 20u));
    case Finished::How::timed_out:
      return refused("TIMEOUT",
                     fmt::format("{} did not end within {:g} s{}", name,
                                 static_cast<double>(program->timeout) / 1e6, last_words(finished.errors)));
    case Finished::How::exited:
      called.ok = exit == 0;
      if (called.ok) break;
      called.code = fmt::format("EXIT_{}", exit);
      called.message = fmt::format("{} ended with exit code {}{}", name, exit, last_words(finished.errors));
      break;
    case Finished::How::signalled:
      called.code = fmt::format("SIGNAL_{}", exit);
      called.message = fmt::format("{} was ended by signal {} ({}){}", name, exit, ::strsignal(exit),
                                   last_words(finished.errors));
      exit += 128;  // as shells count
      break;
  }
  const value::OwnedValue output = read_output(std::move(finished.output));
  const std::string errors = clean(std::move(finished.errors));
  const value::Entry results[] = {{value::Key("stdout"), output.get()},
                                  {value::Key("stderr"), Value::string(errors)},
                                  {value::Key("exit"), Value::integer(exit)}};
  called.results = Value::context(results);
  return called;
}

}  // namespace weir::cli::world
