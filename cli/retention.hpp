// How long instances that have ended are kept.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "cli/session.hpp"

namespace weir::cli {

/// historyTimeToLive of a process (Camunda 7): "30" are days, or "P30D"; empty = it says nothing.
std::optional<value::Microseconds> history_time_to_live(const model::Definitions& definitions,
                                                        std::string_view process);

/// Removes what ended longer ago than `ended`, or than its process says where that is empty, and commits. The
/// result: how many of each process. Between begin() and commit() of the runtime.
Result<std::map<std::string, std::uint64_t>> remove_ended(Session& session,
                                                          std::optional<value::Microseconds> ended,
                                                          std::string_view by);

/// Whether a process that is deployed says how long.
Result<bool> any_time_to_live(Session& session);

}  // namespace weir::cli
