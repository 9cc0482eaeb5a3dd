// How instances and tasks are shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/execute/journal.hpp"
#include "core/execute/runtime.hpp"
#include "formats/json/writer.hpp"
#include "formats/state/record.hpp"

namespace weir::cli {

/// "pa-1/manager-approval"
std::string task_id(std::string_view instance, const execute::Wait& wait);
/// "12d", "1d 23h", "2h", "5m", "12s": the largest unit that fits, with hours beside few days.
std::string span_text(value::Microseconds time);
/// One line per wait of an instance: what it waits for.
std::string waits_text(const execute::Instance& instance, value::Instant now);
/// "every PT1H, next 2026-11-25T10:00:00Z, 2 times more"
std::string timer_text(const execute::Wait& wait);
/// Members of an object: a timer of an instance, or of what begins instances.
formats::json::Writer& write_timer(formats::json::Writer& json, std::string_view instance,
                                   std::string_view process, const execute::Wait& wait);
/// The same of a start event: a line, an object.
std::string start_timer_line(const execute::StartTimers& timers, const execute::Wait& wait);
void write_start_timer(formats::json::Writer& json, const execute::StartTimers& timers,
                       const execute::Wait& wait);
/// What people call the element of a step.
std::string step_label(const model::Definitions& definitions, const TraceStep& step);
/// What was answered, with names of flows, where they have some, instead of ids; nothing: it is not worth a
/// line.
std::optional<std::string> answer_text(const model::Definitions& definitions, const TraceStep& step);
/// One line per step: label and answer; of work that weir has decided, why (`why` stands beside the steps).
std::string steps_text(const execute::Instance& instance, const std::vector<TraceStep>& steps,
                       const std::vector<std::string>& why);
/// weir.run/1; `dry_run`: nothing of this has happened.
std::string run_json(const execute::Instance& instance, const std::vector<TraceStep>& steps,
                     bool dry_run = false);
void write_variables(formats::json::Writer& json, const value::Variables& variables);
/// Columns, padded; the first row is the head.
std::string columns(const std::vector<std::vector<std::string>>& rows);

}  // namespace weir::cli
