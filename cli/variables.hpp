// Variables from the command line, as `run`, `decide` and `eval` take them.
#pragma once

#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "core/base/result.hpp"
#include "core/value/owned.hpp"

namespace weir::cli {

/// `text` as a value of the type ("number", "date", "boolean" ...; decisions name it so), else as a string.
value::Value typed_text(std::string_view text, std::string_view type, value::Arena& arena);
/// Strings become dates, times or durations when the type asks for them: JSON has none.
value::Value typed_json(const value::Value& value, std::string_view type, value::Arena& arena);

/// Reads the JSON values and keeps them; the error is a sentence for the user.
Result<value::Variables> read_variables(const std::vector<VariableOption>& options);

}  // namespace weir::cli
