// `weir instance move`: tokens are taken away and others begin elsewhere.
#include <fmt/format.h>

#include "cli/commands/operate.hpp"
#include "cli/standing.hpp"

namespace weir::cli {

ExitCode move_instance(Session& session, const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  if (options.words.size() != 2)
    return session.refuse(
        ExitCode::usage, "move what? weir instance move ID --from ELEMENT --to ELEMENT, or --cancel ELEMENT");
  if (options.to.empty() && (options.cancelled.empty() || !options.from.empty()))
    return session.refuse(
        ExitCode::usage, options.from.empty() ? "move where? --from ELEMENT --to ELEMENT, or --cancel ELEMENT"
                                              : "where to? --to ELEMENT; --cancel ELEMENT only takes away");
  execute::MoveRequest request;
  request.instance = options.words.back();
  request.from = options.from;
  request.from.insert(request.from.end(), options.cancelled.begin(), options.cancelled.end());
  request.to = options.to;
  request.why = options.message;
  request.by = options.user;
  execute::Runtime& runtime = session.runtime();
  if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
  if (const auto moved = runtime.move(request); !moved) {
    const ExitCode code = session.refuse(moved.error());
    runtime.abandon();
    return code;
  }
  if (!options.dry_run) {
    if (const auto written = runtime.commit(); !written) return session.refuse(written.error());
    return go_on(session, arguments, terminal, request.instance);
  }
  const execute::Instance& instance = **runtime.load(request.instance);
  std::vector<TraceStep> steps;
  std::vector<std::string> why;
  for (const execute::Runtime::Told& told : runtime.told())
    if (told.instance == request.instance) {
      steps.insert(steps.end(), told.steps.begin(), told.steps.end());
      why.insert(why.end(), told.why.begin(), told.why.end());
    }
  terminal.out(arguments.format == "json"
                   ? run_json(instance, steps, true)
                   : fmt::format("{} would be {}\n", request.instance, status_name(instance.status)) +
                         steps_text(instance, steps, why) + waits_text(instance, session.now()));
  runtime.abandon();
  return ExitCode::done;
}

}  // namespace weir::cli
