// Operator precedence as in JSR 245 section 1.21: [] . () first, then - ! not empty, * / div % mod, + -,
// < > <= >= lt gt le ge, == != eq ne, && and, || or, ?:. `execution.getVariable('x')` and its relatives
// become plain variables; other methods stay calls and are looked up at run time by name.
#include "core/feel/juel.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace weir::feel {

namespace {

enum class Sign : std::uint8_t { end, number, text, name, symbol, invalid };

struct Lexeme {
  Sign sign = Sign::end;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string_view text;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '$' ||
         (c & 0x80) != 0;
}

struct Infix {
  int precedence = 0;
  NodeKind kind = NodeKind::juel_arithmetic;
  Operator op = Operator::none;
};

constexpr int choice_precedence = 1;
constexpr int unary_precedence = 8;

Infix infix_of(const Lexeme& lexeme) {
  struct Row {
    std::string_view text;
    Infix infix;
  };
  using enum NodeKind;
  constexpr auto rows = std::to_array<Row>({
      {"?", {choice_precedence, juel_choice, Operator::none}},
      {"||", {2, juel_or, Operator::none}},
      {"or", {2, juel_or, Operator::none}},
      {"&&", {3, juel_and, Operator::none}},
      {"and", {3, juel_and, Operator::none}},
      {"==", {4, juel_comparison, Operator::equal}},
      {"===", {4, juel_comparison, Operator::equal}},
      {"eq", {4, juel_comparison, Operator::equal}},
      {"!=", {4, juel_comparison, Operator::not_equal}},
      {"!==", {4, juel_comparison, Operator::not_equal}},
      {"ne", {4, juel_comparison, Operator::not_equal}},
      {"<", {5, juel_comparison, Operator::less}},
      {"lt", {5, juel_comparison, Operator::less}},
      {"<=", {5, juel_comparison, Operator::less_equal}},
      {"le", {5, juel_comparison, Operator::less_equal}},
      {">", {5, juel_comparison, Operator::greater}},
      {"gt", {5, juel_comparison, Operator::greater}},
      {">=", {5, juel_comparison, Operator::greater_equal}},
      {"ge", {5, juel_comparison, Operator::greater_equal}},
      {"+", {6, juel_arithmetic, Operator::add}},
      {"-", {6, juel_arithmetic, Operator::subtract}},
      {"*", {7, juel_arithmetic, Operator::multiply}},
      {"/", {7, juel_arithmetic, Operator::divide}},
      {"div", {7, juel_arithmetic, Operator::divide}},
      {"%", {7, juel_arithmetic, Operator::remainder}},
      {"mod", {7, juel_arithmetic, Operator::remainder}},
  });
  if (lexeme.sign != Sign::symbol && lexeme.sign != Sign::name) return {};
  for (const Row& row : rows)
    if (row.text == lexeme.text) return row.infix;
  return {};
}

class JuelParser {
 public:
  JuelParser(std::string_view text, const Place& place, Arena& arena, Diagnostics& diagnostics)
      : text_(text), place_(place), arena_(arena), diagnostics_(diagnostics) {}

  Parsed run();
  Parsed run_script();

 private:
  using Result = const Node*;

  void advance(std::uint32_t offset);
  void advance() { advance(lexeme_.end); }
  [[nodiscard]] bool at(std::string_view symbol) const {
    return lexeme_.sign == Sign::symbol && lexeme_.text == symbol;
  }
  bool accept(std::string_view symbol) {
    if (!at(symbol)) return false;
    advance();
    return true;
  }
  std::nullptr_t fail(std::uint32_t begin, std::uint32_t end, std::string message);
  std::nullptr_t unexpected(std::string_view wanted);

  Result operation(int lowest);
  Result prefix();
  Result postfix(Result left);
  Result list();
  bool arguments(std::vector<Result>& into);
  Result method(Result object, std::string_view name, std::uint32_t begin);
  Node* make(NodeKind kind, std::uint32_t begin);
  Result done(Node* node);
  Result literal(const Value& value, std::uint32_t begin);
  std::span<const Node* const> stored(const std::vector<Result>& nodes);
  Key stored_key(std::string_view text) { return Key(arena_.copy(text)); }

