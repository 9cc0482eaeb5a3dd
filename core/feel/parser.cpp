// Precedences, loosest first: or, and, comparison (also between, in), + -, * /, **, unary minus, instance of,
// then paths, filters and calls. `a or b or c` becomes one node with three items, so that long chains stay
// flat. The first error ends parsing: what follows a wrong token is guesswork in a language in which names
// contain anything.
#include "core/feel/parser.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "core/feel/parser_state.hpp"

namespace weir::feel {

namespace {

struct Infix {
  int precedence = 0;
  Operator op = Operator::none;
};

constexpr int or_precedence = 1;
constexpr int and_precedence = 2;
constexpr int comparison_precedence = 3;
constexpr int additive_precedence = 4;
constexpr int multiplicative_precedence = 5;
constexpr int power_precedence = 6;
constexpr int negation_precedence = 7;
constexpr int instance_precedence = 8;

Infix infix_of(const Token& token) {
  switch (token.kind) {
    case TokenKind::plus:
      return {additive_precedence, Operator::add};
    case TokenKind::minus:
      return {additive_precedence, Operator::subtract};
    case TokenKind::star:
      return {multiplicative_precedence, Operator::multiply};
    case TokenKind::slash:
      return {multiplicative_precedence, Operator::divide};
    case TokenKind::power:
      return {power_precedence, Operator::power};
    case TokenKind::equal:
      return {comparison_precedence, Operator::equal};
    case TokenKind::not_equal:
      return {comparison_precedence, Operator::not_equal};
    case TokenKind::less:
      return {comparison_precedence, Operator::less};
    case TokenKind::less_equal:
      return {comparison_precedence, Operator::less_equal};
    case TokenKind::greater:
      return {comparison_precedence, Operator::greater};
    case TokenKind::greater_equal:
      return {comparison_precedence, Operator::greater_equal};
    case TokenKind::name:
      if (token.text == "or") return {or_precedence, Operator::none};
      if (token.text == "and") return {and_precedence, Operator::none};
      if (token.text == "between" || token.text == "in") return {comparison_precedence, Operator::none};
      if (token.text == "instance") return {instance_precedence, Operator::none};
      return {};
    default:
      return {};
  }
}

bool is_comparison(TokenKind kind) {
  return kind >= TokenKind::equal && kind <= TokenKind::greater_equal;
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

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

bool is_reserved(std::string_view word) {
  constexpr auto words = std::to_array<std::string_view>(
      {"and", "between", "else", "every", "external", "false", "for", "function", "if", "in", "instance",
       "null", "or", "return", "satisfies", "some", "then", "true"});
  return std::binary_search(words.begin(), words.end(), word);
}

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
        append_utf8(out, code);
        break;
      }
      default:  // not an escape of the grammar: kept as written (regular expressions rely on it)
        out += '\\';
        out += inside[i];
    }
  }
  return true;
}

Parsed parse(std::string_view text, const ParseOptions& options, Arena& arena, Diagnostics& diagnostics) {
  return Parser(text, options, arena, diagnostics).run();
}

Parser::Parser(std::string_view text, const ParseOptions& options, Arena& arena, Diagnostics& diagnostics)
    : text_(text), options_(options), arena_(arena), diagnostics_(diagnostics) {
  for (const std::string_view each : options.names) long_names_.add(each);
}

Parsed Parser::run() {
  advance_to(0);
  if (options_.unary_tests) {
    has_input_ = true;
    input_slot_ = scopes_.bind("?");
  }
  const Result root = options_.unary_tests ? unary_tests() : expression();
  if (root == nullptr) return {};
  if (!at(TokenKind::end)) {
    if (at(TokenKind::equal) && last_end_ == token_.begin)
      fail("'==' is not FEEL: equality is written '='");
    else
      no_operator();
    return {};
  }
  std::vector<Binding> none;
  return {root, scopes_.close_function(none)};
}

