// Hand-written, one character of look-ahead. Bytes beyond ASCII are name characters unless they encode one of
// Unicode's spaces; that accepts every name of the specification's grammar (its ranges reach U+EFFFF) and a
// little more.
#include "core/feel/lexer.hpp"

#include <array>

namespace weir::feel {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// U+0085, U+00A0, U+1680, U+180E, U+2000..200B, U+2028, U+2029, U+202F, U+205F, U+3000, U+FEFF.
std::size_t unicode_space(std::string_view rest) {
  const auto byte = [&](std::size_t i) { return i < rest.size() ? static_cast<unsigned char>(rest[i]) : 0u; };
  if (byte(0) == 0xC2 && (byte(1) == 0x85 || byte(1) == 0xA0)) return 2;
  const unsigned code = byte(0) << 16 | byte(1) << 8 | byte(2);
  if (code >= 0xE28080 && code <= 0xE2808B) return 3;
  constexpr std::array<unsigned, 8> others{0xE19A80, 0xE1A08E, 0xE280A8, 0xE280A9,
                                           0xE280AF, 0xE2819F, 0xE38080, 0xEFBBBF};
  for (const unsigned other : others)
    if (code == other) return 3;
  return 0;
}

}  // namespace

bool is_name_part(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
         byte == '_' || byte == '?' || byte >= 0x80;
}

std::size_t space_length(std::string_view source, std::size_t offset) {
  const char c = source[offset];
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  return (c & 0x80) != 0 ? unicode_space(source.substr(offset)) : 0;
}

Token next_token(std::string_view source, std::uint32_t offset) {
  std::size_t at = offset;
  const auto peek = [&](std::size_t ahead = 0) {
    return at + ahead < source.size() ? source[at + ahead] : '\0';
  };
  const auto token = [&](TokenKind kind, std::size_t begin, std::size_t end) {
    return Token{kind, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                 source.substr(begin, end - begin)};
  };
  for (;;) {  // white space and comments
    if (at >= source.size()) return token(TokenKind::end, source.size(), source.size());
    if (const std::size_t space = space_length(source, at); space != 0) {
      at += space;
    } else if (peek() == '/' && peek(1) == '/') {
      while (at < source.size() && source[at] != '\n') ++at;
    } else if (peek() == '/' && peek(1) == '*') {
      const std::size_t close = source.find("*/", at + 2);
      if (close == std::string_view::npos) return token(TokenKind::invalid, at, source.size());
      at = close + 2;
    } else {
      break;
    }
  }
  const std::size_t begin = at;
  const char c = peek();
  if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
    while (is_digit(peek())) ++at;
    if (peek() == '.' && is_digit(peek(1))) {
      ++at;
      while (is_digit(peek())) ++at;
    }
    if (peek() == 'e' || peek() == 'E') {
      const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (is_digit(peek(1 + sign))) {
        at += 1 + sign;
        while (is_digit(peek())) ++at;
      }
    }
    return token(TokenKind::number, begin, at);
  }
  if (c == '"' || (c == '@' && peek(1) == '"')) {
    const std::size_t open = c == '@' ? at + 1 : at;
    for (at = open + 1; at < source.size(); ++at) {
      if (source[at] == '\\') {
        ++at;
      } else if (source[at] == '"') {
        Token found = token(c == '@' ? TokenKind::temporal : TokenKind::string, open, at + 1);
        found.begin = static_cast<std::uint32_t>(begin);
        return found;
      }
    }
    return token(TokenKind::invalid, begin, source.size());
  }
  if (c == '`') {
    const std::size_t close = source.find('`', at + 1);
    if (close == std::string_view::npos) return token(TokenKind::invalid, begin, source.size());
    Token found = token(TokenKind::quoted_name, begin, close + 1);
    found.text = source.substr(begin + 1, close - begin - 1);
    return found;
  }
  if (is_name_part(static_cast<unsigned char>(c))) {
    while (at < source.size() && is_name_part(static_cast<unsigned char>(source[at])) &&
           space_length(source, at) == 0)
      ++at;
    return token(TokenKind::name, begin, at);
  }
  const auto two = [&](char second, TokenKind long_kind, TokenKind short_kind) {
    return peek(1) == second ? token(long_kind, begin, at + 2) : token(short_kind, begin, at + 1);
  };
  switch (c) {
    case '+':
      return token(TokenKind::plus, begin, at + 1);
    case '-':
      return two('>', TokenKind::arrow, TokenKind::minus);
    case '*':
      return two('*', TokenKind::power, TokenKind::star);
    case '/':
      return token(TokenKind::slash, begin, at + 1);
    case '=':
      return token(TokenKind::equal, begin, at + 1);
    case '!':
      return two('=', TokenKind::not_equal, TokenKind::invalid);
    case '<':
      return two('=', TokenKind::less_equal, TokenKind::less);
    case '>':
      return two('=', TokenKind::greater_equal, TokenKind::greater);
    case '(':
      return token(TokenKind::open_parenthesis, begin, at + 1);
    case ')':
      return token(TokenKind::close_parenthesis, begin, at + 1);
    case '[':
      return token(TokenKind::open_bracket, begin, at + 1);
    case ']':
      return token(TokenKind::close_bracket, begin, at + 1);
    case '{':
      return token(TokenKind::open_brace, begin, at + 1);
    case '}':
      return token(TokenKind::close_brace, begin, at + 1);
    case ',':
      return token(TokenKind::comma, begin, at + 1);
    case ':':
      return token(TokenKind::colon, begin, at + 1);
    case '.':
      return two('.', TokenKind::dots, TokenKind::dot);
    default:
      return token(TokenKind::invalid, begin, at + 1);
  }
}

}  // namespace weir::feel
