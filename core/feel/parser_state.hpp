// The parser's inside, shared by parser.cpp (operators), parser_names.cpp (names and calls),
// parser_literals.cpp (literals and brackets) and parser_forms.cpp (for, if, function, contexts, types, unary
// tests).
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "core/feel/builtins.hpp"
#include "core/feel/lexer.hpp"
#include "core/feel/names.hpp"
#include "core/feel/parser.hpp"
#include "core/feel/types.hpp"

namespace weir::feel {

class Parser {
 public:
  Parser(std::string_view text, const ParseOptions& options, Arena& arena, Diagnostics& diagnostics);
  Parsed run();

 private:
  using Result = const Node*;  // null: a diagnostic was made, give up

  // Tokens.
  void advance() { advance_to(token_.end); }
  void advance_to(std::uint32_t offset);
  [[nodiscard]] bool at(TokenKind kind) const { return token_.kind == kind; }
  [[nodiscard]] bool at_word(std::string_view word) const {
    return at(TokenKind::name) && token_.text == word;
  }
  bool accept(TokenKind kind);
  bool accept_word(std::string_view word);
  /// False, with a diagnostic, when the token is another.
  bool expect(TokenKind kind, std::string_view what);
  bool expect_word(std::string_view word, std::string_view form);
  [[nodiscard]] Token after_current() const { return next_token(text_, token_.end); }
  std::nullptr_t fail(std::string message);
  std::nullptr_t fail_at(std::uint32_t begin, std::uint32_t end, std::string message);
  [[nodiscard]] std::string found() const;
  /// Diagnostics for what stands where an operand or an operator should.
  std::nullptr_t no_operand();
  void no_operator();

  // parser.cpp
  Result expression() { return operation(0); }
  Result operation(int lowest);
  Result prefix();
  Result postfix(Result left);
  Result infix(Result left, int precedence);
  Result logic(Result left, NodeKind kind, std::string_view word, int precedence);
  [[nodiscard]] bool bracket_closes_range() const;

  // parser_names.cpp
  Result name();
  /// Reads a name of any length at the current token, without looking it up; empty when there is none.
  std::string_view name_text();
  Result resolved(std::string_view name, std::uint32_t begin, std::uint32_t end);
  Result call(Result callee, std::string_view name, std::uint32_t begin);
  Result bind_arguments(std::string_view name, std::uint32_t begin, std::vector<Result>& arguments,
                        std::vector<Key>& names);

  // parser_literals.cpp
  Result parenthesis();
  Result bracket();
  Result range_end(Result low, std::uint32_t begin, bool closed);
  Result string_literal();
  Result number_literal();
  Result temporal_literal();

  // parser_forms.cpp
  Result choice();
  Result loop(Quantifier quantifier);
  Result function();
  Result context();
  Result instance_of(Result left);
  const Type* type();
  Result membership(Result left);
  Result between(Result left);
  /// One test of `in` or of unary tests.
  Result test();
  Result comparison_range();
  Result unary_tests();
  std::string_view context_key();

  // Nodes.
  Node* make(NodeKind kind, std::uint32_t begin);
  Node* binary(NodeKind kind, Operator op, Result left, Result right);
  Result literal(const Value& value, std::uint32_t begin);
  /// Ends the node at the last token read and checks its height.
  Result done(Node* node);
  std::span<const Node* const> stored(const std::vector<Result>& nodes);
  template <class T>
  std::span<const T> stored_array(const std::vector<T>& from) {
    T* to = arena_.array<T>(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) ::new (static_cast<void*>(to + i)) T(from[i]);
    return {to, from.size()};
  }
  Key stored_key(std::string_view text) { return Key(text.empty() ? text : arena_.copy(text)); }

  std::string_view text_;
  const ParseOptions& options_;
  Arena& arena_;
  Diagnostics& diagnostics_;
  Token token_;
  std::uint32_t last_end_ = 0;  // of the last token read
  LexicalScopes scopes_;
  LongNames long_names_;
  int nesting_ = 0;
  bool failed_ = false;
  bool in_range_end_ = false;  // a '[' may close the range being read
  std::uint32_t input_slot_ = 0;
  bool has_input_ = false;
  bool input_used_ = false;
  bool partial_used_ = false;
};

/// = != < <= > >=
constexpr bool is_comparison(TokenKind kind) {
  return kind >= TokenKind::equal && kind <= TokenKind::greater_equal;
}
/// Words that never begin or continue an unknown name.
bool is_reserved(std::string_view word);
/// The text of a string token: quotes off, escapes replaced. False when an escape is wrong.
bool unescape(std::string_view token, std::string& out);

}  // namespace weir::feel