void Parser::no_operator() {
  const std::string_view rest = text_.substr(token_.begin);
  struct Foreign {
    std::string_view sign, advice;
  };
  for (const Foreign& each :
       {Foreign{"&&", "both at once is written 'and'"}, Foreign{"||", "one or the other is written 'or'"},
        Foreign{"%", "a remainder is written 'modulo(a, b)'"}})
    if (rest.starts_with(each.sign)) {
      fail_at(token_.begin, token_.begin + static_cast<std::uint32_t>(each.sign.size()),
              fmt::format("'{}' is not FEEL: {}", each.sign, each.advice));
      return;
    }
  const std::size_t before = text_.substr(0, token_.begin).find_last_not_of(" \t\r\n");
  if (before != std::string_view::npos && text_[before] == '?') {  // '?' may be part of a name
    const auto at = static_cast<std::uint32_t>(before);
    fail_at(at, at + 1, "'?' is not FEEL: a choice is written 'if ... then ... else ...'");
    return;
  }
  fail(fmt::format("{} does not belong here: the expression is complete before it", found()));
}

// ---- tokens

void Parser::advance_to(std::uint32_t offset) {
  last_end_ = offset;
  token_ = next_token(text_, offset);
}

bool Parser::accept(TokenKind kind) {
  if (!at(kind)) return false;
  advance();
  return true;
}

bool Parser::accept_word(std::string_view word) {
  if (!at_word(word)) return false;
  advance();
  return true;
}

bool Parser::expect(TokenKind kind, std::string_view what) {
  if (accept(kind)) return true;
  fail(fmt::format("expected {} before {}", what, found()));
  return false;
}

bool Parser::expect_word(std::string_view word, std::string_view form) {
  if (accept_word(word)) return true;
  fail(fmt::format("expected '{}' ({}) before {}", word, form, found()));
  return false;
}

std::string Parser::found() const {
  if (at(TokenKind::end)) return "the end";
  if (at(TokenKind::invalid)) {
    if (token_.text.front() == '"' || token_.text.front() == '@') return "a text without closing quote";
    if (token_.text.starts_with("/*")) return "a comment without end";
    if (token_.text.front() == '`') return "a name without closing backtick";
  }
  std::string_view shown = token_.text.substr(0, 40);
  return fmt::format("'{}'", shown);
}

std::nullptr_t Parser::fail(std::string message) {
  return fail_at(token_.begin, token_.end, std::move(message));
}

std::nullptr_t Parser::fail_at(std::uint32_t begin, std::uint32_t end, std::string message) {
  if (!failed_) {
    Diagnostic& made = diagnostics_.error("feel-syntax", std::move(message), options_.place.at(begin, end),
                                          std::string(options_.place.element));
    made.group = "feel";
  }
  failed_ = true;
  return nullptr;
}

// ---- nodes

Node* Parser::make(NodeKind kind, std::uint32_t begin) {
  Node* node = arena_.make(Node());
  node->kind = kind;
  node->begin = begin;
  return node;
}

const Node* Parser::done(Node* node) {
  node->end = last_end_;
  std::uint16_t below = 0;
  const auto count = [&](const Node* child) {
    if (child != nullptr) below = std::max(below, child->height);
  };
  count(node->left);
  count(node->right);
  for (const Node* item : node->items) count(item);
  node->height = static_cast<std::uint16_t>(below + 1);
  if (node->height > max_height)
    return fail_at(node->begin, node->end,
                   fmt::format("more than {} operators inside each other", max_height));
  return node;
}

Node* Parser::binary(NodeKind kind, Operator op, Result left, Result right) {
  Node* node = make(kind, left->begin);
  node->op = op;
  node->left = left;
  node->right = right;
  return node;
}

const Node* Parser::literal(const Value& value, std::uint32_t begin) {
  Node* node = make(NodeKind::literal, begin);
  node->value = value;
  return done(node);
}

std::span<const Node* const> Parser::stored(const std::vector<Result>& nodes) {
  return stored_array(nodes);
}

// ---- operators

const Node* Parser::operation(int lowest) {
  if (++nesting_ > max_nesting)
    return fail(fmt::format("more than {} levels inside each other", max_nesting));
  Result left = prefix();
  while (left != nullptr) {
    const Infix found_infix = infix_of(token_);
    if (found_infix.precedence <= lowest) break;
    left = infix(left, found_infix.precedence);
  }
  --nesting_;
  return left;
}

