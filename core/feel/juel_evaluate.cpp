// What JUEL's operators do (JSR 245 section 1.5 to 1.18): null is 0, "" or false where a number, text or
// boolean is needed, texts that hold numbers are numbers to arithmetic and comparison, == of null and null is
// true.
#include <algorithm>
#include <string>

#include "core/feel/builtins/unicode.hpp"
#include "core/feel/juel_evaluation.hpp"
#include "core/value/print.hpp"

namespace weir::feel {

[[gnu::noinline]] Value Evaluator::juel(const Node& node) {
  return JuelEvaluation(*this).node(node);
}

Value JuelEvaluation::node(const Node& node) {
  switch (node.kind) {
    case NodeKind::juel_arithmetic:
      return arithmetic(node);
    case NodeKind::juel_comparison:
      return comparison(node);
    case NodeKind::juel_and:
    case NodeKind::juel_or: {
      const bool deciding = node.kind == NodeKind::juel_or;
      const Truth left = truth(evaluate(*node.left), *node.left);
      if (left == deciding) return Value::boolean(deciding);
      const Truth right = truth(evaluate(*node.right), *node.right);
      if (right == deciding) return Value::boolean(deciding);
      return left && right ? Value::boolean(!deciding) : Value{};
    }
    case NodeKind::juel_not: {
      const Truth operand = truth(evaluate(*node.left), *node.left);
      return operand ? Value::boolean(!*operand) : Value{};
    }
    case NodeKind::juel_empty: {
      const Value of = evaluate(*node.left);
      return Value::boolean(of.is_null() || (of.is(Kind::string) && of.text().empty()) ||
                            (of.is(Kind::list) && of.items().empty()) ||
                            (of.is(Kind::context) && of.entries().empty()));
    }
    case NodeKind::juel_choice: {
      const Truth condition = truth(evaluate(*node.left), *node.left);
      return condition ? evaluate(*node.items[*condition ? 0 : 1]) : Value{};
    }
    case NodeKind::juel_index:
      return index(node);
    case NodeKind::juel_property:
      return property(evaluate(*node.left), node.key, node);
    case NodeKind::juel_method:
      return method(node);
    case NodeKind::juel_variable:
      return variable(node);
    case NodeKind::concatenation:
      return concatenation(node);
    default:
      return Value{};
  }
}

Truth JuelEvaluation::truth(const Value& value, const Node& node) {
  if (value.is(Kind::boolean)) return value.truth();
  if (value.is_null()) return false;
  if (value.is(Kind::string)) {
    std::string lower;
    for (const char c : value.text().substr(0, 5))
      lower += static_cast<char>(to_lower(static_cast<unsigned char>(c)));
    return value.text().size() == 4 && lower == "true";
  }
  evaluator_.fail(TroubleKind::type_mismatch, node, "a boolean is needed, {0} is a {0:t}", value);
  return std::nullopt;
}

std::optional<Decimal> JuelEvaluation::number(const Value& value) {
  if (value.is(Kind::number)) return value.decimal();
  if (value.is_null()) return Decimal{0};
  if (!value.is(Kind::string)) return std::nullopt;
  return value.text().empty() ? Decimal{0} : Decimal::parse(value.text());
}

Value JuelEvaluation::arithmetic(const Node& node) {
  const Value left = evaluate(*node.left);
  const Value right = evaluate(*node.right);
  if (left.is(Kind::number) && right.is(Kind::number))
    return evaluator_.arithmetic(node.op, left, right, node);
  const auto a = number(left);
  const auto b = number(right);
  if (a && b) {
    Arena& arena = evaluator_.arena();
    return evaluator_.arithmetic(node.op, Value::number(*a, arena), Value::number(*b, arena), node);
  }
  if (node.op == Operator::add && (left.is(Kind::string) || right.is(Kind::string)))  // as engines in use do
    return text(value::to_text(left) + value::to_text(right), node);
  if (left.kind() >= Kind::date && left.kind() <= Kind::years_months_duration)
    return evaluator_.arithmetic(node.op, left, right, node);
  return evaluator_.fail(TroubleKind::type_mismatch, node, "the operator is not defined for {0} and {1}",
                         left, right);
}

bool JuelEvaluation::equal(const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) return left.is_null() && right.is_null();
  if (left.kind() == right.kind()) return value::same(left, right);
  if (left.is(Kind::number) || right.is(Kind::number)) {
    const auto a = number(left);
    const auto b = number(right);
    return a && b && *a == *b;
  }
  if (left.is(Kind::boolean) || right.is(Kind::boolean)) {
    const Value& other = left.is(Kind::boolean) ? right : left;
    const bool expected = (left.is(Kind::boolean) ? left : right).truth();
    return other.is(Kind::string) && (other.text() == "true") == expected;
  }
  if (left.is(Kind::string) || right.is(Kind::string)) return value::to_text(left) == value::to_text(right);
  return false;
}

