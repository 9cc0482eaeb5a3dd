// Names of running processes that are never used again: who has begun an attempt, and whether it still runs.
#pragma once

#include <string>
#include <string_view>

namespace weir::cli::world {

/// "pid start-time boot-id": a process id is used again, together with when it began it is not.
std::string this_process();
/// The process with this name runs on this machine.
bool is_alive(std::string_view name);

}  // namespace weir::cli::world
