// The one JSON writer. Calls nest as the JSON does:
//   json.begin_object().key("files").number(3).key("findings").begin_array() ... .end_array().end_object();
#pragma once

#include <cstdint>
#include <cstring>
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
  /// A name in the source: plain ASCII.
  template <std::size_t size>
  Writer& key(const char (&name)[size]) {
    char* to = next(size + 4);
    *to = '"';
    std::memcpy(to + 1, name, size - 1);
    std::memcpy(to + size, "\": ", 3);
    size_ += size + (pretty_ ? 3 : 2);
    return *this;
  }
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
  /// JSON that was written before, from within an object or array: as it is.
  Writer& again(std::string_view written) {
    std::memcpy(room(written.size()), written.data(), written.size());
    size_ += written.size();
    return *this;
  }
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
  Writer& begin(char bracket) {
    *next(1) = bracket;
    ++size_;
    ++depth_;
    return *this;
  }
  Writer& end(char bracket) {
    --depth_;
    if (pretty_) break_before_end();
    *room(1) = bracket;
    ++size_;
    return *this;
  }
  /// Room for so many bytes more.
  char* room(std::size_t bytes) {
    if (space_ - size_ < bytes) grow(bytes);
    return bytes_.get() + size_;
  }
  void grow(std::size_t bytes);
  /// Where the next value or key of that many bytes goes. Whether a comma is due is seen from the last byte:
  /// only what has just begun, or a key, ends in one of '{', '[', ':' and a blank, since texts end with their
  /// quote.
  char* next(std::size_t bytes) {
    char* to = room(bytes + 1);
    if (size_ == 0) return to;
    const char last = to[-1];
    if (last == ':' || last == ' ') return to;
    if (last != '{' && last != '[') {
      *to++ = ',';
      ++size_;
    }
    if (!pretty_) return to;
    break_line();
    return room(bytes);
  }
  void break_before_end();
  void break_line();
  void quote(std::string_view text);

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0, space_ = 0, depth_ = 0;
  bool pretty_;
};

}  // namespace weir::formats::json
