// Texts of users on terminals: names and source lines come from files that nobody trusts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weir {

/// UTF-8 that cannot move a cursor, change colours or reorder what is around it: control characters (C0, C1,
/// DEL), line and paragraph separators and bidirectional controls become \u{1b}; bytes that are no UTF-8
/// become U+FFFD; a tab becomes a blank. With `keep_lines`, line feeds stay.
std::string printable(std::string_view text, bool keep_lines = false);

/// Columns a terminal needs for a text that is printable: wide East Asian characters and emoji count two,
/// combining marks none.
std::size_t display_width(std::string_view text);

}  // namespace weir
