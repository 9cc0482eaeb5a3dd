// The one JSON writer. RapidJSON inside, seen by nobody else. Calls nest as the JSON does:
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
  explicit Writer(Style style = Style::compact);
  ~Writer();
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
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
  Writer& boolean(bool value);
  Writer& null();

  /// Forgets what was written and keeps the memory, for the next text.
  void clear();
  /// What was written so far; complete when all objects and arrays are closed.
  [[nodiscard]] std::string_view text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace weir::formats::json
