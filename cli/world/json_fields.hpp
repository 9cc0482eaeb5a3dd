// Fields of the small JSON files of the state directory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/value/value.hpp"

namespace weir::cli::world {

/// 0 when there is no such field, or when it is no whole number above 0.
std::uint64_t whole_number(const value::Value& object, std::string_view key);
/// Empty when there is no such text.
std::string text_of(const value::Value& object, std::string_view key);
/// Empty when there is no such list; what is no text in it is left out.
std::vector<std::string> texts_of(const value::Value& object, std::string_view key);
/// False when there is no such field.
bool flag_of(const value::Value& object, std::string_view key);
/// What a text is known by: CRC-32C in eight hexadecimal digits.
std::string sum_of(std::string_view text);

}  // namespace weir::cli::world