  std::string_view text_;
  const Place& place_;
  Arena& arena_;
  Diagnostics& diagnostics_;
  Lexeme lexeme_;
  std::uint32_t last_end_ = 0;
  int nesting_ = 0;
  bool failed_ = false;
  bool script_ = false;  // "===", ";" and the variables of jBPM's kcontext
};

void JuelParser::advance(std::uint32_t offset) {
  last_end_ = offset;
  std::size_t at = offset;
  while (at < text_.size() && (text_[at] == ' ' || (text_[at] >= '\t' && text_[at] <= '\r'))) ++at;
  const auto lexeme = [&](Sign sign, std::size_t end) {
    lexeme_ = {sign, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end),
               text_.substr(at, end - at)};
  };
  if (at >= text_.size()) return lexeme(Sign::end, text_.size());
  const char c = text_[at];
  const auto peek = [&](std::size_t i) { return i < text_.size() ? text_[i] : '\0'; };
  if (is_digit(c) || (c == '.' && is_digit(peek(at + 1)))) {
    std::size_t end = at;
    while (is_digit(peek(end))) ++end;
    if (peek(end) == '.' && is_digit(peek(end + 1))) {
      ++end;
      while (is_digit(peek(end))) ++end;
    }
    if (peek(end) == 'e' || peek(end) == 'E') {
      const std::size_t sign = peek(end + 1) == '+' || peek(end + 1) == '-' ? 2 : 1;
      if (is_digit(peek(end + sign))) {
        end += sign;
        while (is_digit(peek(end))) ++end;
      }
    }
    return lexeme(Sign::number, end);
  }
  if (c == '\'' || c == '"') {
    for (std::size_t end = at + 1; end < text_.size(); ++end) {
      if (text_[end] == '\\') {
        ++end;
      } else if (text_[end] == c) {
        return lexeme(Sign::text, end + 1);
      }
    }
    return lexeme(Sign::invalid, text_.size());
  }
  if (is_word(c)) {
    std::size_t end = at;
    while (end < text_.size() && is_word(text_[end])) ++end;
    return lexeme(Sign::name, end);
  }
  if (script_)
    for (const std::string_view symbol : {"===", "!=="})
      if (text_.substr(at, 3) == symbol) return lexeme(Sign::symbol, at + 3);
  if (script_ && c == ';') return lexeme(Sign::symbol, at + 1);
  for (const std::string_view symbol : {"==", "!=", "<=", ">=", "&&", "||"})
    if (text_.substr(at, 2) == symbol) return lexeme(Sign::symbol, at + 2);
  constexpr std::string_view single = "+-*/%<>!?:.,()[]{}=";
  lexeme(single.find(c) != std::string_view::npos ? Sign::symbol : Sign::invalid, at + 1);
}

std::nullptr_t JuelParser::fail(std::uint32_t begin, std::uint32_t end, std::string message) {
  if (!failed_) {
    Diagnostic& made = diagnostics_.error("juel-syntax", std::move(message), place_.at(begin, end),
                                          std::string(place_.element));
    made.group = "feel";
  }
  failed_ = true;
  return nullptr;
}

std::nullptr_t JuelParser::unexpected(std::string_view wanted) {
  if (lexeme_.sign == Sign::end)
    return fail(lexeme_.begin, lexeme_.end, fmt::format("expected {} before the end", wanted));
  if (lexeme_.sign == Sign::invalid && (lexeme_.text.front() == '\'' || lexeme_.text.front() == '"'))
    return fail(lexeme_.begin, lexeme_.end, "a text without closing quote");
  return fail(lexeme_.begin, lexeme_.end,
              fmt::format("expected {} before '{}'", wanted, lexeme_.text.substr(0, 40)));
}

Node* JuelParser::make(NodeKind kind, std::uint32_t begin) {
  Node* node = arena_.make(Node());
  node->kind = kind;
  node->begin = begin;
  return node;
}

const Node* JuelParser::done(Node* node) {
  node->end = last_end_;
  std::uint16_t below = 0;
  for (const Node* child : {node->left, node->right})
    if (child != nullptr) below = std::max(below, child->height);
  for (const Node* child : node->items) below = std::max(below, child->height);
  node->height = static_cast<std::uint16_t>(below + 1);
  if (node->height > max_height)
    return fail(node->begin, node->end, fmt::format("more than {} operators inside each other", max_height));
  return node;
}

const Node* JuelParser::literal(const Value& value, std::uint32_t begin) {
  Node* node = make(NodeKind::literal, begin);
  node->value = value;
  return done(node);
}

std::span<const Node* const> JuelParser::stored(const std::vector<Result>& nodes) {
  auto* to = arena_.array<const Node*>(nodes.size());
  std::copy(nodes.begin(), nodes.end(), to);
  return {to, nodes.size()};
}

