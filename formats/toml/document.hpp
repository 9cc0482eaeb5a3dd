// A TOML text as a tree in source order, with the place of every key and value. toml++ sorts its tables by
// key and counts columns; everything after this file knows neither.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/span.hpp"

namespace weir::formats::toml {

struct Entry;

struct Value {
  enum class Kind : std::uint8_t { table, array, string, integer, number, boolean, date, time, date_time };
  Kind kind = Kind::table;
  bool in_header = false;  // a table written as [x] or [[x]], or an array of such tables
  bool boolean = false;
  std::int64_t integer = 0;
  double number = 0;           // of integers too
  std::string text;            // strings: the content; dates, times and numbers: as written
  std::vector<Entry> entries;  // of a table, in source order
  std::vector<Value> items;    // of an array
  Span span;                   // quotes and brackets included; the header of a table that has one
  Span content;                // strings: between the quotes

  [[nodiscard]] bool is_table() const { return kind == Kind::table; }
  [[nodiscard]] bool is_array() const { return kind == Kind::array; }
  [[nodiscard]] bool is_string() const { return kind == Kind::string; }
  [[nodiscard]] bool is_number() const { return kind == Kind::integer || kind == Kind::number; }
  /// The entry of a table with this key, or null. O(entries).
  [[nodiscard]] const Entry* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Span key_span;
  Value value;
};

/// "a table", "text", "a number" ...: what a value is, for messages.
std::string_view kind_words(const Value& value);

/// Parses a text that is UTF-8. Nothing recurses deeper than `deepest_nesting`. False when it is no TOML:
/// then there is at least one `toml-syntax`, `toml-limit` or `duplicate-key` error, at most one per section.
/// TOML 1.1's line breaks and comments inside inline tables are accepted.
bool parse(std::string_view text, FileId file, Value& root, Diagnostics& diagnostics);

/// Tables within tables or arrays, parts of dotted keys and headers included.
inline constexpr std::size_t deepest_nesting = 100;
inline constexpr std::size_t longest_string = std::size_t{1} << 20;
inline constexpr std::size_t most_bytes = std::size_t{16} << 20;
/// Headers and dotted keys: toml++ looks each up in a list of all.
inline constexpr std::size_t most_dotted_keys = 100'000;

}  // namespace weir::formats::toml
