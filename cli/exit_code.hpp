// One table of exit codes for all commands; scripts rely on it.
#pragma once

namespace weir::cli {

enum class ExitCode : int {
  done = 0,          // done; no finding at or above --fail-on
  findings = 1,      // findings, not sound, or a definition that cannot run
  usage = 2,         // the command line itself is wrong
  unreadable = 3,    // a named input is missing or unreadable, or output cannot be written
  failed = 4,        // an instance failed or has an incident
  busy = 5,          // the state is locked by somebody else, or a version conflict
  not_found = 6,     // no such instance, task or process
  undecided = 7,     // a limit was reached before there was an answer
  waiting = 8,       // an instance needs a person, a message or a timer
  damaged = 9,       // the state on disk is damaged
  bug = 70,          // a bug in weir
  closed_pipe = 141  // nobody reads the output any more
};

/// The stronger of two reasons to stop, when a command has several.
constexpr ExitCode combine(ExitCode a, ExitCode b) {
  using enum ExitCode;
  for (const ExitCode code :
       {closed_pipe, bug, usage, unreadable, damaged, busy, not_found, failed, findings, undecided, waiting})
    if (a == code || b == code) return code;
  return done;
}

}  // namespace weir::cli
