// `weir message send NAME`: to the instance that waits for it, else to the process that it starts.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/commands/operate.hpp"
#include "cli/session.hpp"
#include "cli/variables.hpp"

namespace weir::cli::commands {

ExitCode message(const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  Session session(options, terminal, false);
  if (!session.problem().empty()) return session.refuse(ExitCode::usage, session.problem());
  if (options.words.size() != 2 || options.words.front() != "send")
    return session.refuse(ExitCode::usage,
                          "a message is sent with: weir message send NAME [--key KEY] [-v NAME=VALUE]");
  const Result<value::Variables> payload = read_variables(options.variables);
  if (!payload) return session.refuse(ExitCode::usage, payload.error().message);
  execute::Runtime& runtime = session.runtime();
  if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
  const auto give_up = [&](const Error& error) {
    const ExitCode code = session.refuse(error);
    runtime.abandon();
    return code;
  };
  const Result<execute::Standing> sent = runtime.message(options.words.back(), options.key, options.instance,
                                                         value::Value::context(payload->entries()));
  if (!sent) return give_up(sent.error());
  const std::string instance = sent->instance;
  if (const auto written = runtime.commit(); !written) return session.refuse(written.error());
  return go_on(session, arguments, terminal, instance);
}

}  // namespace weir::cli::commands