std::optional<std::strong_ordering> JuelEvaluation::order(const Value& left, const Value& right) {
  if (left.kind() == right.kind()) return value::compare(left, right);
  if (left.is_null() || right.is_null()) return std::nullopt;
  if (left.is(Kind::number) || right.is(Kind::number)) {
    const auto a = number(left);
    const auto b = number(right);
    if (a && b) return *a <=> *b;
    return std::nullopt;
  }
  if (left.is(Kind::string) || right.is(Kind::string))
    return value::to_text(left).compare(value::to_text(right)) <=> 0;
  return std::nullopt;
}

Value JuelEvaluation::comparison(const Node& node) {
  const Value left = evaluate(*node.left);
  const Value right = evaluate(*node.right);
  if (node.op == Operator::equal || node.op == Operator::not_equal)
    return Value::boolean(equal(left, right) == (node.op == Operator::equal));
  const auto found = order(left, right);
  if (!found) {
    if (left.is_null() || right.is_null()) {  // JSR 245: comparing with null is false, unless both are null
      const bool both = left.is_null() && right.is_null();
      return Value::boolean(both && (node.op == Operator::less_equal || node.op == Operator::greater_equal));
    }
    return evaluator_.fail(TroubleKind::type_mismatch, node, "{0} and {1} have no order", left, right);
  }
  switch (node.op) {
    case Operator::less:
      return Value::boolean(*found < 0);
    case Operator::less_equal:
      return Value::boolean(*found <= 0);
    case Operator::greater:
      return Value::boolean(*found > 0);
    default:
      return Value::boolean(*found >= 0);
  }
}

Value JuelEvaluation::variable(const Node& node) {
  if (const Scope* scope = evaluator_.scope()) {
    if (const Value* found = scope->find(node.key)) return *found;
  }
  if ((node.flags & maybe_missing) != 0) return Value{};
  return evaluator_.fail(TroubleKind::unknown_variable, node, "there is no variable '{0:n}'",
                         Value::string(node.key.text()));
}

Value JuelEvaluation::property(const Value& of, const Key& key, const Node& node) {
  if (of.is(Kind::context)) {
    const Value* entry = of.find(key);
    return entry != nullptr ? *entry : evaluator_.property(of, key, node);
  }
  if (of.is(Kind::list) && key.text() == "size")
    return Value::integer(static_cast<std::int64_t>(of.items().size()));
  if (of.is(Kind::list)) return no_method(key.text(), of, node);
  return evaluator_.property(of, key, node);
}

Value JuelEvaluation::index(const Node& node) {
  const Value of = evaluate(*node.left);
  const Value at = evaluate(*node.right);
  if (of.is(Kind::context)) {
    const std::string text_key = value::to_text(at);
    const Value* entry = of.find(Key(text_key));
    if (entry != nullptr) return *entry;
    return evaluator_.fail(TroubleKind::no_entry, node, "the context has no entry {0}", at);
  }
  const auto position = number(at);
  const auto whole = position && !at.is_null() ? position->to_integer() : std::nullopt;
  if (of.is(Kind::list)) {
    if (whole && *whole >= 0 && *whole < static_cast<std::int64_t>(of.items().size()))
      return of.items()[static_cast<std::size_t>(*whole)];
    return evaluator_.fail(TroubleKind::index, node, "there is no item {0} in a list of {1}", at,
                           Value::integer(static_cast<std::int64_t>(of.items().size())));
  }
  if (of.is_null()) return evaluator_.fail(TroubleKind::null_operand, node, "null has no items");
  return evaluator_.fail(TroubleKind::type_mismatch, node, "a {0:t} has no items", of);
}

Value JuelEvaluation::concatenation(const Node& node) {
  std::string joined;
  for (const Node* item : node.items) {
    const Value part = evaluate(*item);
    if (!part.is_null()) value::append_text(joined, part);
    if (joined.size() > evaluator_.workspace().limits.text_size) break;
  }
  return text(joined, node);
}

}  // namespace weir::feel
