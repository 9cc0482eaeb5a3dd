// The forms that begin with a keyword, contexts, types, and the tests of `in` and of decision tables.
#include <fmt/core.h>

#include "core/feel/parser_state.hpp"

namespace weir::feel {

const Node* Parser::choice() {
  Node* node = make(NodeKind::choice, token_.begin);
  advance();
  node->left = expression();
  if (node->left == nullptr || !expect_word("then", "if ... then ... else ...")) return nullptr;
  const Result then = expression();
  if (then == nullptr || !expect_word("else", "if ... then ... else ...")) return nullptr;
  const Result otherwise = expression();
  if (otherwise == nullptr) return nullptr;
  node->items = stored({then, otherwise});
  return done(node);
}

const Node* Parser::loop(Quantifier quantifier) {
  Node* node = make(NodeKind::loop, token_.begin);
  node->quantifier = quantifier;
  const bool collects = quantifier == Quantifier::collect;
  const std::string_view form =
      collects ? "for ... in ... return ..." : "some/every ... in ... satisfies ...";
  advance();
  const std::size_t mark = scopes_.mark();
  const bool outer_partial = partial_used_;
  std::vector<Result> domains;
  std::vector<Binding> variables;
  do {
    // The variable's name: words up to `in`.
    std::string name;
    while (at(TokenKind::name) && !at_word("in")) {
      if (!name.empty()) name += ' ';
      name += token_.text;
      advance();
    }
    if (name.empty() && at(TokenKind::quoted_name)) {
      name = token_.text;
      advance();
    }
    if (name.empty()) return fail(fmt::format("expected a variable ({}) before {}", form, found()));
    if (!expect_word("in", form)) return nullptr;
    Result domain = expression();
    if (domain == nullptr) return nullptr;
    if (at(TokenKind::dots)) {
      advance();
      const Result high = expression();
      if (high == nullptr) return nullptr;
      Node* range = binary(NodeKind::range, Operator::none, domain, high);
      range->flags = low_closed | high_closed | bare_range;
      domain = done(range);
    }
    if (domain == nullptr) return nullptr;
    domains.push_back(domain);
    variables.push_back({0, scopes_.bind(arena_.copy(name))});
  } while (accept(TokenKind::comma));
  if (collects) node->slot = scopes_.bind("partial");
  partial_used_ = false;
  if (!expect_word(collects ? "return" : "satisfies", form)) return nullptr;
  node->right = expression();
  if (node->right == nullptr) return nullptr;
  if (partial_used_) node->flags |= uses_partial;
  partial_used_ = outer_partial;
  scopes_.drop_to(mark);
  node->items = stored(domains);
  node->bindings = stored_array(variables);
  return done(node);
}

const Node* Parser::function() {
  Node* node = make(NodeKind::function, token_.begin);
  advance();
  if (!expect(TokenKind::open_parenthesis, "'(' after 'function'")) return nullptr;
  scopes_.open_function();
  std::vector<Key> names;
  std::vector<const Type*> types;
  while (!at(TokenKind::close_parenthesis)) {
    const std::string_view parameter = context_key();
    if (parameter.empty()) return fail(fmt::format("expected a parameter before {}", found()));
    names.push_back(stored_key(parameter));
    scopes_.bind(names.back().text());
    types.push_back(nullptr);
    if (accept(TokenKind::colon)) {
      types.back() = type();
      if (types.back() == nullptr) return nullptr;
    }
    if (!accept(TokenKind::comma)) break;
  }
  if (!expect(TokenKind::close_parenthesis, "')' after the parameters")) return nullptr;
  if (accept_word("external")) node->flags |= external;
  const bool outer_range_end = in_range_end_;
  in_range_end_ = false;
  node->right = expression();
  in_range_end_ = outer_range_end;
  if (node->right == nullptr) return nullptr;
  std::vector<Binding> captures;
  node->frame_size = scopes_.close_function(captures);
  node->names = stored_array(names);
  node->types = stored_array(types);
  node->bindings = stored_array(captures);
  return done(node);
}

std::string_view Parser::context_key() {
  if (at(TokenKind::string)) {
    std::string text;
    if (!unescape(token_.text, text)) return {};
    advance();
    return arena_.copy(text);
  }
  if (at(TokenKind::quoted_name)) return name_text();
  // Words and operators up to the colon, comma or parenthesis; white space counts as one blank.
  std::string name;
  const std::uint32_t begin = token_.begin;
  while (!at(TokenKind::colon) && !at(TokenKind::comma) && !at(TokenKind::close_parenthesis) &&
         (at(TokenKind::name) ||
          (!name.empty() &&
           (at(TokenKind::number) || (token_.kind >= TokenKind::plus && token_.kind <= TokenKind::slash) ||
            at(TokenKind::dot) || (at(TokenKind::invalid) && token_.text == "'"))))) {
    if (token_.begin > begin && token_.begin != last_end_) name += ' ';
    name += token_.text;
    advance();
  }
  return arena_.copy(name);
}

const Node* Parser::context() {
  Node* node = make(NodeKind::context, token_.begin);
  advance();
  const std::size_t mark = scopes_.mark();
  const bool outer_range_end = in_range_end_;
  in_range_end_ = false;
  std::vector<Result> values;
  std::vector<Key> names;
  std::vector<Binding> variables;
  while (!at(TokenKind::close_brace)) {
    const Token key_token = token_;
    const bool empty_text = at(TokenKind::string) && token_.text.size() == 2;
    const std::string_view key = context_key();
    if (key.empty() && !empty_text)
      return fail(fmt::format("expected the key of an entry before {}", found()));
    for (const Key& other : names)
      if (other.text() == key)
        return fail_at(key_token.begin, last_end_, fmt::format("the context has two entries '{}'", key));
    if (!expect(TokenKind::colon, "':' after the key")) return nullptr;
    names.push_back(stored_key(key));
    long_names_.add(names.back().text());  // also for paths that reach it later
    // A function may call itself by its key: its slot is bound before its body is read.
    const bool recursive = at_word("function");
    std::uint32_t slot = 0;
    if (recursive) slot = scopes_.bind(names.back().text());
    const Result entry = expression();
    if (entry == nullptr) return nullptr;
    if (!recursive) slot = scopes_.bind(names.back().text());
    variables.push_back({0, slot});
    values.push_back(entry);
    if (!accept(TokenKind::comma)) break;
  }
  in_range_end_ = outer_range_end;
  if (!expect(TokenKind::close_brace, "'}' or ','")) return nullptr;
  scopes_.drop_to(mark);
  node->items = stored(values);
  node->names = stored_array(names);
  node->bindings = stored_array(variables);
  return done(node);
}

const Node* Parser::instance_of(Result left) {
  advance();
  if (!expect_word("of", "... instance of TYPE")) return nullptr;
  const Type* wanted = type();
  if (wanted == nullptr) return nullptr;
  Node* node = make(NodeKind::instance_of, left->begin);
  node->left = left;
  node->type = wanted;
  return done(node);
}

const Type* Parser::type() {
  if (++nesting_ > max_nesting)
    return fail(fmt::format("more than {} levels inside each other", max_nesting));
  const std::uint32_t begin = token_.begin;
  Type made;
  const bool has_arguments = after_current().kind == TokenKind::less;
  if (at_word("list") && has_arguments) {
    advance();
    advance();
    made.form = Type::Form::list;
    made.element = type();
    if (made.element == nullptr || !expect(TokenKind::greater, "'>'")) return nullptr;
  } else if (at_word("range") && has_arguments) {
    advance();
    advance();
    made.form = Type::Form::range;
    made.element = type();
    if (made.element == nullptr || !expect(TokenKind::greater, "'>'")) return nullptr;
  } else if (at_word("context") && has_arguments) {
    advance();
    advance();
    made.form = Type::Form::context;
    std::vector<Key> names;
    std::vector<const Type*> parts;
    while (!at(TokenKind::greater)) {
      const std::string_view key = context_key();
      if (key.empty() || !expect(TokenKind::colon, "':' after the entry")) {
        if (key.empty()) fail(fmt::format("expected an entry 'name: type' before {}", found()));
        return nullptr;
      }
      names.push_back(stored_key(key));
      parts.push_back(type());
      if (parts.back() == nullptr) return nullptr;
      if (!accept(TokenKind::comma)) break;
    }
    if (!expect(TokenKind::greater, "'>'")) return nullptr;
    made.names = stored_array(names);
    made.parts = stored_array(parts);
  } else if (at_word("function") && has_arguments) {
    advance();
    advance();
    made.form = Type::Form::function;
    std::vector<const Type*> parts;
    while (!at(TokenKind::greater)) {
      parts.push_back(type());
      if (parts.back() == nullptr) return nullptr;
      if (!accept(TokenKind::comma)) break;
    }
    if (!expect(TokenKind::greater, "'>'")) return nullptr;
    if (!expect(TokenKind::arrow, "'->' and the type of the result")) return nullptr;
    made.element = type();
    if (made.element == nullptr) return nullptr;
    made.parts = stored_array(parts);
  } else {
    // Words; "date and time" contains a keyword and is found as a built-in name.
    std::string_view name;
    for (const std::string_view known :
         {"date and time", "days and time duration", "years and months duration", "day time duration",
          "year month duration"}) {
      std::uint32_t end = 0;
      if (!at(TokenKind::name) || !stands_at(known, text_, token_.begin, end)) continue;
      name = known;
      advance_to(end);
      break;
    }
    if (name.empty()) {
      if (!at(TokenKind::name)) return fail(fmt::format("expected a type before {}", found()));
      if (at_word("function") || at_word("null")) {
        name = token_.text;
        advance();
      } else {
        name = name_text();
      }
    }
    made = named_type(name);
    if (made.form == Type::Form::unknown)
      for (const NamedType& each : options_.types)
        if (each.name == name) made = *each.type;
    if (made.form == Type::Form::unknown) {
      Diagnostic& unknown =
          diagnostics_.warning("feel-unknown-type", fmt::format("there is no type '{}'", name),
                               options_.place.at(begin, last_end_), std::string(options_.place.element));
      unknown.group = "feel";
    }
  }
  --nesting_;
  return arena_.make(made);
}

const Node* Parser::between(Result left) {
  advance();
  constexpr int above_comparison = 3;
  const Result low = operation(above_comparison);
  if (low == nullptr || !expect_word("and", "... between ... and ...")) return nullptr;
  const Result high = operation(above_comparison);
  if (high == nullptr) return nullptr;
  Node* node = make(NodeKind::between, left->begin);
  node->left = left;
  node->items = stored({low, high});
  return done(node);
}

const Node* Parser::membership(Result left) {
  advance();
  Node* node = make(NodeKind::in, left->begin);
  node->left = left;
  const std::size_t mark = scopes_.mark();
  const bool outer_has_input = has_input_;
  const bool outer_used = input_used_;
  has_input_ = true;
  node->slot = scopes_.bind("?");
  std::vector<Result> tests;
  // `in (a, b)`: a list of tests, unless the parenthesis belongs to one expression or range.
  bool listed = false;
  if (at(TokenKind::open_parenthesis)) {
    const Token saved = token_;
    const std::uint32_t saved_end = last_end_;
    int depth = 0;
    bool comma = false;
    bool dots = false;
    for (Token look = token_; look.kind != TokenKind::end; look = next_token(text_, look.end)) {
      if (look.kind == TokenKind::open_parenthesis || look.kind == TokenKind::open_bracket ||
          look.kind == TokenKind::open_brace)
        ++depth;
      if (look.kind == TokenKind::close_parenthesis || look.kind == TokenKind::close_bracket ||
          look.kind == TokenKind::close_brace)
        --depth;
      if (depth == 1 && look.kind == TokenKind::comma) comma = true;
      if (depth == 1 && look.kind == TokenKind::dots) dots = true;
      if (depth <= 0) break;
    }
    listed = comma || (!dots && after_current().kind >= TokenKind::equal &&
                       after_current().kind <= TokenKind::greater_equal);
    token_ = saved;
    last_end_ = saved_end;
  }
  if (listed) {
    advance();
    const bool outer_range_end = in_range_end_;
    in_range_end_ = false;
    do {
      const Result each = test();
      if (each == nullptr) return nullptr;
      tests.push_back(each);
    } while (accept(TokenKind::comma));
    in_range_end_ = outer_range_end;
    if (!expect(TokenKind::close_parenthesis, "')' after the tests")) return nullptr;
  } else {
    const Result only = test();
    if (only == nullptr) return nullptr;
    tests.push_back(only);
  }
  scopes_.drop_to(mark);
  has_input_ = outer_has_input;
  input_used_ = outer_used;
  node->items = stored(tests);
  return done(node);
}

const Node* Parser::test() {
  Node* node = make(NodeKind::test, token_.begin);
  switch (token_.kind) {
    case TokenKind::equal:
      node->op = Operator::equal;
      break;
    case TokenKind::not_equal:
      node->op = Operator::not_equal;
      break;
    case TokenKind::less:
      node->op = Operator::less;
      break;
    case TokenKind::less_equal:
      node->op = Operator::less_equal;
      break;
    case TokenKind::greater:
      node->op = Operator::greater;
      break;
    case TokenKind::greater_equal:
      node->op = Operator::greater_equal;
      break;
    default:
      break;
  }
  if (node->op != Operator::none) advance();
  input_used_ = false;
  constexpr int above_comparison = 3;
  // In `x in a and b` the `and` is not part of the test; in unary tests it is.
  node->right =
      options_.unary_tests && node->op == Operator::none ? expression() : operation(above_comparison);
  if (node->right == nullptr) return nullptr;
  if (input_used_) node->flags |= uses_input;
  return done(node);
}

const Node* Parser::comparison_range() {
  Node* node = make(NodeKind::range, token_.begin);
  advance();
  switch (token_.kind) {
    case TokenKind::equal:
      node->op = Operator::equal;
      break;
    case TokenKind::not_equal:
      node->op = Operator::not_equal;
      break;
    case TokenKind::less:
      node->op = Operator::less;
      break;
    case TokenKind::less_equal:
      node->op = Operator::less_equal;
      break;
    case TokenKind::greater:
      node->op = Operator::greater;
      break;
    default:
      node->op = Operator::greater_equal;
      break;
  }
  advance();
  node->left = expression();
  if (node->left == nullptr || !expect(TokenKind::close_parenthesis, "')'")) return nullptr;
  return done(node);
}

const Node* Parser::unary_tests() {
  Node* node = make(NodeKind::tests, token_.begin);
  node->slot = input_slot_;
  if (at(TokenKind::minus) && after_current().kind == TokenKind::end) {
    advance();
    node->flags |= any_input;
    return done(node);
  }
  const bool is_negated = at_word("not") && after_current().kind == TokenKind::open_parenthesis;
  if (is_negated) {
    // not(...) around all tests; `not(a) and b` is an expression.
    int depth = 0;
    Token look = after_current();
    for (; look.kind != TokenKind::end; look = next_token(text_, look.end)) {
      if (look.kind == TokenKind::open_parenthesis) ++depth;
      if (look.kind == TokenKind::close_parenthesis && --depth == 0) break;
    }
    if (look.kind != TokenKind::end && next_token(text_, look.end).kind == TokenKind::end) {
      node->flags |= negated;
      advance();
      advance();
    }
  }
  std::vector<Result> tests;
  do {
    const Result each = test();
    if (each == nullptr) return nullptr;
    tests.push_back(each);
  } while (accept(TokenKind::comma));
  if ((node->flags & negated) != 0 && !expect(TokenKind::close_parenthesis, "')' after 'not(' and its tests"))
    return nullptr;
  node->items = stored(tests);
  return done(node);
}

}  // namespace weir::feel
