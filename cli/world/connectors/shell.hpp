// The connector `shell`: runs a program of this machine. Parameters: `shell` (list: the program and its
// arguments), `stdin`, `env`, `cwd`, `timeout`; settings: `env`, `cwd`, `timeout`, for all calls. The program
// finds the token of the call in WEIR_TOKEN.
//
// Exit code 0 is success. Results: `stdout` (a list or context when it is JSON, else text without its last
// line feed), `stderr`, `exit`. Errors: EXIT_<code>, SIGNAL_<number>, TIMEOUT, OUTPUT_LIMIT, NOT_FOUND,
// NOT_STARTED, INVALID (the parameters make no sense).
#pragma once

#include "core/execute/world.hpp"

namespace weir::cli::world {

class ShellConnector : public execute::Connector {
 public:
  execute::Called call(const execute::Call& call) override;
};

}  // namespace weir::cli::world
