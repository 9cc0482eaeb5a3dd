// The built-in functions: one table, one row per signature. A function gets its evaluated arguments and
// returns a value; what is wrong with them it reports through its Call and returns null.
#pragma once

#include <span>
#include <string_view>

#include "core/feel/syntax.hpp"

namespace weir::feel {

class Evaluator;

/// One call of a built-in function.
struct Call {
  Evaluator& evaluator;
  const Node& node;
  const Builtin& builtin;
  std::span<const Value>
      arguments;  // as many as the signature has parameters; missing optional ones are null

  [[nodiscard]] const Value& operator[](std::size_t i) const { return arguments[i]; }
  [[nodiscard]] std::size_t size() const { return arguments.size(); }
};

struct Builtin {
  std::string_view name;
  /// "string, start position, length?": optional ones end in '?'; "list..." takes the rest.
  std::string_view parameters;
  Value (*function)(const Call& call) = nullptr;
  /// Depends on nothing but its arguments: may be computed at compile time.
  bool pure = true;
  /// Camunda's extension, not in the specification.
  bool camunda = false;
  /// Made to be asked about what may be missing: troubles of its first argument are none.
  bool probing = false;
};

/// All rows, sorted by name; signatures of one function stand together, most specific first.
std::span<const Builtin> builtins();
/// The rows with this name, empty when there is none.
std::span<const Builtin> find_builtins(std::string_view name);
/// The longest built-in name of several words that stands at `offset`; empty when none.
std::string_view match_builtin(std::string_view source, std::uint32_t offset, std::uint32_t& end);

/// How many parameters a signature has, how many of them must be given; `variadic`: any number from there on.
struct Arity {
  std::size_t least = 0;
  std::size_t most = 0;
  bool variadic = false;
};
Arity arity(const Builtin& builtin);
/// Index of the parameter with this name, or npos; parameters that take the rest have no name.
std::size_t parameter_index(const Builtin& builtin, std::string_view name);

}  // namespace weir::feel
