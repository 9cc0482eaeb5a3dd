// The inside of evaluation, shared by evaluate.cpp (the walk), operators.cpp, iteration.cpp, the JUEL half
// and the built-in functions. Others use expression.hpp.
#pragma once

#include "core/feel/builtins.hpp"
#include "core/feel/types.hpp"
#include "core/feel/workspace.hpp"
#include "core/value/compare.hpp"

namespace weir::value {
/// A function whose body is no FEEL expression: decision tables and other boxed expressions. Lives as long as
/// the values that point at it, so in an arena.
struct NativeFunction {
  Value (*call)(const NativeFunction& self, std::span<const Value> arguments) = nullptr;
  std::span<const Key> parameters;
};

/// A function as a value: a literal of some expression with what it took along, a built-in, or a native one.
struct Function {
  const feel::Node* node = nullptr;        // NodeKind::function
  const feel::Builtin* builtin = nullptr;  // the first of its signatures
  const Value* captured = nullptr;         // as many as node->bindings
  const Scope* scope = nullptr;            // variables it sees
  const NativeFunction* native = nullptr;
};
}  // namespace weir::value

namespace weir::feel {

/// Three-valued truth.
using Truth = std::optional<bool>;

inline Value to_value(Truth truth) {
  return truth ? Value::boolean(*truth) : Value{};
}

class Evaluator {
 public:
  Evaluator(Workspace& workspace, const Scope* scope, std::string_view text)
      : workspace_(workspace),
        scope_(scope),
        text_(text),
        stack_used_(workspace.nesting.stack_used),
        steps_(workspace.nesting.steps),
        depth_(workspace.nesting.depth) {}

  Value run(const Node& root, std::uint32_t frame_size, std::span<const Value> first_slots = {});
  Value evaluate(const Node& node);

  [[nodiscard]] Arena& arena() { return workspace_.arena; }
  [[nodiscard]] Workspace& workspace() { return workspace_; }
  [[nodiscard]] const Scope* scope() const { return scope_; }

  /// Notes a trouble and returns null.
  Value fail(TroubleKind kind, const Node& node, const char* message, const Value& first = {},
             const Value& second = {});
  /// One unit of work; false when the limit is reached (and noted): give up.
  bool step(const Node& node) {
    if (++steps_ <= workspace_.limits.steps && workspace_.arena.used() <= workspace_.limits.memory &&
        !exhausted_)
      return true;
    return give_up(node);
  }
  [[nodiscard]] bool exhausted() const { return exhausted_; }
  [[nodiscard]] std::uint64_t steps() const { return steps_; }
  /// Null, with a trouble, when the value is too deep or memory is used up; else the value.
  Value checked(const Value& value, const Node& node);
  /// True when that many more bytes may be allocated; else notes the limit.
  bool has_room(std::size_t bytes, const Node& node);

  /// Calls a function value with positional arguments.
  Value call_function(const Value& function, std::span<const Value> arguments, const Node& node);
  Value call_builtin(const Builtin& first_row, std::span<const Value> arguments, const Node& node);

  // operators.cpp
  Value arithmetic(Operator op, const Value& left, const Value& right, const Node& node);
  Value negate(const Value& operand, const Node& node);
  /// FEEL's = != < <= > >=; notes why there is no answer.
  Value compare(Operator op, const Value& left, const Value& right, const Node& node);
  /// Equality and order with the zones this evaluation knows.
  Truth equal(const Value& left, const Value& right) { return value::equal(left, right, workspace_.zones); }
  bool same(const Value& left, const Value& right) { return equal(left, right).value_or(false); }
  std::optional<std::strong_ordering> order(const Value& left, const Value& right) {
    return value::compare(left, right, workspace_.zones);
  }
  /// Whether the point lies in the range; empty when they cannot be compared.
  Truth contains(const value::Range& range, const Value& point);
  /// `input in value`: range, list of those, or equality.
  Truth matches(const Value& input, const Value& value);
  /// Entry, property of a temporal value or range, or projection of a list.
  Value property(const Value& of, const Key& key, const Node& node);

 private:
  friend class JuelEvaluation;

  bool give_up(const Node& node);
  Value global(const Node& node);
  Value item_name(const Node& node);
  Value arithmetic_node(const Node& node);
  Value comparison_node(const Node& node);
  Value logic(const Node& node, bool deciding);
  Value between(const Node& node);
  Value membership(const Node& node);
  Truth test(const Node& node, const Value& input);
  Value unary_tests(const Node& node);
  Value choice(const Node& node);
  Value list(const Node& node);
  Value context(const Node& node);
  Value range(const Node& node);
  Value call(const Node& node);
  Value invoke(const Node& node);
  Value function(const Node& node);
  Value invoke_native(const value::NativeFunction& function, std::span<const Value> arguments,
                      const Node& node);
  Value invoke_literal(const value::Function& function, std::span<const Value> arguments, const Node& node);

  // iteration.cpp
  struct Loop;
  Value loop(const Node& node);
  bool iterate(Loop& loop, std::size_t domain);
  bool iterate_body(Loop& loop);
  Value filter(const Node& node);

  // juel_evaluate.cpp
  Value juel(const Node& node);

  Workspace& workspace_;
  const Scope* scope_;
  std::string_view text_;
  Value* frame_ = nullptr;
  std::size_t stack_used_;
  std::uint64_t steps_;
  std::uint32_t depth_;
  bool exhausted_ = false;
};

/// A list that grows in the arena.
class ListBuilder {
 public:
  ListBuilder(Evaluator& evaluator, const Node& node, std::size_t expected = 0)
      : evaluator_(evaluator), node_(node) {
    if (expected != 0) {
      items_ = evaluator.arena().array<Value>(expected);
      capacity_ = expected;
    }
  }
  /// False when a limit is reached (and noted).
  bool push(const Value& item) {
    if (size_ == capacity_ && !enlarge()) return false;
    ::new (static_cast<void*>(items_ + size_++)) Value(item);
    if (item.depth() >= depth_) depth_ = item.depth() + 1;
    weight_ += item.weight();
    return true;
  }
  [[nodiscard]] Value value() const { return Value::list({items_, size_}, depth_, weight_); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::span<Value> items() { return {items_, size_}; }

 private:
  bool enlarge();
  Evaluator& evaluator_;
  const Node& node_;
  Value* items_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  int depth_ = 1;
  std::uint64_t weight_ = 1;  // items are checked values and at most millions: no overflow
};

}  // namespace weir::feel
