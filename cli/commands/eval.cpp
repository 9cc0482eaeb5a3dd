// `weir eval` computes a FEEL expression; without one it reads line after line and answers each.
#include <fmt/format.h>
#include <stdio.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

#include "cli/commands.hpp"
#include "cli/variables.hpp"
#include "cli/world/disk.hpp"
#include "cli/world/random_seed.hpp"
#include "cli/world/zone_files.hpp"
#include "core/feel/expression.hpp"
#include "core/value/print.hpp"
#include "formats/findings/findings.hpp"
#include "formats/json/value.hpp"

namespace weir::cli::commands {

namespace {

namespace findings = formats::findings;

class Calculator {
 public:
  Calculator(const Arguments& arguments, Terminal& terminal)
      : arguments_(arguments), terminal_(terminal), zones_(load_zones()) {
    workspace_.zones = &zones_;
    workspace_.random_state = world::random_seed();
    workspace_.now =
        value::DateTime{static_cast<std::int64_t>(std::time(nullptr)), 0, value::Zone::offset(0)};
  }

  ExitCode prepare();
  ExitCode answer(std::string_view text);

 private:
  void add_names(const value::Value& value);
  const Arguments& arguments_;
  Terminal& terminal_;
  value::Zones zones_;
  feel::Workspace workspace_;
  value::Variables variables_;
  std::vector<std::string_view> names_;
};

/// Entries of contexts may have names of several words as well.
void Calculator::add_names(const value::Value& value) {
  if (value.is(value::Kind::context))
    for (const value::Entry& entry : value.entries()) {
      names_.push_back(entry.key.text());
      add_names(entry.value);
    }
  if (value.is(value::Kind::list))
    for (const value::Value& item : value.items()) add_names(item);
}

ExitCode Calculator::prepare() {
  if (!arguments_.eval.context.empty()) {
    const Result<std::string> bytes = world::read_file(arguments_.eval.context);
    if (!bytes) {
      terminal_.error(bytes.error().message);
      return ExitCode::unreadable;
    }
    const Result<value::OwnedValue> context = formats::json::read(*bytes);
    if (!context || !context->get().is(value::Kind::context)) {
      terminal_.error(fmt::format("{}: {}", arguments_.eval.context,
                                  context ? "a JSON object is expected" : context.error().message));
      return ExitCode::unreadable;
    }
    for (const value::Entry& entry : context->get().entries()) variables_.set(entry.key.text(), entry.value);
  }
  const Result<value::Variables> given = read_variables(arguments_.eval.variables);
  if (!given) {
    terminal_.error(given.error().message);
    return ExitCode::usage;
  }
  for (const value::Entry& entry : given->entries()) variables_.set(entry.key.text(), entry.value);
  for (const value::Entry& entry : variables_.entries()) {
    names_.push_back(entry.key.text());
    add_names(entry.value);
  }
  return ExitCode::done;
}

ExitCode Calculator::answer(std::string_view text) {
  SourceMap sources;
  const FileId file = sources.add("<expression>", std::string(text));
  Diagnostics found;
  feel::CompileOptions options;
  options.names = names_;
  options.span = {file, 0, static_cast<std::uint32_t>(text.size())};
  const auto expression = feel::compile(text, feel::Language::feel, options, found);
  value::Value result;
  if (expression) {
    result = feel::evaluate(*expression, {variables_.entries()}, workspace_);
    feel::report(*expression, workspace_, found);
  }
  const bool failed = !expression || (result.is_null() && !found.empty());
  const auto notes = findings::resolve(std::move(found.list()), sources, "<expression>");
  if (arguments_.format == "json") {
    formats::json::Writer json;
    json.begin_object().key("schema").string("weir.eval/1").key("result");
    formats::json::write(json, result);
    json.key("findings");
    findings::write_findings(json, notes);
    json.end_object();
    terminal_.out(json.text());
    terminal_.out("\n");
  } else {
    if (!notes.empty()) terminal_.note(findings::text({notes, 1}, {}));
    if (expression) terminal_.out(value::to_literal(result) + "\n");
  }
  return failed ? ExitCode::findings : ExitCode::done;
}

}  // namespace

ExitCode eval(const Arguments& arguments, Terminal& terminal) {
  Calculator calculator(arguments, terminal);
  if (const ExitCode code = calculator.prepare(); code != ExitCode::done) return code;
  if (!arguments.eval.expression.empty()) return calculator.answer(arguments.eval.expression);
  const bool prompt = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
  ExitCode code = ExitCode::done;
  char* line = nullptr;
  std::size_t room = 0;
  while (true) {
    if (prompt) {
      static_cast<void>(terminal.finish(ExitCode::done));
      static_cast<void>(!write(STDOUT_FILENO, "> ", 2));
    }
    const ssize_t size = getline(&line, &room, stdin);
    if (size < 0) break;
    std::string_view text(line, static_cast<std::size_t>(size));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    if (text.find_first_not_of(" \t") == std::string_view::npos) continue;
    code = combine(code, calculator.answer(text));
  }
  std::free(line);
  return code;
}

}  // namespace weir::cli::commands
