// Bytes of a file -> UTF-8 text. XML names its own encoding (XML 1.0 section 4.3.3 and appendix F), so this
// comes before anything else is looked at.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"

namespace weir::formats {

/// Something about the bytes that the user should know. Offsets are those of Decoded::text.
struct EncodingProblem {
  Severity severity = Severity::error;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string message;
};

struct Decoded {
  /// UTF-8 without byte order mark. When `readable` is false this is only good for showing where the problem
  /// is.
  std::string text;
  /// What the bytes were: "UTF-8", "UTF-16LE", "windows-1252" ...
  std::string_view encoding = "UTF-8";
  bool byte_order_mark = false;
  bool readable = true;
  std::vector<EncodingProblem> problems;
};

/// Finds the encoding by byte order mark, by the pattern of the first bytes and by the XML declaration, in
/// this order, and converts. Linear; at most a handful of problems are kept.
Decoded decode(std::string bytes);

/// Offset of the first byte that is not part of a valid UTF-8 sequence (overlong forms, surrogates and code
/// points above U+10FFFF are invalid), or text.size().
std::size_t valid_utf8_prefix(std::string_view text);

/// Offset of the first control character that neither XML 1.0 nor TOML allows (all below U+0020 but tab, line
/// feed and carriage return) at or after `from`, or text.size().
std::size_t find_control_character(std::string_view text, std::size_t from = 0);

/// Appends a code point as UTF-8; not a surrogate, at most U+10FFFF.
void append_utf8(std::string& out, std::uint32_t code_point);

}  // namespace weir::formats
