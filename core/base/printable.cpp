// One decoder for both questions. It refuses what RFC 3629 refuses: overlong forms, surrogates, values above
// U+10FFFF.
#include "core/base/printable.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace weir {

namespace {

struct Decoded {
  std::uint32_t code_point;
  std::size_t length;  // bytes used, at least 1
  bool valid;
};

Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t lead = byte(at);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return {0xFFFD, 1, false};
  std::uint32_t value = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0u) != 0x80u) return {0xFFFD, 1, false};
    value = value << 6 | (byte(at + i) & 0x3Fu);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {0xFFFD, 1, false};
  return {value, length, true};
}

bool disturbs(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

struct Block {
  std::uint32_t first, last;
};

// Ranges of Unicode's East Asian Width W and F, joined where only unassigned characters lie between.
constexpr std::array wide_blocks{
    Block{0x1100, 0x115F},   Block{0x231A, 0x231B},   Block{0x23E9, 0x23EC},   Block{0x2E80, 0x303E},
    Block{0x3041, 0x33FF},   Block{0x3400, 0x4DBF},   Block{0x4E00, 0x9FFF},   Block{0xA000, 0xA4CF},
    Block{0xA960, 0xA97F},   Block{0xAC00, 0xD7A3},   Block{0xF900, 0xFAFF},   Block{0xFE30, 0xFE6F},
    Block{0xFF00, 0xFF60},   Block{0xFFE0, 0xFFE6},   Block{0x1F300, 0x1F64F}, Block{0x1F680, 0x1F6FF},
    Block{0x1F900, 0x1F9FF}, Block{0x20000, 0x3FFFD},
};
constexpr std::array combining_blocks{
    Block{0x0300, 0x036F}, Block{0x0483, 0x0489}, Block{0x0591, 0x05BD}, Block{0x064B, 0x065F},
    Block{0x1AB0, 0x1AFF}, Block{0x1DC0, 0x1DFF}, Block{0x200B, 0x200D}, Block{0x20D0, 0x20FF},
    Block{0xFE00, 0xFE0F}, Block{0xFE20, 0xFE2F},
};

template <class Blocks>
bool inside(const Blocks& blocks, std::uint32_t c) {
  return std::any_of(blocks.begin(), blocks.end(),
                     [&](Block block) { return c >= block.first && c <= block.last; });
}

void append_escape(std::string& out, std::uint32_t c) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\u{";
  for (int shift = c > 0xFF ? (c > 0xFFF ? 12 : 8) : 4; shift >= 0; shift -= 4)
    out += digits[c >> shift & 0xF];
  out += '}';
}

}  // namespace

std::string printable(std::string_view text, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Decoded at = decode(text, i);
    if (!at.valid)
      out += "\xEF\xBF\xBD";
    else if (at.code_point == '\t')
      out += ' ';
    else if (disturbs(at.code_point) && !(keep_lines && at.code_point == '\n'))
      append_escape(out, at.code_point);
    else
      out += text.substr(i, at.length);
    i += at.length;
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Decoded at = decode(text, i);
    const std::uint32_t c = at.code_point;
    width += c < 0x300 ? 1 : inside(combining_blocks, c) ? 0 : inside(wide_blocks, c) ? 2 : 1;
    i += at.length;
  }
  return width;
}

}  // namespace weir
