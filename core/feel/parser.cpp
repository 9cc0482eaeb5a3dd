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

}  // namespace

bool is_reserved(std::string_view word) {
  constexpr auto words = std::to_array<std::string_view>(
      {"and", "between", "else", "every", "external", "false", "for", "function", "if", "in", "instance",
       "null", "or", "return", "satisfies", "some", "then", "true"});
  return std::binary_search(words.begin(), words.end(), word);
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
  const bool second = token_.begin > 0 && text_[token_.begin - 1] == '=' && rest.starts_with('=');
  if (second || rest.starts_with("==")) {
    const std::uint32_t first = token_.begin - (second ? 1 : 0);
    return fail_at(first, first + 2, "'==' is not FEEL: equality is written '='");
  }
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

}  // namespace weir::feel
