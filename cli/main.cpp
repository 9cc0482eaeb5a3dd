// The real world in, an exit code out.
#include <csignal>
#include <exception>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"

using namespace weir::cli;

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write(2), see Terminal::finish
  const auto arguments = parse_arguments(count, words);
  Terminal terminal(arguments ? arguments->color : ColorMode::automatic, arguments && arguments->quiet);
  if (!arguments) {
    terminal.error(arguments.error().message);
    return static_cast<int>(ExitCode::usage);
  }
  try {  // only libraries throw, for instance when memory runs out
    const ExitCode code = find_command(arguments->command)->run(*arguments, terminal);
    return static_cast<int>(terminal.finish(code));
  } catch (const std::exception& problem) {
    terminal.error(std::string("this is a bug in weir: ") + problem.what());
    return static_cast<int>(ExitCode::bug);
  }
}
