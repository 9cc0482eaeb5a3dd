// Camunda's functions for texts that other programs read: base64 (RFC 4648), UUIDs (RFC 9562, version 4),
// JSON.
#include <fmt/format.h>

#include <array>

#include "core/feel/builtins/arguments.hpp"
#include "core/feel/builtins/functions.hpp"
#include "core/feel/builtins/unicode.hpp"
#include "core/feel/json.hpp"

namespace weir::feel::functions {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Decoding and encoding again gives the same bytes: wrong ones do not survive it.
bool is_utf8(std::string_view text) {
  std::string again;
  for (std::size_t at = 0; at < text.size();) append_code_point(again, next_code_point(text, at));
  return again == text;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  if (text.size() % 4 != 0) return std::nullopt;
  while (text.ends_with('=') && count++ < 2) text.remove_suffix(1);
  count = 0;
  for (const char c : text) {
    const std::size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xffffffu;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xffu);
  }
  return out;
}

}  // namespace

Value to_base64(const Call& call) {
  const Value* given = argument(call, 0, Kind::string);
  if (given == nullptr) return refuse(call, 0);
  const std::string_view text = given->text();
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += 3) {
    const auto byte = [&](std::size_t i) {
      return at + i < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i])) : 0u;
    };
    const std::uint32_t bits = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (std::size_t i = 0; i < 4; ++i)
      out += at + i > text.size() ? '=' : alphabet[bits >> (18 - 6 * i) & 63u];
  }
  return text_value(call, out);
}

Value from_base64(const Call& call) {
  const Value* given = argument(call, 0, Kind::string);
  const auto text = given != nullptr ? decoded(given->text()) : std::nullopt;
  if (!text || !is_utf8(*text)) return refuse(call, 0);
  return text_value(call, *text);
}

/// From the random numbers of the workspace, so that a run can be repeated.
Value uuid(const Call& call) {
  const std::uint64_t high = call.evaluator.workspace().random_bits();
  const std::uint64_t low = call.evaluator.workspace().random_bits();
  return text_value(call,
                    fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xffffu,
                                high & 0xfffu, (low >> 48 & 0x3fffu) | 0x8000u, low & 0xffffffffffffu));
}

Value from_json(const Call& call) {
  const Value* given = argument(call, 0, Kind::string);
  if (given == nullptr || feel::json().read == nullptr) return refuse(call, 0);
  Arena& arena = call.evaluator.arena();
  const Result<Value> read = feel::json().read(arena.copy(given->text()), arena);
  return read ? *read : refuse(call, 0);
}

Value to_json(const Call& call) {
  if (feel::json().write == nullptr) return refuse(call, 0);
  return text_value(call, feel::json().write(call.arguments[0]));
}

}  // namespace weir::feel::functions

namespace weir::feel {

namespace {

Json& known_json() {
  static Json json;
  return json;
}

}  // namespace

void use_json(const Json& json) {
  known_json() = json;
}

const Json& json() {
  return known_json();
}

}  // namespace weir::feel
