// Code points of UTF-8 texts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::feel {

std::size_t code_points(std::string_view text);
/// Byte offset `count` code points after the byte offset `from`; the end of the text when there are fewer.
std::size_t byte_offset(std::string_view text, std::size_t from, std::size_t count);
/// The code point at a byte offset, which moves on. Wrong bytes count as one each.
std::uint32_t next_code_point(std::string_view text, std::size_t& at);
void append_code_point(std::string& out, std::uint32_t code);
/// Simple case mapping: one code point to one.
std::uint32_t to_upper(std::uint32_t code);
std::uint32_t to_lower(std::uint32_t code);

}  // namespace weir::feel
