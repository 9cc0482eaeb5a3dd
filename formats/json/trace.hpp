// weir.trace/1, the steps of witnesses, dry runs and replays, as JSON.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/result.hpp"
#include "formats/json/writer.hpp"

namespace weir::formats::json {

/// An array of {scope, element, ask, answer}: weir.trace/1.
void write_trace(Writer& json, std::span<const TraceStep> steps);

/// Reads a weir.trace/1: the array itself, or an object that holds it as "steps", "trace" (as weir.run/1
/// does) or "witness" (a process of weir.verify/1).
Result<std::vector<TraceStep>> read_trace(std::string_view text);

}  // namespace weir::formats::json
