// Character classes of XML 1.0 (fifth edition), sections 2.2 and 2.3.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace weir::formats {

struct XmlCharacters {
  enum : std::uint8_t {
    name_start = 1,   // ASCII letters, '_' and ':'
    name = 2,         // also digits, '-' and '.'
    blank = 4,        // space, tab, CR, LF
    text_stop = 8,    // '<', '&' and ']': where character data has to be looked at
    value_stop = 16,  // '<', '&' and both quotes: the same for attribute values
    high = 32,        // first or later byte of a multi-byte sequence
  };
};

inline constexpr std::array<std::uint8_t, 256> xml_characters = [] {
  std::array<std::uint8_t, 256> table{};
  using C = XmlCharacters;
  const auto set = [&](unsigned char c, unsigned flags) {
    table[c] = static_cast<std::uint8_t>(table[c] | flags);
  };
  for (unsigned c = 'a'; c <= 'z'; ++c) set(static_cast<unsigned char>(c), C::name_start | C::name);
  for (unsigned c = 'A'; c <= 'Z'; ++c) set(static_cast<unsigned char>(c), C::name_start | C::name);
  for (unsigned c = '0'; c <= '9'; ++c) set(static_cast<unsigned char>(c), C::name);
  for (const char c : {'_', ':'}) set(static_cast<unsigned char>(c), C::name_start | C::name);
  for (const char c : {'-', '.'}) set(static_cast<unsigned char>(c), C::name);
  for (const char c : {' ', '\t', '\r', '\n'}) set(static_cast<unsigned char>(c), C::blank);
  for (const char c : {'<', '&', ']'}) set(static_cast<unsigned char>(c), C::text_stop);
  for (const char c : {'<', '&', '"', '\''}) set(static_cast<unsigned char>(c), C::value_stop);
  for (unsigned c = 0x80; c <= 0xFF; ++c) set(static_cast<unsigned char>(c), C::high);
  return table;
}();

constexpr bool has_class(char c, unsigned classes) {
  return (xml_characters[static_cast<unsigned char>(c)] & classes) != 0;
}

/// Char of XML 1.0.
constexpr bool is_xml_character(std::uint32_t code) {
  return code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && code <= 0xD7FF) ||
         (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
}

/// NameStartChar and NameChar for code points above U+007F.
constexpr bool is_high_name_start(std::uint32_t code) {
  return (code >= 0xC0 && code <= 0x2FF && code != 0xD7 && code != 0xF7) ||
         (code >= 0x370 && code <= 0x1FFF && code != 0x37E) || code == 0x200C || code == 0x200D ||
         (code >= 0x2070 && code <= 0x218F) || (code >= 0x2C00 && code <= 0x2FEF) ||
         (code >= 0x3001 && code <= 0xD7FF) || (code >= 0xF900 && code <= 0xFDCF) ||
         (code >= 0xFDF0 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0xEFFFF);
}
constexpr bool is_high_name(std::uint32_t code) {
  return is_high_name_start(code) || code == 0xB7 || (code >= 0x300 && code <= 0x36F) || code == 0x203F ||
         code == 0x2040;
}

/// Code point and length of the sequence at the start of a valid, not empty UTF-8 text.
struct CodePoint {
  std::uint32_t value;
  std::uint32_t length;
};
constexpr CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0x80u;
  };
  if (byte(0) < 0x80) return {byte(0), 1};
  if (byte(0) < 0xE0) return {(byte(0) & 0x1F) << 6 | (byte(1) & 0x3F), 2};
  if (byte(0) < 0xF0) return {(byte(0) & 0xF) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F), 3};
  return {(byte(0) & 0x7) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F), 4};
}

}  // namespace weir::formats
