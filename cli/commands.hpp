// The table of commands. A new one is its file in commands/, its options in arguments.cpp and one row here.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "cli/arguments.hpp"
#include "cli/exit_code.hpp"
#include "cli/terminal.hpp"

namespace weir::cli {

namespace commands {
ExitCode lint(const Arguments& arguments, Terminal& terminal);
ExitCode verify(const Arguments& arguments, Terminal& terminal);
ExitCode run(const Arguments& arguments, Terminal& terminal);
ExitCode simulate(const Arguments& arguments, Terminal& terminal);
ExitCode decide(const Arguments& arguments, Terminal& terminal);
ExitCode eval(const Arguments& arguments, Terminal& terminal);
ExitCode explain(const Arguments& arguments, Terminal& terminal);
ExitCode rules(const Arguments& arguments, Terminal& terminal);
ExitCode version(const Arguments& arguments, Terminal& terminal);
ExitCode help(const Arguments& arguments, Terminal& terminal);
}  // namespace commands

struct Command {
  std::string_view name;
  std::string_view operands;  // for the usage line
  std::string_view summary;
  std::string_view examples;  // one per line, most useful first
  ExitCode (*run)(const Arguments&, Terminal&);
};

inline constexpr std::array command_table{
    Command{"lint", "FILE|DIR|-...", "Find mistakes: all rules, then verification of every process",
            "weir lint approval.bpmn\n"
            "weir lint --fail-on warning processes/\n"
            "weir lint --format json 'processes/**/*.bpmn'\n"
            "cat approval.bpmn | weir lint - --stdin-name approval.bpmn",
            commands::lint},
    Command{"verify", "FILE|DIR|-...", "Prove that processes always reach their end, or show how they do not",
            "weir verify approval.bpmn\n"
            "weir verify --process purchase --format json approval.bpmn\n"
            "weir verify --limit-states 10000000 big.bpmn",
            commands::verify},
    Command{"run", "FILE|-", "Play a process in virtual time; nothing real is called",
            "weir run --dry-run approval.bpmn\n"
            "weir run --dry-run -v amount:=2400 -v requester=eva approval.bpmn\n"
            "weir run --trace witness.json approval.bpmn",
            commands::run},
    Command{"simulate", "FILE", "Play many cases with resources, calendars and costs; print the key figures",
            "weir simulate approval.bpmn\n"
            "weir simulate loan.bpmn --scenario loan.json --cases 10000\n"
            "weir simulate loan.bpmn --scenario loan.json --replications 30 --format json\n"
            "weir simulate loan.bpmn --scenario loan.json --log events.csv",
            commands::simulate},
    Command{"decide", "FILE[#DECISION]", "Answer a decision of a DMN file, once or for many rows",
            "weir decide approval.dmn -v amount=2400 -v requester=eva\n"
            "weir decide approval.dmn#Approval -v amount:=2400 --explain\n"
            "weir decide discount.dmn --input orders.csv --format csv",
            commands::decide},
    Command{"eval", "[EXPRESSION]", "Compute a FEEL expression; without one, each line of standard input",
            "weir eval 'sum([1, 2, 3]) * 1.19'\n"
            "weir eval 'amount > 1000' -v amount:=2400\n"
            "weir eval --context order.json 'items[price > 10].name'",
            commands::eval},
    Command{"explain", "[RULE]",
            "Say what a rule is about and how to mend its findings; without a rule list all",
            "weir explain fake-join\n"
            "weir explain",
            commands::explain},
    Command{"rules", "", "List the rules",
            "weir rules\n"
            "weir rules --format json",
            commands::rules},
    Command{"version", "", "Print the version",
            "weir version\n"
            "weir version --format json",
            commands::version},
    Command{"help", "[COMMAND]", "Print the long help of a command", "weir help lint", commands::help},
};

/// The command with this name, or null.
constexpr const Command* find_command(std::string_view name) {
  for (const Command& command : command_table)
    if (command.name == name) return &command;
  return nullptr;
}

/// The sentence for a word that is no command, with the one that was probably meant.
std::string unknown_command(std::string_view word);

/// Every rule on one line: id, severity, summary.
std::string rule_list();

/// "0.1.0".
const char* version();

}  // namespace weir::cli
