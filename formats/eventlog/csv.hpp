// Event logs as comma-separated values, the columns of Prosimos.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/model/definitions.hpp"
#include "core/simulate/simulator.hpp"

namespace weir::formats::eventlog {

inline constexpr std::string_view csv_head = "case_id,activity,enable_time,start_time,end_time,resource\n";

/// RFC 4180: in quotes when it has to be.
std::string quoted(std::string_view text);

/// case_id,activity,enable_time,start_time,end_time,resource: a head and one line per piece of work.
std::string csv(std::span<const simulate::LogRow> rows, const simulate::Plan& plan,
                const model::Definitions& definitions);

/// "2024-01-01 09:00:00.000000+00:00".
std::string instant_text(value::Instant instant);

}  // namespace weir::formats::eventlog
