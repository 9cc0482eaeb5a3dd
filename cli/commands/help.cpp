// Help pages: what it does, examples first, then usage and options.
#include <fmt/format.h>

#include "cli/commands.hpp"

namespace weir::cli::commands {

namespace {

std::string overview(bool brief) {
  std::string text =
      "weir - lint, verify and run BPMN processes\n"
      "\n"
      "Examples:\n"
      "  weir lint processes/               find mistakes in all definitions of a folder\n"
      "  weir verify approval.bpmn          prove that every case reaches its end\n"
      "  weir run --dry-run approval.bpmn   play it; nothing real is called\n"
      "\n"
      "Usage: weir [OPTIONS] COMMAND\n"
      "\n"
      "Commands:\n";
  for (const Command& command : command_table)
    text += fmt::format("  {:<9} {}\n", command.name, command.summary);
  text += "\nOptions:\n" + options_help("", !brief);
  if (!brief)
    text +=
        "\nExit codes:\n"
        "    0  done; no finding at or above --fail-on\n"
        "    1  findings, not sound or not safe, or a definition that cannot run\n"
        "    2  the command line is wrong\n"
        "    3  a named input is missing or unreadable, or the output cannot be written\n"
        "    4  an instance failed or has an incident\n"
        "    5  somebody else holds the state or the task, or it is not in the way that this needs\n"
        "    6  there is no such instance, task or process\n"
        "    7  undecided: a limit was reached first\n"
        "    8  an instance waits for a person, a message or a timer\n"
        "    9  the state on disk is damaged; nothing was touched\n"
        "   70  a bug in weir\n"
        "  141  nobody reads the output any more\n"
        "  When there are several reasons the first of 141, 70, 2, 3, 9, 5, 6, 4, 1, 7, 8 is given.\n";
  text += "\n'weir help COMMAND' tells more about a command.\n";
  return text;
}

std::string page(const Command& command, bool brief) {
  std::string text = fmt::format("weir {} - {}\n\nExamples:\n", command.name, command.summary);
  std::string_view rest = command.examples;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    text += fmt::format("  {}\n", rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const std::string_view gap = command.operands.empty() ? "" : " ";
  text += fmt::format("\nUsage: weir {} [OPTIONS]{}{}\n\nOptions:\n", command.name, gap, command.operands);
  text += options_help(command.name, !brief);
  text += brief ? fmt::format("\n'weir {} --help' shows all options.\n", command.name)
                : "\nExit codes: 'weir --help'.\n";
  return text;
}

}  // namespace

ExitCode help(const Arguments& arguments, Terminal& terminal) {
  if (arguments.topic.empty()) {
    terminal.out(overview(arguments.brief));
    return arguments.missing_command ? ExitCode::usage : ExitCode::done;
  }
  if (const Command* command = find_command(arguments.topic)) {
    terminal.out(page(*command, arguments.brief));
    return ExitCode::done;
  }
  terminal.error(unknown_command(arguments.topic));
  return ExitCode::usage;
}

}  // namespace weir::cli::commands