const Node* Parser::infix(Result left, int precedence) {
  const Token operator_token = token_;
  if (at_word("or")) return logic(left, NodeKind::logic_or, "or", precedence);
  if (at_word("and")) return logic(left, NodeKind::logic_and, "and", precedence);
  if (at_word("instance")) return instance_of(left);
  if (at_word("in")) return membership(left);
  if (at_word("between")) return between(left);
  advance();
  if (operator_token.kind == TokenKind::equal && at(TokenKind::equal))
    return fail_at(operator_token.begin, token_.end, "'==' is not FEEL: equality is written '='");
  const Result right = operation(precedence);
  if (right == nullptr) return nullptr;
  const NodeKind kind = precedence == comparison_precedence ? NodeKind::comparison : NodeKind::arithmetic;
  return done(binary(kind, infix_of(operator_token).op, left, right));
}

const Node* Parser::logic(Result left, NodeKind kind, std::string_view word, int precedence) {
  std::vector<Result> items{left};
  while (accept_word(word)) {
    const Result next = operation(precedence);
    if (next == nullptr) return nullptr;
    items.push_back(next);
  }
  Node* node = make(kind, left->begin);
  node->items = stored(items);
  return done(node);
}

const Node* Parser::prefix() {
  const std::uint32_t begin = token_.begin;
  Result operand = nullptr;
  switch (token_.kind) {
    case TokenKind::minus: {
      advance();
      const Result negated_operand = operation(negation_precedence - 1);
      if (negated_operand == nullptr) return nullptr;
      // -5 is a number, not an operation on one
      if (negated_operand->kind == NodeKind::literal && negated_operand->value.is(Kind::number))
        return literal(Value::number(-negated_operand->value.decimal(), arena_), begin);
      Node* node = make(NodeKind::negate, begin);
      node->left = negated_operand;
      return done(node);
    }
    case TokenKind::number:
      operand = number_literal();
      break;
    case TokenKind::string:
      operand = string_literal();
      break;
    case TokenKind::temporal:
      operand = temporal_literal();
      break;
    case TokenKind::open_parenthesis:
      operand = parenthesis();
      break;
    case TokenKind::open_bracket:
    case TokenKind::close_bracket:
      operand = bracket();
      break;
    case TokenKind::open_brace:
      operand = context();
      break;
    case TokenKind::name:
    case TokenKind::quoted_name:
      operand = name();
      break;
    default:
      return no_operand();
  }
  return operand == nullptr ? nullptr : postfix(operand);
}

/// What stands here is no FEEL; what other languages mean by it is said where it is known.
std::nullptr_t Parser::no_operand() {
  const std::string_view rest = text_.substr(token_.begin);
  if (rest.starts_with('\'')) {
    const std::size_t close = rest.find('\'', 1);
    const std::size_t length = close == std::string_view::npos ? 1 : close + 1;
    return fail_at(token_.begin, token_.begin + static_cast<std::uint32_t>(length),
                   "single quotes are not FEEL: texts stand in double quotes, names in none");
  }
  if (rest.starts_with('=') && token_.begin > 0 && text_[token_.begin - 1] == '=')
    return fail_at(token_.begin - 1, token_.begin + 1, "'==' is not FEEL: equality is written '='");
  if (rest.starts_with("${") || rest.starts_with("#{"))
    return fail_at(token_.begin, token_.begin + 2,
                   "'${...}' is JUEL, not FEEL: FEEL names variables as they are");
  if (rest.starts_with("!=")) return fail(fmt::format("expected an expression before {}", found()));
  if (rest.starts_with('!'))
    return fail_at(token_.begin, token_.begin + 1, "'!' is not FEEL: the opposite is written 'not(...)'");
  return fail(fmt::format("expected an expression before {}", found()));
}

bool Parser::bracket_closes_range() const {
  // In `]1..5[` the last bracket closes, unless something stands in it that can only be a filter.
  const Token next = after_current();
  switch (next.kind) {
    case TokenKind::number:
    case TokenKind::string:
    case TokenKind::temporal:
    case TokenKind::open_parenthesis:
    case TokenKind::open_bracket:
    case TokenKind::open_brace:
    case TokenKind::quoted_name:
      return false;
    case TokenKind::name:
      return is_reserved(next.text);
    default:
      return true;
  }
}

