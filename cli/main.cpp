// The real world in, an exit code out.
#include <csignal>
#include <exception>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "formats/json/feel.hpp"

using namespace weir::cli;

namespace {

ExitCode act(int count, char** words) {
  const auto arguments = parse_arguments(count, words);
  if (!arguments) {
    Terminal(ColorMode::automatic, false).error(arguments.error().message);
    return ExitCode::usage;
  }
  Terminal terminal(arguments->color, arguments->quiet);
  const ExitCode code = find_command(arguments->command)->run(*arguments, terminal);
  return terminal.finish(code);
}

}  // namespace

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write(2), see Terminal::finish
  weir::formats::json::teach_feel();
  try {  // only libraries throw, for instance when memory runs out
    return static_cast<int>(act(count, words));
  } catch (const std::exception& problem) {
    Terminal(ColorMode::automatic, false).error(std::string("this is a bug in weir: ") + problem.what());
    return static_cast<int>(ExitCode::bug);
  }
}
