// FEEL text -> tokens (DMN 1.5 section 10.3.1.2, rules 28 to 35 and 61 to 66). Keywords are names here: only
// the parser knows where `and` is an operator and where it is part of "date and time".
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::feel {

enum class TokenKind : std::uint8_t {
  end,
  number,
  string,       // with its quotes
  temporal,     // @"..." : text is the string with its quotes
  name,         // one word
  quoted_name,  // `a b`, text without the backticks
  plus,
  minus,
  star,
  power,  // **
  slash,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  open_parenthesis,
  close_parenthesis,
  open_bracket,
  close_bracket,
  open_brace,
  close_brace,
  comma,
  colon,
  dot,
  dots,     // ..
  arrow,    // ->
  invalid,  // a character no token begins with, an unterminated string or comment
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string_view text;
};

/// The token at or after `offset`; white space and comments are skipped.
Token next_token(std::string_view source, std::uint32_t offset);
/// May stand inside a name (letters, digits, underscore, everything beyond ASCII that is no space).
bool is_name_part(unsigned char byte);
/// Bytes of the white space character at the offset, 0 when there is none.
std::size_t space_length(std::string_view source, std::size_t offset);

}  // namespace weir::feel
