// JSON that people and other tools write: a tree whose every value and key knows its place in the text, for
// readers that report what is wrong. Infinity, -Infinity and NaN are accepted as numbers, as Python writes
// them.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/source_map.hpp"

namespace weir::formats::json {

enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
/// "null", "a boolean", "a number", ... for messages.
std::string_view kind_name(Kind kind);

class Document;

/// One value of a document, or nothing: looking into nothing gives nothing.
class Item {
 public:
  Item() = default;
  [[nodiscard]] bool exists() const { return document_ != nullptr; }
  explicit operator bool() const { return exists(); }
  /// null when it does not exist.
  [[nodiscard]] Kind kind() const;
  [[nodiscard]] bool is(Kind kind) const { return exists() && this->kind() == kind; }
  /// Content of a string, else the text as written.
  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] bool boolean() const;
  /// A number; also one written as a string.
  [[nodiscard]] std::optional<double> number() const;
  [[nodiscard]] Span span() const;
  /// Name under which it stands in its object, and where.
  [[nodiscard]] std::string_view key() const;
  [[nodiscard]] Span key_span() const;
  /// Entry of an object; of several with that name the last one.
  [[nodiscard]] Item operator[](std::string_view name) const;
  /// Elements of an array or entries of an object, in order.
  [[nodiscard]] std::vector<Item> items() const;
  [[nodiscard]] std::size_t size() const;

 private:
  friend class Document;
  Item(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
  const Document* document_ = nullptr;
  std::uint32_t index_ = 0;
};

class Document {
 public:
  /// Reads the text of a file; what is wrong with it goes to `diagnostics` and root() is nothing.
  Document(FileId file, const SourceMap& sources, Diagnostics& diagnostics);
  Document(const Document&) = delete;  // items point to it
  Document& operator=(const Document&) = delete;
  [[nodiscard]] Item root() const { return nodes_.empty() ? Item() : Item(this, 0); }

 private:
  friend class Item;
  friend struct DocumentBuilder;
  static constexpr std::uint32_t none = 0xffffffffu;
  struct Node {
    Kind kind = Kind::null;
    bool boolean = false;
    std::uint32_t first = none, next = none, size = 0;
    std::uint32_t begin = 0, end = 0, key_begin = 0, key_end = 0;
    std::string_view text, key;
  };
  FileId file_;
  std::vector<Node> nodes_;
  std::deque<std::string> texts_;  // decoded strings
};

}  // namespace weir::formats::json