const Node* Parser::postfix(Result left) {
  while (left != nullptr) {
    if (at(TokenKind::dot)) {
      advance();
      const std::string_view entry = name_text();
      if (entry.empty())
        return fail(fmt::format("expected the name of an entry after '.' before {}", found()));
      Node* node = make(NodeKind::path, left->begin);
      node->left = left;
      node->key = stored_key(entry);
      left = done(node);
    } else if (at(TokenKind::open_bracket) && !(in_range_end_ && bracket_closes_range())) {
      advance();
      const bool outer_range_end = in_range_end_;
      in_range_end_ = false;
      const std::size_t mark = scopes_.mark();
      Node* node = make(NodeKind::filter, left->begin);
      node->left = left;
      node->slot = scopes_.bind_filter_item();
      node->right = expression();
      scopes_.drop_to(mark);
      in_range_end_ = outer_range_end;
      if (node->right == nullptr || !expect(TokenKind::close_bracket, "']'")) return nullptr;
      left = done(node);
    } else if (at(TokenKind::open_parenthesis) &&
               (left->kind == NodeKind::invoke || left->kind == NodeKind::call ||
                left->kind == NodeKind::path || left->kind == NodeKind::function ||
                left->kind == NodeKind::filter || left->kind == NodeKind::local ||
                left->kind == NodeKind::item_name)) {
      left = call(left, {}, left->begin);
    } else {
      break;
    }
  }
  return left;
}

// ---- names and calls

std::string_view Parser::name_text() {
  if (at(TokenKind::quoted_name)) {
    const std::string_view quoted = token_.text;
    advance();
    return quoted;
  }
  if (!at(TokenKind::name)) return {};
  std::uint32_t end = 0;
  std::string_view known = long_names_.match(text_, token_.begin, end);
  std::uint32_t other_end = 0;
  if (const std::string_view bound = scopes_.match(text_, token_.begin, other_end); other_end > end) {
    known = bound;
    end = other_end;
  }
  other_end = 0;
  if (const std::string_view builtin = match_builtin(text_, token_.begin, other_end); other_end > end) {
    known = builtin;
    end = other_end;
  }
  if (!known.empty()) {
    advance_to(end);
    return known;
  }
  const std::uint32_t begin = token_.begin;
  std::string_view first = token_.text;
  advance();
  if (!at(TokenKind::name) || is_reserved(token_.text)) return first;
  // Two words in a row can only be one unknown name.
  std::string joined(first);
  while (at(TokenKind::name) && !is_reserved(token_.text) && token_.begin > begin) {
    joined += ' ';
    joined += token_.text;
    advance();
  }
  return arena_.copy(joined);
}

const Node* Parser::name() {
  const std::uint32_t begin = token_.begin;
  if (at(TokenKind::name) && is_reserved(token_.text)) {
    std::uint32_t ignored = 0;
    const bool known_name =
        !long_names_.match(text_, begin, ignored).empty() || !scopes_.match(text_, begin, ignored).empty();
    if (!known_name) {
      if (accept_word("true")) return literal(Value::boolean(true), begin);
      if (accept_word("false")) return literal(Value::boolean(false), begin);
      if (accept_word("null")) return literal(Value{}, begin);
      if (at_word("if")) return choice();
      if (at_word("for")) return loop(Quantifier::collect);
      if (at_word("some")) return loop(Quantifier::some);
      if (at_word("every")) return loop(Quantifier::every);
      if (at_word("function")) return function();
      return fail(fmt::format("expected an expression before {}", found()));
    }
  }
  const bool quoted = at(TokenKind::quoted_name);
  const std::string_view text = name_text();
  if (at(TokenKind::open_parenthesis) && !quoted) return call(nullptr, text, begin);
  return resolved(text, begin, last_end_);
}

const Node* Parser::resolved(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  const LexicalScopes::Resolved found_name = scopes_.resolve(text);
  Node* node = make(found_name.bound.sort == Bound::Sort::none ? NodeKind::global : NodeKind::local, begin);
  node->end = end;
  if (node->kind == NodeKind::local) {
    node->slot = found_name.bound.slot;
    if (has_input_ && text == "?") input_used_ = true;
    if (text == "partial") partial_used_ = true;
  } else {
    node->key = stored_key(text);
  }
  for (std::size_t i = found_name.filter_items.size(); i-- > 0;) {
    Node* outer = make(NodeKind::item_name, begin);
    outer->end = end;
    outer->slot = found_name.filter_items[i];
    outer->key = stored_key(text);
    outer->left = node;
    outer->height = static_cast<std::uint16_t>(node->height + 1);
    node = outer;
  }
  return node;
}

