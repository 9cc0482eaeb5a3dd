// Numbers, texts, temporal literals, and what stands in parentheses and brackets: expressions, lists and
// ranges.
#include <fmt/core.h>

#include <algorithm>

#include "core/feel/builtins/unicode.hpp"
#include "core/feel/parser_state.hpp"

namespace weir::feel {

namespace {

bool read_hex(std::string_view text, std::size_t at, std::size_t count, std::uint32_t& code) {
  if (at + count > text.size()) return false;
  code = 0;
  for (const char c : text.substr(at, count)) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return false;
    code = code << 4 | static_cast<std::uint32_t>(digit);
  }
  return true;
}

}  // namespace

bool unescape(std::string_view token, std::string& out) {
  const std::string_view inside = token.substr(1, token.size() - 2);
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] != '\\') {
      out += inside[i];
      continue;
    }
    if (++i == inside.size()) return false;
    switch (inside[i]) {
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case '"':
      case '\'':
      case '\\':
        out += inside[i];
        break;
      case 'u':
      case 'U': {
        const std::size_t digits = inside[i] == 'u' ? 4 : 6;
        std::uint32_t code = 0;
        if (!read_hex(inside, i + 1, digits, code)) return false;
        i += digits;
        std::uint32_t low = 0;
        if (code >= 0xD800 && code < 0xDC00 && inside.substr(i + 1, 2) == "\\u" &&
            read_hex(inside, i + 3, 4, low) && low >= 0xDC00 && low < 0xE000) {
          code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
          i += 6;
        }
        if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return false;
        append_code_point(out, code);
        break;
      }
      default:  // not an escape of the grammar: kept as written (regular expressions rely on it)
        out += '\\';
        out += inside[i];
    }
  }
  return true;
}

const Node* Parser::number_literal() {
  const std::uint32_t begin = token_.begin;
  const auto number = value::Decimal::parse(token_.text);
  if (!number) return fail(fmt::format("the number {} is too large", found()));
  advance();
  return literal(Value::number(*number, arena_), begin);
}

const Node* Parser::string_literal() {
  const std::uint32_t begin = token_.begin;
  std::string text;
  if (!unescape(token_.text, text)) return fail(fmt::format("wrong escape in the text {}", found()));
  advance();
  return literal(Value::string(text, arena_), begin);
}

const Node* Parser::temporal_literal() {
  const std::uint32_t begin = token_.begin;
  std::string text;
  unescape(token_.text, text);
  Value parsed;
  if (const auto date = value::parse_date(text)) {
    parsed = Value::date(*date);
  } else if (const auto moment = value::parse_date_time(text)) {
    parsed = Value::date_time(*moment);
  } else if (const auto time = value::parse_time(text)) {
    parsed = Value::time(*time);
  } else if (const auto period = value::parse_period(text);
             period && !(period->has_years_months && period->has_days_time)) {
    parsed =
        period->has_years_months ? Value::duration(period->years_months) : Value::duration(period->days_time);
  } else {
    advance();
    Node* node = make(NodeKind::literal, begin);  // null at run time, as the specification has it
    Diagnostic& made = diagnostics_.warning(
        "feel-temporal-literal", fmt::format("@\"{}\" is no date, time or duration: its value is null", text),
        options_.place.at(begin, last_end_), std::string(options_.place.element));
    made.group = "feel";
    return done(node);
  }
  advance();
  return literal(parsed, begin);
}

const Node* Parser::parenthesis() {
  const std::uint32_t begin = token_.begin;
  const Token next = after_current();
  if (is_comparison(next.kind)) return comparison_range();
  advance();
  const bool outer_range_end = in_range_end_;
  in_range_end_ = false;
  const Result inside = expression();
  in_range_end_ = outer_range_end;
  if (inside == nullptr) return nullptr;
  if (at(TokenKind::dots)) return range_end(inside, begin, false);
  if (!expect(TokenKind::close_parenthesis, "')'")) return nullptr;
  return inside;
}

const Node* Parser::bracket() {
  const std::uint32_t begin = token_.begin;
  const bool closed = at(TokenKind::open_bracket);
  advance();
  const bool outer_range_end = in_range_end_;
  in_range_end_ = false;
  std::vector<Result> items;
  while (closed ? !at(TokenKind::close_bracket) : items.empty()) {
    const Result item = expression();
    if (item == nullptr) return nullptr;
    if (items.empty() && at(TokenKind::dots)) {
      in_range_end_ = outer_range_end;
      return range_end(item, begin, closed);
    }
    items.push_back(item);
    if (!accept(TokenKind::comma)) break;
  }
  in_range_end_ = outer_range_end;
  if (!closed)
    return fail_at(begin, begin + 1, "']' here opens a range such as ]1..5], but there is no '..'");
  if (!expect(TokenKind::close_bracket, "']' or ','")) return nullptr;
  Node* node = make(NodeKind::list, begin);
  node->items = stored(items);
  return done(node);
}

const Node* Parser::range_end(Result low, std::uint32_t begin, bool closed) {
  advance();  // ..
  const bool outer_range_end = in_range_end_;
  in_range_end_ = true;
  const Result high = expression();
  in_range_end_ = outer_range_end;
  if (high == nullptr) return nullptr;
  Node* node = make(NodeKind::range, begin);
  node->left = low;
  node->right = high;
  if (closed) node->flags |= low_closed;
  if (at(TokenKind::close_bracket)) node->flags |= high_closed;
  if (!accept(TokenKind::close_bracket) && !accept(TokenKind::close_parenthesis) &&
      !accept(TokenKind::open_bracket))
    return fail(fmt::format("expected ']', ')' or '[' at the end of the range before {}", found()));
  return done(node);
}

}  // namespace weir::feel