/// Text outside of ${} and the expressions inside it. One expression alone keeps its type.
Parsed JuelParser::run() {
  std::vector<Result> parts;
  std::string plain;
  std::uint32_t plain_begin = 0;
  std::size_t at = 0;
  const auto end_plain = [&] {
    if (plain.empty()) return;
    last_end_ = static_cast<std::uint32_t>(at);
    parts.push_back(literal(Value::string(plain, arena_), plain_begin));
    plain.clear();
  };
  while (at < text_.size()) {
    const bool opens =
        (text_[at] == '$' || text_[at] == '#') && at + 1 < text_.size() && text_[at + 1] == '{';
    if (!opens) {
      if (plain.empty()) plain_begin = static_cast<std::uint32_t>(at);
      const bool escaped = text_[at] == '\\' && at + 2 < text_.size() && text_[at + 2] == '{' &&
                           (text_[at + 1] == '$' || text_[at + 1] == '#');
      if (escaped) {
        plain += text_.substr(at + 1, 2);
        at += 3;
      } else {
        plain += text_[at++];
      }
      continue;
    }
    end_plain();
    const auto begin = static_cast<std::uint32_t>(at);
    advance(begin + 2);
    if (at + 2 <= text_.size() && this->at("}")) {
      fail(begin, lexeme_.end, "the expression is empty");
      return {};
    }
    const Result part = operation(0);
    if (part == nullptr) return {};
    if (!this->at("}")) {
      if (this->at("="))
        fail(lexeme_.begin, lexeme_.end, "'=' is an assignment: equality is written '=='");
      else
        unexpected("'}'");
      return {};
    }
    at = lexeme_.end;
    last_end_ = static_cast<std::uint32_t>(at);
    parts.push_back(part);
  }
  end_plain();
  if (parts.empty()) return {literal(Value::string(""), 0), 0};
  if (parts.size() == 1) return {parts.front(), 0};
  Node* node = make(NodeKind::concatenation, 0);
  node->items = stored(parts);
  return {done(node), 0};
}

Parsed JuelParser::run_script() {
  script_ = true;
  advance(0);
  if (lexeme_.sign == Sign::name && lexeme_.text == "return") advance();
  const Result whole = operation(0);
  if (whole == nullptr) return {};
  accept(";");
  if (lexeme_.sign != Sign::end) unexpected("the end");
  return failed_ ? Parsed{} : Parsed{whole, 0};
}

const Node* JuelParser::operation(int lowest) {
  if (++nesting_ > max_nesting)
    return fail(lexeme_.begin, lexeme_.end,
                fmt::format("more than {} levels inside each other", max_nesting));
  Result left = prefix();
  while (left != nullptr) {
    const Infix infix = infix_of(lexeme_);
    if (infix.precedence <= lowest) break;
    advance();
    Node* node = make(infix.kind, left->begin);
    node->op = infix.op;
    node->left = left;
    if (infix.kind == NodeKind::juel_choice) {
      const Result then = operation(0);
      if (then == nullptr) return nullptr;
      if (!accept(":")) return unexpected("':'");
      const Result otherwise = operation(choice_precedence - 1);
      if (otherwise == nullptr) return nullptr;
      node->items = stored({then, otherwise});
    } else {
      node->right = operation(infix.precedence);
      if (node->right == nullptr) return nullptr;
    }
    left = done(node);
  }
  --nesting_;
  return left;
}

const Node* JuelParser::prefix() {
  const std::uint32_t begin = lexeme_.begin;
  const bool is_not = at("!") || (lexeme_.sign == Sign::name && lexeme_.text == "not");
  const bool is_empty = lexeme_.sign == Sign::name && lexeme_.text == "empty";
  if (is_not || is_empty || at("-")) {
    Node* node = make(is_not     ? NodeKind::juel_not
                      : is_empty ? NodeKind::juel_empty
                                 : NodeKind::juel_arithmetic,
                      begin);
    advance();
    const Result operand = operation(unary_precedence - 1);
    if (operand == nullptr) return nullptr;
    if (node->kind == NodeKind::juel_arithmetic) {
      if (operand->kind == NodeKind::literal && operand->value.is(Kind::number))
        return literal(Value::number(-operand->value.decimal(), arena_), begin);
      node->op = Operator::subtract;
      node->left = literal(Value::integer(0), begin);
      node->right = operand;
    } else {
      node->left = operand;
    }
    return done(node);
  }
  Result operand = nullptr;
  if (lexeme_.sign == Sign::number) {
    const auto number = value::Decimal::parse(lexeme_.text);
    if (!number) return fail(lexeme_.begin, lexeme_.end, "the number is too large");
    advance();
    operand = literal(Value::number(*number, arena_), begin);
  } else if (lexeme_.sign == Sign::text) {
    std::string text;
    const std::string_view inside = lexeme_.text.substr(1, lexeme_.text.size() - 2);
    for (std::size_t i = 0; i < inside.size(); ++i) {
      if (inside[i] == '\\' && i + 1 < inside.size()) ++i;
      text += inside[i];
    }
    advance();
    operand = literal(Value::string(text, arena_), begin);
  } else if (lexeme_.sign == Sign::name) {
    const std::string_view name = lexeme_.text;
    advance();
    if (name == "true" || name == "false") {
      operand = literal(Value::boolean(name == "true"), begin);
    } else if (name == "null") {
      operand = literal(Value{}, begin);
    } else {
      std::string full(name);
      while (at(":")) {  // a prefixed function: vars:get(...)
        const Lexeme colon = lexeme_;
        const std::uint32_t end_of_name = last_end_;
        advance();
        const Lexeme after = lexeme_;
        const std::uint32_t after_colon = last_end_;
        if (lexeme_.sign == Sign::name && colon.begin == end_of_name && after.begin == colon.end) {
          advance();
          if (at("(")) {
            full += ':';
            full += after.text;
            continue;
          }
        }
        (void)after_colon;
        advance(end_of_name);  // it belongs to ?:
        break;
      }
      if (at("(")) {
        operand = method(nullptr, full, begin);
      } else {
        Node* node = make(NodeKind::juel_variable, begin);
        node->key = stored_key(name);
        operand = done(node);
      }
    }
  } else if (at("(")) {
    advance();
    operand = operation(0);
    if (operand == nullptr) return nullptr;
    if (!accept(")")) return unexpected("')'");
  } else if (at("[") || at("{")) {
    operand = list();
  } else {
    return unexpected("an expression");
  }
  return operand == nullptr ? nullptr : postfix(operand);
}

