// Expressions as trees. FEEL and JUEL have different parsers and one tree: JUEL's operators that mean
// something else than FEEL's are nodes of their own. Nodes live in the arena of their Expression, are never
// changed after compilation and know their place in the text.
//
// Names are resolved by the parser. What an expression binds itself (iteration variables, parameters, context
// entries, filter items) becomes a numbered slot of a frame; everything else is looked up in the caller's
// Scope by key.
#pragma once

#include <cstdint>
#include <span>

#include "core/value/value.hpp"

namespace weir::feel {

using value::Arena;
using value::Entry;
using value::Key;
using value::Kind;
using value::Scope;
using value::Value;

struct Builtin;
struct Type;

enum class NodeKind : std::uint8_t {
  literal,      // value
  local,        // slot
  global,       // key: variable of the caller
  item_name,    // key of the context in slot (a filter's item), else `left`
  negate,       // left
  arithmetic,   // left op right
  comparison,   // left op right
  logic_and,    // items, two or more
  logic_or,     // items
  between,      // left, items[0] .. items[1]
  in,           // left in items (tests), slot = `?`
  choice,       // if left then items[0] else items[1]
  loop,         // for / some / every: items = domains, bindings = variables, right = body, slot = `partial`
  list,         // items
  context,      // items = values, names = keys, bindings = entries as variables
  range,        // left .. right (either may be absent)
  path,         // left . key
  filter,       // left [ right ], slot = item
  call,         // builtin with items as arguments
  invoke,       // left(items), names = parameter names when named
  function,     // right = body, names and types = parameters (slots 0..), bindings = captures, frame_size
  instance_of,  // left instance of type
  test,         // a test of `in` or of unary tests: input op right; without op: right as value, range, list
  tests,        // unary tests: any of items (flag negated: none), left = input

  // JUEL
  juel_arithmetic,
  juel_comparison,
  juel_and,
  juel_or,
  juel_not,
  juel_empty,
  juel_choice,
  juel_index,     // left [ right ]
  juel_property,  // left . key
  juel_method,    // left . key (items)
  juel_variable,  // key, missing is an error of its own
  concatenation,  // items as texts: "abc ${x} def"
};

enum class Operator : std::uint8_t {
  none,
  add,
  subtract,
  multiply,
  divide,
  power,
  remainder,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
};

/// How a `loop` node ends.
enum class Quantifier : std::uint8_t { collect, some, every };

/// Function: slot of the enclosing frame whose value it takes along, and where it lies in a call's frame.
/// Loops and contexts: `to` is the slot of the i-th variable.
struct Binding {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

struct Node {
  NodeKind kind = NodeKind::literal;
  Operator op = Operator::none;
  Quantifier quantifier = Quantifier::collect;
  std::uint8_t flags = 0;
  std::uint16_t height = 1;  // of the tree below
  std::uint32_t begin = 0;   // bytes of the text
  std::uint32_t end = 0;
  std::uint32_t slot = 0;
  std::uint32_t frame_size = 0;  // function: slots of a call
  const Node* left = nullptr;
  const Node* right = nullptr;
  std::span<const Node* const> items;
  std::span<const Key> names;
  std::span<const Binding> bindings;
  std::span<const Type* const> types;  // function: of the parameters, may be null
  union {
    Value value;
    Key key;
    const Builtin* builtin;
    const Type* type;
  };

  Node() : value() {}
};

// Flags.
inline constexpr std::uint8_t low_closed = 1;     // range
inline constexpr std::uint8_t high_closed = 2;    // range
inline constexpr std::uint8_t uses_partial = 4;   // loop: the body looks at `partial`
inline constexpr std::uint8_t uses_input = 8;     // test: the expression looks at `?`
inline constexpr std::uint8_t negated = 16;       // tests
inline constexpr std::uint8_t bare_range = 32;    // range: a..b without brackets, a domain of `for`
inline constexpr std::uint8_t external = 64;      // function: body names code outside of FEEL
inline constexpr std::uint8_t any_input = 128;    // tests: "-"
inline constexpr std::uint8_t maybe_missing = 1;  // juel_variable: null when there is none, without complaint

}  // namespace weir::feel
