// The texts behind all spans: byte offset -> line, column and snippet.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/span.hpp"

namespace weir {

/// One-based line and column; the column counts Unicode code points, as editors show them.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

class SourceMap {
 public:
  // In the .cpp file: else every file that has one compiles all of this again.
  SourceMap();
  SourceMap(SourceMap&&) noexcept;
  SourceMap& operator=(SourceMap&&) noexcept;
  ~SourceMap();

  /// Adds a text (UTF-8) and returns its id. `name` is how messages call the file.
  FileId add(std::string name, std::string text);
  /// Name and text of a file that was added; empty for FileId::none.
  [[nodiscard]] std::string_view name(FileId file) const;
  [[nodiscard]] std::string_view text(FileId file) const;
  [[nodiscard]] std::size_t size() const { return files_.size(); }

  /// Position of a byte offset; offsets past the end give the end of the text.
  [[nodiscard]] Position position(FileId id, std::uint32_t offset) const;
  /// The line (1-based) without its line break; empty when there is none.
  [[nodiscard]] std::string_view line(FileId id, std::uint32_t number) const;
  /// The bytes a span covers.
  [[nodiscard]] std::string_view snippet(Span span) const;

 private:
  struct File {
    std::string name;
    std::string text;
    mutable std::vector<std::uint32_t> line_starts;          // built on first use
    mutable std::uint32_t last_offset = 0, last_column = 1;  // of position(): questions come in order
  };
  const std::vector<std::uint32_t>& line_starts(const File& file) const;
  std::deque<File> files_;  // a deque: texts must not move, spans of models point into them
};

}  // namespace weir
