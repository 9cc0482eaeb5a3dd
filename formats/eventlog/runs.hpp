// Event logs of real runs: CSV with the columns of simulations, XES (IEEE 1849), JSON Lines.
#pragma once

#include <string>
#include <string_view>

#include "core/execute/event_log.hpp"

namespace weir::formats::eventlog {

enum class LogFormat : std::uint8_t { csv, xes, jsonl };

/// What stands before the first case and after the last one.
std::string_view log_head(LogFormat format);
std::string_view log_end(LogFormat format);

/// Around the activities of one case, in XES.
struct Case {
  std::string_view id, process;
};
void begin_case(LogFormat format, const Case& of, std::string& out);
void end_case(LogFormat format, std::string& out);

/// Activities that were withdrawn have no line in CSV: its columns cannot say that.
void append(LogFormat format, const Case& of, const execute::Worked& work, std::string& out);

}  // namespace weir::formats::eventlog
