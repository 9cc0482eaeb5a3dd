// FEEL text -> tree (DMN 1.5 section 10.3.1.2). Operator precedence parsing over the lexer's tokens; names
// are resolved on the way.
#pragma once

#include <span>
#include <string_view>

#include "core/base/diagnostic.hpp"
#include "core/feel/syntax.hpp"

namespace weir::feel {

/// Where a text stands in a file, so that places inside it become spans.
struct Place {
  Span span;                 // of the whole text
  std::string_view text;     // to see whether offsets map one to one
  std::string_view element;  // for Diagnostic::element

  [[nodiscard]] Span at(std::uint32_t begin, std::uint32_t end) const {
    if (!span.known() || span.end - span.begin != text.size()) return span;
    return {span.file, span.begin + begin, span.begin + end};
  }
};

/// A type that has a name outside of FEEL: an item definition.
struct NamedType {
  std::string_view name;
  const Type* type;
};

struct ParseOptions {
  /// Names of variables and of entries of their contexts; only those of several words are needed.
  std::span<const std::string_view> names;
  std::span<const NamedType> types;
  Place place;
  /// Unary tests: the input's slot is 0.
  bool unary_tests = false;
};

struct Parsed {
  const Node* root = nullptr;  // null: a diagnostic says why
  std::uint32_t frame_size = 0;
};

/// Nesting of parentheses, brackets and functions that is accepted.
inline constexpr int max_nesting = 500;
/// Height of a tree, operators in a row included.
inline constexpr int max_height = 2000;

/// The text must live as long as the arena.
Parsed parse(std::string_view text, const ParseOptions& options, Arena& arena, Diagnostics& diagnostics);

}  // namespace weir::feel
