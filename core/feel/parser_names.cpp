// Names and calls. Where a name ends depends on what is known (DMN 1.5 section 10.3.1.2), and which signature
// of a built-in function is meant on the names or the number of the arguments.
#include <fmt/core.h>

#include <algorithm>

#include "core/feel/parser_state.hpp"

namespace weir::feel {

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

}  // namespace weir::feel
