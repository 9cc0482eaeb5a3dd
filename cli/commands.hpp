// The table of commands. A new one is its file in commands/, its options in arguments/ and one row here.
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
ExitCode deploy(const Arguments& arguments, Terminal& terminal);
ExitCode start(const Arguments& arguments, Terminal& terminal);
ExitCode task(const Arguments& arguments, Terminal& terminal);
ExitCode job(const Arguments& arguments, Terminal& terminal);
ExitCode instance(const Arguments& arguments, Terminal& terminal);
ExitCode message(const Arguments& arguments, Terminal& terminal);
ExitCode timer(const Arguments& arguments, Terminal& terminal);
ExitCode signal(const Arguments& arguments, Terminal& terminal);
ExitCode work(const Arguments& arguments, Terminal& terminal);
ExitCode batch(const Arguments& arguments, Terminal& terminal);
ExitCode state(const Arguments& arguments, Terminal& terminal);
ExitCode decide(const Arguments& arguments, Terminal& terminal);
ExitCode eval(const Arguments& arguments, Terminal& terminal);
ExitCode explain(const Arguments& arguments, Terminal& terminal);
ExitCode rules(const Arguments& arguments, Terminal& terminal);
ExitCode version(const Arguments& arguments, Terminal& terminal);
ExitCode help(const Arguments& arguments, Terminal& terminal);
}  // namespace commands

struct Command {
  std::string_view name;
  std::string_view operands;  // for the usage line; "list|show ..." of a noun: its verbs
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
    Command{"run", "FILE|INSTANCE",
            "Run an instance until it ends or waits; or play a process with --dry-run",
            "weir run approval.toml -v amount:=2400\n"
            "weir run pa-1\n"
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
    Command{"deploy", "FILE...",
            "Keep new versions of processes, decisions and forms; start events wait for their timers",
            "weir deploy approval.dmn\n"
            "weir deploy approval.toml approval.dmn",
            commands::deploy},
    Command{"start", "FILE", "Create an instance and print its id",
            "weir start approval.toml -v amount:=2400\n"
            "weir start approval.toml -v amount:=2400 --key R1",
            commands::start},
    Command{"task", "list|show|form|complete|fail|claim|release|assign [TASK]...",
            "Tasks of people: list them, look at one, complete it",
            "weir task list\n"
            "weir task list --as bob --format json\n"
            "weir task show pa-1/manager-approval\n"
            "weir task form pa-1/manager-approval\n"
            "weir task complete pa-1/manager-approval -v approved:=true --as bob",
            commands::task},
    Command{"job", "list|show|activate|extend|complete|fail [JOB|TYPE]...",
            "Work of external workers: list it, complete it, let it fail",
            "weir job list\n"
            "weir job complete ship-3/pack -v parcels:=2\n"
            "weir job fail ship-3/pack --error OUT_OF_STOCK",
            commands::job},
    Command{
        "instance",
        "list|show|history|set|choose|retry|cancel|suspend|resume|move|activate|migrate|rm|export [ID]...",
        "Instances: how they stand and how they came there",
        "weir instance list --status incident\n"
        "weir instance show pa-1\n"
        "weir instance history pa-1 --format json\n"
        "weir instance retry pa-1\n"
        "weir instance set pa-1 -v amount:=2400\n"
        "weir instance choose pa-1/amount yes\n"
        "weir instance move pa-1 --from manager-approval --to check-budget --message 'wrong budget'\n"
        "weir instance activate care-2/treatment look measure\n"
        "weir instance export --format xes > log.xes",
        commands::instance},
    Command{"message", "send|list [NAME]",
            "Give a message to the instance that waits for it, start one, or keep it for a while",
            "weir message send payment-received --key R1 -v amount:=2400\n"
            "weir message send payment-received --key R1 --ttl 1h --id bank-4711\n"
            "weir message list",
            commands::message},
    Command{"signal", "send NAME", "Give a signal to everybody who waits for it, and start what it starts",
            "weir signal send shop-closes -v reason=stocktaking", commands::signal},
    Command{"timer", "list|fire|disarm|arm [TIMER|PROCESS]",
            "Timers that run: of instances, and of start events that deploy has armed",
            "weir timer list\n"
            "weir timer list --process nightly --format json\n"
            "weir timer fire pa-1/two-days --as bob --message 'nobody is there'\n"
            "weir timer fire start:nightly/midnight\n"
            "weir timer disarm nightly\n"
            "weir timer arm nightly",
            commands::timer},
    Command{"work", "", "Do what is due: timers, and calls of connectors",
            "weir work --once\n"
            "weir work",
            commands::work},
    Command{
        "batch", "FILE|-", "Do many operations, one JSON object per line; one result per line",
        "weir batch operations.jsonl --out results.jsonl\n"
        "weir batch operations.jsonl --out results.jsonl --resume\n"
        "echo '{\"op\":\"start\",\"file\":\"approval.toml\",\"variables\":{\"amount\":2400}}' | weir batch -",
        commands::batch},
    Command{"state", "check|stats|compact|backup|restore [DIR]",
            "Look after the directory that holds instances",
            "weir state check\n"
            "weir state stats\n"
            "weir state compact --ended 30d\n"
            "weir state backup ../backup\n"
            "weir state restore ../backup",
            commands::state},
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
            "weir explain dialects\n"
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
