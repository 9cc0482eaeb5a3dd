// JSON <-> core values. Numbers keep all their digits; dates and durations are written as ISO 8601 texts.
#pragma once

#include <string_view>

#include "core/base/result.hpp"
#include "core/value/arena.hpp"
#include "core/value/owned.hpp"
#include "formats/json/writer.hpp"

namespace weir::formats::json {

/// One JSON text. Errors name the byte offset. Nesting beyond 500 levels is an error.
Result<value::OwnedValue> read(std::string_view text);
/// The same, without a copy of its own: valid as long as the arena.
Result<value::Value> read(std::string_view text, value::Arena& arena);
/// The same for what our own writer has written: that it is UTF-8 is not checked again.
Result<value::Value> read_own(std::string_view text, value::Arena& arena);

/// Appends a value. Functions and ranges become null and their text.
void write(Writer& writer, const value::Value& value);

}  // namespace weir::formats::json