const Node* JuelParser::list() {
  const std::uint32_t begin = lexeme_.begin;
  const std::string_view close = at("[") ? "]" : "}";
  advance();
  std::vector<Result> items;
  while (!at(close)) {
    const Result item = operation(0);
    if (item == nullptr) return nullptr;
    items.push_back(item);
    if (!accept(",")) break;
  }
  if (!accept(close)) return unexpected("',' or the closing bracket");
  Node* node = make(NodeKind::list, begin);
  node->items = stored(items);
  return done(node);
}

bool JuelParser::arguments(std::vector<Result>& into) {
  advance();  // (
  while (!at(")")) {
    const Result argument = operation(0);
    if (argument == nullptr) return false;
    into.push_back(argument);
    if (!accept(",")) break;
  }
  if (accept(")")) return true;
  unexpected("',' or ')'");
  return false;
}

const Node* JuelParser::postfix(Result left) {
  while (left != nullptr) {
    if (at(".")) {
      advance();
      if (lexeme_.sign != Sign::name) return unexpected("a name after '.'");
      const std::string_view name = lexeme_.text;
      advance();
      if (at("(")) {
        left = method(left, name, left->begin);
      } else {
        Node* node = make(NodeKind::juel_property, left->begin);
        node->left = left;
        node->key = stored_key(name);
        left = done(node);
      }
    } else if (at("[")) {
      advance();
      Node* node = make(NodeKind::juel_index, left->begin);
      node->left = left;
      node->right = operation(0);
      if (node->right == nullptr) return nullptr;
      if (!accept("]")) return unexpected("']'");
      left = done(node);
    } else {
      break;
    }
  }
  return left;
}

const Node* JuelParser::method(Result object, std::string_view name, std::uint32_t begin) {
  std::vector<Result> given;
  if (!arguments(given)) return nullptr;
  const bool on_execution = object != nullptr && object->kind == NodeKind::juel_variable &&
                            (object->key.text() == "execution" || object->key.text() == "task" ||
                             (script_ && object->key.text() == "kcontext"));
  const bool names_variable =
      !given.empty() && given.front()->kind == NodeKind::literal && given.front()->value.is(Kind::string);
  const bool reads = (on_execution && (name == "getVariable" || name == "getVariableLocal")) ||
                     (object == nullptr && (name == "vars:get" || name == "var:get"));
  if (reads && names_variable && given.size() == 1) {
    Node* node = make(NodeKind::juel_variable, begin);
    node->flags |= maybe_missing;
    node->key = stored_key(given.front()->value.text());
    return done(node);
  }
  Node* node = make(NodeKind::juel_method, begin);
  node->left = object;
  node->key = stored_key(name);
  node->items = stored(given);
  return done(node);
}

}  // namespace

Parsed parse_juel(std::string_view text, const Place& place, Arena& arena, Diagnostics& diagnostics) {
  return JuelParser(text, place, arena, diagnostics).run();
}

Parsed parse_script(std::string_view text, const Place& place, Arena& arena, Diagnostics& diagnostics) {
  return JuelParser(text, place, arena, diagnostics).run_script();
}

bool looks_like_juel(std::string_view text) {
  return text.find("${") != std::string_view::npos || text.find("#{") != std::string_view::npos;
}

}  // namespace weir::feel
