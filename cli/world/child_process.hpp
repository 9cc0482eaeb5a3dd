// Runs another program to its end and keeps what it writes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/value/calendar.hpp"

namespace weir::cli::world {

struct Program {
  std::vector<std::string> arguments;    // the first one is the program, looked up in PATH
  std::vector<std::string> environment;  // all of it: NAME=value
  std::string directory;                 // where it runs; empty = here
  std::string input;                     // its standard input
  value::Microseconds timeout = 0;
  std::size_t output_limit = std::size_t{16} << 20u;  // of standard output and of standard error
};

struct Finished {
  enum class How : std::uint8_t { exited, signalled, timed_out, wrote_too_much, not_started };
  How how = How::not_started;
  int number = 0;  // exit code, signal, or why it was not started (errno)
  std::string output, errors;
};

/// No shell comes between. The program has a session of its own, without our terminal, signals and files.
/// After a timeout it is killed with everything it started; when it ends by itself, what it left in the
/// background lives on and is not waited for.
Finished run_program(const Program& program);

}  // namespace weir::cli::world
