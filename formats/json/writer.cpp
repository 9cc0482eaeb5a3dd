#include "formats/json/writer.hpp"

#include <rapidjson/internal/dtoa.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace weir::formats::json {

namespace {

constexpr std::size_t indent = 2;
constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Length of the well-formed UTF-8 sequence at `at`, 0 when it is malformed.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  std::size_t length = 1;
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF)
    length = 2;
  else if (lead >= 0xE0 && lead <= 0xEF)
    length = 3;
  else if (lead >= 0xF0 && lead <= 0xF4)
    length = 4;
  else
    return 0;
  if (at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xC0u) != 0x80u) return 0;
  const unsigned char second = byte(at + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second >= 0xA0;
  const bool beyond = lead == 0xF4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}

/// Whether one of eight bytes is no printable ASCII, a quote or a backslash.
bool has_special(std::uint64_t bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
  const auto zero_in = [&](std::uint64_t word) { return (word - ones) & ~word; };
  const std::uint64_t below_blank = (bytes - ones * 0x20u) & ~bytes;
  return ((bytes | below_blank | zero_in(bytes ^ (ones * '"')) | zero_in(bytes ^ (ones * '\\'))) & highs) !=
         0;
}

bool is_special(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte >= 0x80 || c == '"' || c == '\\';
}

template <class Word>
Word load(const char* from) {
  Word word = 0;
  std::memcpy(&word, from, sizeof word);
  return word;
}

/// Copies a text in which nothing is special, nearly all; false: something is.
bool copy_plain(char* to, std::string_view text) {
  const std::size_t size = text.size();
  const char* from = text.data();
  if (size >= 8) {
    // The last word overlaps the one before.
    for (std::size_t at = 0;; at = std::min(at + 8, size - 8)) {
      const auto word = load<std::uint64_t>(from + at);
      if (has_special(word)) return false;
      std::memcpy(to + at, &word, 8);
      if (at == size - 8) return true;
    }
  }
  if (size >= 4) {
    const auto first = load<std::uint32_t>(from), last = load<std::uint32_t>(from + size - 4);
    if (has_special(first | std::uint64_t{last} << 32u)) return false;
    std::memcpy(to, &first, 4);
    std::memcpy(to + size - 4, &last, 4);
    return true;
  }
  for (std::size_t at = 0; at < size; ++at) {
    if (is_special(from[at])) return false;
    to[at] = from[at];
  }
  return true;
}

char* put(char* to, std::string_view text) {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

/// The escape of a byte below 0x80.
char* put_escaped(char* to, char c) {
  constexpr std::string_view letters = "btn fr", digits = "0123456789ABCDEF";
  *to++ = '\\';
  if (c == '"' || c == '\\') {
    *to++ = c;
  } else if (c >= '\b' && c <= '\r' && c != '\v') {
    *to++ = letters[static_cast<std::size_t>(c - '\b')];
  } else {
    to = put(to, "u00");
    *to++ = digits[static_cast<unsigned char>(c) >> 4u];
    *to++ = digits[static_cast<unsigned char>(c) & 15u];
  }
  return to;
}

char* put_text(char* to, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (!is_special(c)) {
      *to++ = c;
      ++at;
    } else if (static_cast<unsigned char>(c) < 0x80) {
      to = put_escaped(to, c);
      ++at;
    } else if (const std::size_t length = sequence_length(text, at); length > 0) {
      to = put(to, text.substr(at, length));
      at += length;
    } else {
      to = put(to, replacement);
      ++at;
    }
  }
  return to;
}

}  // namespace

void Writer::grow(std::size_t bytes) {
  space_ = std::max({size_ + bytes, 2 * space_, std::size_t{512}});
  std::unique_ptr<char[]> larger(new char[space_]);
  if (size_ > 0) std::memcpy(larger.get(), bytes_.get(), size_);
  bytes_ = std::move(larger);
}

void Writer::break_line() {
  char* to = room(1 + indent * depth_);
  *to = '\n';
  std::memset(to + 1, ' ', indent * depth_);
  size_ += 1 + indent * depth_;
}

void Writer::break_before_end() {
  const char last = bytes_[size_ - 1];
  if (last != '{' && last != '[') break_line();
}

void Writer::quote(std::string_view text) {
  char* to = next(6 * text.size() + 4);  // the longest escape, the quotes and ": "
  *to++ = '"';
  to = copy_plain(to, text) ? to + text.size() : put_text(to, text);
  *to++ = '"';
  size_ = static_cast<std::size_t>(to - bytes_.get());
}

Writer& Writer::key(std::string_view name) {
  quote(name);
  char* to = room(2);
  to[0] = ':';
  to[1] = ' ';
  size_ += pretty_ ? 2 : 1;
  return *this;
}

Writer& Writer::string(std::string_view text) {
  quote(text);
  return *this;
}

Writer& Writer::number(std::int64_t value) {
  char* to = next(20);
  size_ += static_cast<std::size_t>(std::to_chars(to, to + 20, value).ptr - to);
  return *this;
}

Writer& Writer::number(std::uint64_t value) {
  char* to = next(20);
  size_ += static_cast<std::size_t>(std::to_chars(to, to + 20, value).ptr - to);
  return *this;
}

Writer& Writer::number(double value) {
  if (!std::isfinite(value)) return null();
  char* to = next(25);
  size_ += static_cast<std::size_t>(rapidjson::internal::dtoa(value, to) - to);
  return *this;
}

Writer& Writer::raw_number(std::string_view digits) {
  put(next(digits.size()), digits);
  size_ += digits.size();
  return *this;
}

}  // namespace weir::formats::json