const Node* Parser::call(Result callee, std::string_view text, std::uint32_t begin) {
  const std::uint32_t name_end = last_end_;
  advance();  // (
  const bool outer_range_end = in_range_end_;
  in_range_end_ = false;
  std::vector<Result> arguments;
  std::vector<Key> names;
  while (!at(TokenKind::close_parenthesis)) {
    // A parameter's name: words up to a colon.
    std::uint32_t ahead = token_.begin;
    Token look = token_;
    while (look.kind == TokenKind::name || look.kind == TokenKind::minus ||
           look.kind == TokenKind::quoted_name) {
      ahead = look.end;
      look = next_token(text_, look.end);
    }
    if (look.kind == TokenKind::colon && ahead > token_.begin) {
      std::string_view written = text_.substr(token_.begin, ahead - token_.begin);
      if (at(TokenKind::quoted_name)) written = token_.text;
      std::string normal;
      for (Token part = next_token(written, 0); part.kind != TokenKind::end;
           part = next_token(written, part.end)) {
        if (!normal.empty()) normal += ' ';
        normal += part.text;
      }
      names.push_back(stored_key(normal));
      advance_to(look.end);
    } else if (!names.empty()) {
      return fail("either all arguments are named or none");
    }
    const Result argument = expression();
    if (argument == nullptr) return nullptr;
    arguments.push_back(argument);
    if (!names.empty() && names.size() != arguments.size())
      return fail("either all arguments are named or none");
    if (!accept(TokenKind::comma)) break;
  }
  in_range_end_ = outer_range_end;
  if (!expect(TokenKind::close_parenthesis, "')' after the arguments")) return nullptr;
  if (callee == nullptr) {
    const LexicalScopes::Resolved known = scopes_.resolve(text);
    const bool variable =
        known.bound.sort != Bound::Sort::none ||
        std::find(options_.names.begin(), options_.names.end(), text) != options_.names.end();
    if (!variable && !find_builtins(text).empty()) return bind_arguments(text, begin, arguments, names);
    callee = resolved(text, begin, name_end);
  }
  Node* node = make(NodeKind::invoke, begin);
  node->left = callee;
  node->items = stored(arguments);
  node->names = stored_array(names);
  return done(node);
}

/// Chooses the signature by the names or the number of the arguments and puts them into its order.
const Node* Parser::bind_arguments(std::string_view text, std::uint32_t begin, std::vector<Result>& arguments,
                                   std::vector<Key>& names) {
  const Builtin* chosen = nullptr;
  const auto rows = find_builtins(text);
  for (const Builtin& row : rows) {
    const Arity wanted = arity(row);
    const std::size_t count = arguments.size();
    bool fits = count >= wanted.least && (count <= wanted.most || wanted.variadic);
    bool as_written = true;  // signatures may differ in the order of the same names only
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::size_t index = parameter_index(row, names[i].text());
      fits = fits && index != std::string_view::npos;
      as_written = as_written && index == i;
    }
    if (!fits || (chosen != nullptr && !as_written)) continue;
    chosen = &row;
    if (as_written) break;
  }
  Node* node = make(NodeKind::call, begin);
  node->builtin = chosen != nullptr ? chosen : &rows.front();
  if (chosen != nullptr && !names.empty()) {
    const Arity wanted = arity(*chosen);
    std::vector<Result> ordered(wanted.most, nullptr);
    for (std::size_t i = 0; i < names.size(); ++i) {
      Result& place = ordered[std::min(parameter_index(*chosen, names[i].text()), wanted.most - 1)];
      if (place != nullptr)
        return fail_at(begin, last_end_, fmt::format("parameter '{}' is given twice", names[i].text()));
      place = arguments[i];
    }
    while (!ordered.empty() && ordered.back() == nullptr) ordered.pop_back();
    for (std::size_t i = 0; i < ordered.size(); ++i) {
      if (ordered[i] != nullptr) continue;
      if (i < wanted.least) chosen = nullptr;
      ordered[i] = literal(Value{}, begin);
    }
    arguments = ordered;
  }
  if (chosen == nullptr) node->flags |= negated;  // evaluates to null, with a diagnostic
  node->items = stored(arguments);
  node->names = stored_array(names);
  return done(node);
}

// ---- literals and brackets

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
