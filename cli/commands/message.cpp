// `weir message send NAME`: to the instance that waits for it, else to the process that it starts.
// `weir signal send NAME`: to all of them.
#include <functional>

#include "cli/commands.hpp"
#include "cli/commands/operate.hpp"
#include "cli/session.hpp"
#include "cli/variables.hpp"

namespace weir::cli::commands {

namespace {

using Operation = std::function<Result<execute::Standing>(execute::Runtime&, const value::Value& payload)>;

/// "send NAME" as one batch, then how the instance stands that it came to first.
ExitCode send(const Arguments& arguments, Terminal& terminal, std::string_view usage,
              const Operation& operation) {
  const RuntimeOptions& options = arguments.runtime;
  Session session(options, terminal, false);
  if (!session.problem().empty()) return session.refuse(ExitCode::usage, session.problem());
  if (options.words.size() != 2) return session.refuse(ExitCode::usage, usage);
  const Result<value::Variables> payload = read_variables(options.variables);
  if (!payload) return session.refuse(ExitCode::usage, payload.error().message);
  execute::Runtime& runtime = session.runtime();
  if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
  const Result<execute::Standing> sent = operation(runtime, value::Value::context(payload->entries()));
  if (!sent) {
    const ExitCode code = session.refuse(sent.error());
    runtime.abandon();
    return code;
  }
  const std::string instance = sent->instance;
  if (const auto written = runtime.commit(); !written) return session.refuse(written.error());
  return go_on(session, arguments, terminal, instance);
}

}  // namespace

ExitCode message(const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  return send(arguments, terminal,
              "a message is sent with: weir message send NAME [--key KEY] [-v NAME=VALUE]",
              [&](execute::Runtime& runtime, const value::Value& payload) {
                return runtime.message(options.words.back(), options.key, options.instance, payload);
              });
}

ExitCode signal(const Arguments& arguments, Terminal& terminal) {
  return send(arguments, terminal, "a signal is sent with: weir signal send NAME [-v NAME=VALUE]",
              [&](execute::Runtime& runtime, const value::Value& payload) {
                return runtime.signal(arguments.runtime.words.back(), payload);
              });
}

}  // namespace weir::cli::commands
