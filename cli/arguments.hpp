// What the user asked for, as plain structs. Only arguments.cpp and arguments/ know how it was spelled.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal.hpp"
#include "core/base/diagnostic.hpp"
#include "core/base/result.hpp"
#include "core/simulate/limit.hpp"
#include "core/value/calendar.hpp"

namespace weir::cli {

/// How a command that reads definitions finds them.
struct InputOptions {
  std::vector<std::string> operands;     // files, directories, patterns, "-"
  std::string stdin_name = "<stdin>";    // how messages call "-"
  unsigned jobs = 0;                     // threads, 0 = all cores
  std::uint32_t limit_states = 100'000;  // of verification, per process
  std::string process;  // id of the one process that is meant, empty = all (run: the only one)
};

struct LintOptions {
  InputOptions input;
  std::optional<Severity> fail_on;  // empty = what weir.toml says, else error
  std::vector<std::string> select, ignore;
  bool verify = true;
};

struct VerifyOptions {
  InputOptions input;
};

/// `-v name=text`, `-v name:=json`.
struct VariableOption {
  std::string name;
  std::string value;
  bool json = false;
};

/// `--choose GATEWAY=FLOW`.
struct ChoiceOption {
  std::string element, flow;
};

struct RunOptions {
  InputOptions input;
  bool dry_run = false;
  std::vector<VariableOption> variables;
  std::vector<ChoiceOption> choices;
  std::string trace;  // file with a weir.trace/1 to follow
  std::string start;  // id of the start event
};

/// Commands that work on a state directory.
struct RuntimeOptions {
  std::string state;               // the directory, empty = found
  std::vector<std::string> words;  // operands: what to do, then with what
  std::vector<VariableOption> variables;
  std::string process, start;                // of a file: which process, from which start event
  std::string key;                           // start: one instance per key; message: correlation key
  std::string user;                          // --as: who does it, and whose tasks are listed
  std::string group;                         // task list: tasks of this group
  std::string instance;                      // only this one
  std::string error;                         // task, job: with this BPMN error
  std::string message;                       // task, job, timer; instance move: why
  std::string assignee;                      // task list: only theirs
  bool unassigned = false, overdue = false;  // task list: only these
  std::optional<std::size_t> most;           // lists, job activate: at most so many, empty = all or one
  std::optional<value::Microseconds> hold;   // job activate, extend: how long
  std::optional<std::uint32_t> retries;      // job fail: how often it may be tried again
  std::optional<value::Microseconds> wait;   // job fail: ... and when at the earliest
  std::string status;                        // instance list: only these
  std::vector<std::string> to;               // instance migrate: file of the new definition; move: elements
  std::vector<std::string> from, cancelled;  // instance move: elements
  std::vector<std::string> maps;             // ... and OLD=NEW for elements with other ids
  bool dry_run = false;                      // ..., move, batch: say what would happen
  bool exit_on_wait = false;
  std::optional<value::Microseconds> time_to_live;  // message: how long it is kept when nobody waits
  std::string id;                                   // message: only the first one with it counts
  bool all = false;                                 // message list: also those that are done with
  std::optional<value::Microseconds> ended;         // state compact: removes what ended longer ago
  bool form = false;                                // start: only shows what it asks for
  bool conditions = false;                          // start: conditional start events say what
  bool once = false;                                // work: what is due now, then end
  bool resume = false;                              // batch: goes on where it was interrupted
  std::string out;                                  // batch: file of the results, empty = stdout
  std::size_t calls_at_once = 0;                    // batch: makes calls, so many at a time; 0 = none
  std::optional<std::uint64_t> max_errors;          // batch: ends when so many have failed
};

struct DecideOptions {
  std::string operand;  // FILE or FILE#decision
  std::vector<VariableOption> variables;
  bool explain = false;
  std::string input;  // rows, empty = the variables
};

struct EvalOptions {
  std::string expression;  // empty: lines of standard input
  std::vector<VariableOption> variables;
  std::string context;  // file with a JSON object
};

struct SimulateOptions {
  InputOptions input;
  std::string scenario;  // file, empty = invented
  std::optional<std::uint64_t> cases, seed;
  std::uint64_t replications = 1;
  std::optional<value::Microseconds> warm_up;
  std::string log;  // file for the event log, empty = none
  std::vector<simulate::Limit> limits;
};

struct Arguments {
  std::string command;
  ColorMode color = ColorMode::automatic;
  bool quiet = false;
  std::string format = "text";
  LintOptions lint;
  VerifyOptions verify;
  RunOptions run;
  SimulateOptions simulate;
  RuntimeOptions runtime;
  DecideOptions decide;
  EvalOptions eval;
  std::string topic;             // explain: a rule; help: a command
  bool brief = false;            // help: -h rather than --help
  bool missing_command = false;  // help, because nothing else was said
};

/// Reads a command line. The error is a sentence for stderr; the exit code is then `usage`.
Result<Arguments> parse_arguments(int count, const char* const* words);

/// The options of a command for its help page, one per line, the usual ones or all; of weir itself for "".
std::string options_help(std::string_view command, bool all);

}  // namespace weir::cli
