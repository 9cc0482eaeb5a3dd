// The one JSON writer. Calls nest as the JSON does:
//   json.begin_object().key("files").number(3).key("findings").begin_array() ... .end_array().end_object();
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace weir::formats::json {

enum class Style : std::uint8_t { compact, pretty };  // pretty: two blanks per level

class Writer {
 public:
  explicit Writer(Style style = Style::compact) : pretty_(style == Style::pretty) {}

  Writer& begin_object() { return begin('{'); }
  Writer& end_object() { return end('}'); }
  Writer& begin_array() { return begin('['); }
  Writer& end_array() { return end(']'); }
  Writer& key(std::string_view name);
  /// UTF-8 text; invalid bytes are written as U+FFFD so that the output is always valid JSON.
  Writer& string(std::string_view text);
  Writer& number(std::int64_t value);
  Writer& number(std::uint64_t value);
  Writer& number(int value) { return number(static_cast<std::int64_t>(value)); }
  Writer& number(std::uint32_t value) { return number(static_cast<std::uint64_t>(value)); }
  /// Shortest text that reads back as the same double; null when it is not finite.
  Writer& number(double value);
  /// A number that is already text ("12.50"): written as it is.
  Writer& raw_number(std::string_view digits);
  Writer& boolean(bool value) { return raw_number(value ? "true" : "false"); }
  Writer& null() { return raw_number("null"); }

  /// Forgets what was written and keeps the memory, for the next text.
  void clear() {
    size_ = 0;
    depth_ = 0;
  }
  /// What was written so far; complete when all objects and arrays are closed.
  [[nodiscard]] std::string_view text() const { return {bytes_.get(), size_}; }

 private:
  Writer& begin(char bracket);
  Writer& end(char bracket);
  /// Room for so many bytes more.
  char* room(std::size_t bytes) {
    if (space_ - size_ < bytes) grow(bytes);
    return bytes_.get() + size_;
  }
  void grow(std::size_t bytes);
  char* next(std::size_t bytes);
  void break_line();
  void quote(std::string_view text);

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0, space_ = 0, depth_ = 0;
  bool pretty_;
};

}  // namespace weir::formats::json
