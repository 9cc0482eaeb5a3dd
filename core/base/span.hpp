// Where something stands in the texts a command reads.
#pragma once

#include <cstdint>

namespace weir {

/// Number of a text in a SourceMap.
enum class FileId : std::uint32_t { none = 0xffffffffu };

/// A byte range [begin, end) of the UTF-8 text of one file.
struct Span {
  FileId file = FileId::none;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr bool known() const { return file != FileId::none; }
  friend constexpr bool operator==(const Span&, const Span&) = default;
};

}  // namespace weir
