// How long a failed attempt waits for the next one.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/model/work.hpp"
#include "core/value/calendar.hpp"

namespace weir::execute {

/// Waiting time before the next attempt; "full jitter" from a hash, so that it is the same whoever works it
/// out. `attempt`: those that have failed, from 1.
value::Microseconds pause(const model::Retry& retry, std::uint32_t attempt, std::string_view token);

}  // namespace weir::execute
