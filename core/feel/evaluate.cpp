// A walk over the tree with one switch. Numbers of up to 18 digits, comparisons and paths are handled in
// place and allocate nothing; everything rarer is a call to a function that is not inlined, which keeps the
// frames of the recursion small. The depth of the walk is bounded by the height of the trees, which the
// parser limits, so only calls of functions have to count it.
#include <algorithm>

#include "core/feel/check.hpp"
#include "core/feel/evaluator.hpp"

namespace weir::feel {

namespace {

/// left op right for two small numbers with one exponent; false when it does not fit.
inline bool small_arithmetic(Operator op, const Value& left, const Value& right, Value& result) {
  if (!left.is(Kind::number) || !right.is(Kind::number) || !left.is_small() || !right.is_small())
    return false;
  std::int64_t number = 0;
  switch (op) {
    case Operator::add:
      if (left.exponent() != right.exponent() ||
          __builtin_add_overflow(left.coefficient(), right.coefficient(), &number))
        return false;
      result = Value::number(number, left.exponent());
      return true;
    case Operator::subtract:
      if (left.exponent() != right.exponent() ||
          __builtin_sub_overflow(left.coefficient(), right.coefficient(), &number))
        return false;
      result = Value::number(number, left.exponent());
      return true;
    case Operator::multiply: {
      const int exponent = left.exponent() + right.exponent();
      if (exponent < -127 || exponent > 127 ||
          __builtin_mul_overflow(left.coefficient(), right.coefficient(), &number))
        return false;
      result = Value::number(number, exponent);
      return true;
    }
    default:
      return false;
  }
}

}  // namespace

Value Evaluator::run(const Node& root, std::uint32_t frame_size, std::span<const Value> first_slots) {
  if (frame_size == 0) return evaluate(root);
  if (stack_used_ + frame_size > Workspace::stack_slots)
    return fail(TroubleKind::limit, root, "the expression has too many variables");
  const bool few = frame_size <= Workspace::few_slots && !workspace_.nesting.inside;
  frame_ = few ? workspace_.small_frame() : workspace_.stack() + stack_used_;
  if (!few) stack_used_ += frame_size;
  for (std::size_t i = 0; i < frame_size; ++i)
    ::new (static_cast<void*>(frame_ + i)) Value(i < first_slots.size() ? first_slots[i] : Value{});
  return evaluate(root);
}

Value Evaluator::evaluate(const Node& node) {
  switch (node.kind) {
    case NodeKind::literal:
      return node.value;
    case NodeKind::local:
      return frame_[node.slot];
    case NodeKind::global: {
      for (const Scope* scope = scope_; scope != nullptr; scope = scope->outer)
        for (const Entry& entry : scope->entries)
          if (entry.key == node.key) return entry.value;
      return global(node);
    }
    case NodeKind::item_name:
      return item_name(node);
    case NodeKind::negate:
      return negate(evaluate(*node.left), node);
    case NodeKind::arithmetic:
      return arithmetic_node(node);
    case NodeKind::comparison:
      return comparison_node(node);
    case NodeKind::logic_and:
      return logic(node, false);
    case NodeKind::logic_or:
      return logic(node, true);
    case NodeKind::between:
      return between(node);
    case NodeKind::in:
      return membership(node);
    case NodeKind::choice:
      return choice(node);
    case NodeKind::loop:
      return loop(node);
    case NodeKind::list:
      return list(node);
    case NodeKind::context:
      return context(node);
    case NodeKind::range:
      return range(node);
    case NodeKind::path: {
      const Value of = evaluate(*node.left);
      if (of.is(Kind::context)) {
        if (const Value* entry = of.find(node.key)) return *entry;
      }
      return property(of, node.key, node);
    }
    case NodeKind::filter:
      return filter(node);
    case NodeKind::call:
      return call(node);
    case NodeKind::invoke:
      return invoke(node);
    case NodeKind::function:
      return function(node);
    case NodeKind::instance_of:
      if (node.type->form == Type::Form::unknown) return Value{};  // reported when it was compiled
      return Value::boolean(instance_of(evaluate(*node.left), *node.type));
    case NodeKind::test:
      return Value{};  // only inside `in` and `tests`
    case NodeKind::tests:
      return unary_tests(node);
    default:
      return juel(node);
  }
}

Value Evaluator::fail(TroubleKind kind, const Node& node, const char* message, const Value& first,
                      const Value& second) {
  workspace_.add_trouble({kind, message, node.begin, node.end, first, second});
  return Value{};
}

bool Evaluator::give_up(const Node& node) {
  if (!exhausted_) fail(TroubleKind::limit, node, "the expression takes too many steps");
  exhausted_ = true;
  return false;
}

bool Evaluator::has_room(std::size_t bytes, const Node& node) {
  if (exhausted_) return false;
  if (bytes <= workspace_.limits.memory && arena().used() <= workspace_.limits.memory - bytes) return true;
  fail(TroubleKind::limit, node, "the expression needs too much memory");
  exhausted_ = true;
  return false;
}

Value Evaluator::checked(const Value& value, const Node& node) {
  if (value.weight() > Value::max_weight) return fail(TroubleKind::limit, node, "the value is too large");
  if (value.depth() > Value::max_depth)
    return fail(TroubleKind::limit, node, "the value is nested too deeply");
  return value;
}

[[gnu::noinline]] Value Evaluator::global(const Node& node) {
  const auto rows = find_builtins(node.key.text());
  if (!rows.empty()) {
    value::Function function;
    function.builtin = rows.data();
    return Value::function(arena().make(function));
  }
  return fail(TroubleKind::unknown_variable, node, "there is no variable '{0:n}'",
              Value::string(node.key.text()));
}

[[gnu::noinline]] Value Evaluator::item_name(const Node& node) {
  const Node* at = &node;
  for (; at->kind == NodeKind::item_name; at = at->left) {
    const Value& item = frame_[at->slot];
    if (!item.is(Kind::context)) continue;
    if (const Value* entry = item.find(at->key)) return *entry;
  }
  return evaluate(*at);
}

Value Evaluator::arithmetic_node(const Node& node) {
  const Value left = evaluate(*node.left);
  const Value right = evaluate(*node.right);
  Value result;
  if (small_arithmetic(node.op, left, right, result)) return result;
  return arithmetic(node.op, left, right, node);
}

Value Evaluator::comparison_node(const Node& node) {
  const Value left = evaluate(*node.left);
  const Value right = evaluate(*node.right);
  if (left.is(Kind::number) && right.is(Kind::number) && left.is_small() && right.is_small() &&
      left.exponent() == right.exponent()) {
    const std::int64_t a = left.coefficient();
    const std::int64_t b = right.coefficient();
    switch (node.op) {
      case Operator::equal:
        return Value::boolean(a == b);
      case Operator::not_equal:
        return Value::boolean(a != b);
      case Operator::less:
        return Value::boolean(a < b);
      case Operator::less_equal:
        return Value::boolean(a <= b);
      case Operator::greater:
        return Value::boolean(a > b);
      default:
        return Value::boolean(a >= b);
    }
  }
  if (left.is(Kind::string) && right.is(Kind::string) && node.op <= Operator::not_equal)
    return Value::boolean((left.text() == right.text()) == (node.op == Operator::equal));
  return compare(node.op, left, right, node);
}

/// and: false decides, or: true decides; else null when one operand is no boolean.
Value Evaluator::logic(const Node& node, bool deciding) {
  bool unknown = false;
  for (const Node* item : node.items) {
    const Value operand = evaluate(*item);
    if (!operand.is(Kind::boolean)) {
      unknown = true;
      if (!operand.is_null())
        fail(TroubleKind::type_mismatch, *item, "and, or need booleans, {0} is a {0:t}", operand);
    } else if (operand.truth() == deciding) {
      return operand;
    }
  }
  return unknown ? Value{} : Value::boolean(!deciding);
}

[[gnu::noinline]] Value Evaluator::between(const Node& node) {
  const Value point = evaluate(*node.left);
  const Value low = evaluate(*node.items[0]);
  const Value high = evaluate(*node.items[1]);
  const auto from = order(low, point);
  const auto to = order(point, high);
  if (from && to) return Value::boolean(*from <= 0 && *to <= 0);
  const Value above = compare(Operator::greater_equal, point, low, node);
  if (above.is_false()) return above;
  const Value below = compare(Operator::less_equal, point, high, node);
  return below.is_false() || above.is_true() ? below : Value{};
}

Truth Evaluator::test(const Node& node, const Value& input) {
  const Value operand = evaluate(*node.right);
  if (node.op != Operator::none) {
    const Value answer = compare(node.op, input, operand, node);
    return answer.is(Kind::boolean) ? Truth(answer.truth()) : Truth();
  }
  if ((node.flags & uses_input) != 0) {
    if (operand.is(Kind::boolean)) return operand.truth();
    if (operand.is_null()) return std::nullopt;
  }
  const Truth answer = matches(input, operand);
  if (!answer) fail(TroubleKind::type_mismatch, node, "{0} cannot be compared with {1}", input, operand);
  return answer;
}

[[gnu::noinline]] Value Evaluator::membership(const Node& node) {
  const Value input = evaluate(*node.left);
  frame_[node.slot] = input;
  bool unknown = false;
  for (const Node* item : node.items) {
    const Truth answer = test(*item, input);
    if (answer == true) return Value::boolean(true);
    if (!answer) unknown = true;
  }
  return unknown ? Value{} : Value::boolean(false);
}

[[gnu::noinline]] Value Evaluator::unary_tests(const Node& node) {
  if ((node.flags & any_input) != 0) return Value::boolean(true);
  const Value input = frame_[node.slot];
  bool unknown = false;
  bool any = false;
  for (const Node* item : node.items) {
    const Truth answer = test(*item, input);
    if (answer == true) {
      any = true;
      break;
    }
    if (!answer) unknown = true;
  }
  if (!any && unknown) return Value{};
  return Value::boolean(any != ((node.flags & negated) != 0));
}

Value Evaluator::choice(const Node& node) {
  const Value condition = evaluate(*node.left);
  if (!condition.is(Kind::boolean) && !condition.is_null())
    fail(TroubleKind::type_mismatch, *node.left, "the condition of if must be a boolean, {0} is a {0:t}",
         condition);
  return evaluate(*node.items[condition.is_true() ? 0 : 1]);
}

[[gnu::noinline]] Value Evaluator::list(const Node& node) {
  auto* items = arena().array<Value>(node.items.size());
  for (std::size_t i = 0; i < node.items.size(); ++i)
    ::new (static_cast<void*>(items + i)) Value(evaluate(*node.items[i]));
  return checked(Value::list({items, node.items.size()}), node);
}

[[gnu::noinline]] Value Evaluator::context(const Node& node) {
  const std::size_t count = node.items.size();
  auto* entries = arena().array<Entry>(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Value entry = evaluate(*node.items[i]);
    ::new (static_cast<void*>(entries + i)) Entry{node.names[i], entry};
    const std::uint32_t slot = node.bindings[i].to;
    frame_[slot] = entry;
    // A function that mentions its own name captured that name's slot before it had a value.
    if (entry.is(Kind::function) && node.items[i]->kind == NodeKind::function) {
      const auto captures = node.items[i]->bindings;
      for (std::size_t k = 0; k < captures.size(); ++k)
        if (captures[k].from == slot) const_cast<Value*>(entry.function().captured)[k] = entry;
    }
  }
  return checked(Value::context({entries, count}), node);
}

[[gnu::noinline]] Value Evaluator::range(const Node& node) {
  value::Range range;
  range.low = evaluate(*node.left);
  if (node.op != Operator::none) {
    using Form = value::Range::Form;
    const bool is_low = node.op == Operator::greater || node.op == Operator::greater_equal;
    const bool is_high = node.op == Operator::less || node.op == Operator::less_equal;
    range.form = node.op == Operator::less            ? Form::less
                 : node.op == Operator::less_equal    ? Form::less_equal
                 : node.op == Operator::greater       ? Form::greater
                 : node.op == Operator::greater_equal ? Form::greater_equal
                 : node.op == Operator::equal         ? Form::equal
                                                      : Form::not_equal;
    range.high = range.low;
    range.has_low = !is_high;
    range.has_high = !is_low;
    range.low_closed = node.op == Operator::greater_equal || node.op == Operator::equal;
    range.high_closed = node.op == Operator::less_equal || node.op == Operator::equal;
    if (is_low) range.high = Value{};
    if (is_high) range.low = Value{};
    return checked(Value::range(arena().make(range)), node);
  }
  range.high = evaluate(*node.right);
  range.low_closed = (node.flags & low_closed) != 0;
  range.high_closed = (node.flags & high_closed) != 0;
  if (!range.low.is_null() && !range.high.is_null()) {
    if (range.low.kind() != range.high.kind())
      return fail(TroubleKind::type_mismatch, node,
                  "the ends of a range must have one type, not {0:t} and {1:t}", range.low, range.high);
    const auto ascending = order(range.low, range.high);
    if (!ascending && !order(range.low, range.low))
      return fail(TroubleKind::type_mismatch, node, "a range needs ends that have an order, not {0:t}",
                  range.low);
  }
  return checked(Value::range(arena().make(range)), node);
}

// ---- calls

[[gnu::noinline]] Value Evaluator::call(const Node& node) {
  if ((node.flags & negated) != 0)
    return fail(TroubleKind::arity, node, "'{0:n}' has no form with these parameters",
                Value::string(node.builtin->name));
  constexpr std::size_t few = 8;
  Value on_stack[few];
  Value* arguments = on_stack;
  const std::size_t count = node.items.size();
  if (count > few) arguments = arena().array<Value>(count);
  const std::size_t troubles_before = workspace_.trouble_count();
  for (std::size_t i = 0; i < count; ++i) {
    ::new (static_cast<void*>(arguments + i)) Value(evaluate(*node.items[i]));
    if (i == 0 && node.builtin->probing && !exhausted_) workspace_.drop_troubles_after(troubles_before);
  }
  return node.builtin->function({*this, node, *node.builtin, {arguments, count}});
}

Value Evaluator::call_builtin(const Builtin& first_row, std::span<const Value> arguments, const Node& node) {
  for (const Builtin& row : find_builtins(first_row.name)) {
    const Arity wanted = arity(row);
    if (arguments.size() >= wanted.least && (arguments.size() <= wanted.most || wanted.variadic))
      return row.function({*this, node, row, arguments});
  }
  return fail(TroubleKind::arity, node, "'{0:n}' has no form with that many parameters",
              Value::string(first_row.name));
}

[[gnu::noinline]] Value Evaluator::invoke(const Node& node) {
  if (node.left->kind == NodeKind::global && scope_ != nullptr && scope_->find(node.left->key) == nullptr &&
      find_builtins(node.left->key.text()).empty())
    return fail(TroubleKind::unknown_function, node, "there is no function '{0:n}'",
                Value::string(node.left->key.text()));
  const Value callee = evaluate(*node.left);
  if (!callee.is(Kind::function)) {
    if (callee.is_null()) return fail(TroubleKind::unknown_function, node, "null is called like a function");
    return fail(TroubleKind::unknown_function, node, "{0} is called like a function, but is a {0:t}", callee);
  }
  const std::size_t count = node.items.size();
  auto* arguments = arena().array<Value>(count);
  for (std::size_t i = 0; i < count; ++i)
    ::new (static_cast<void*>(arguments + i)) Value(evaluate(*node.items[i]));
  std::span<const Value> given(arguments, count);
  const value::Function& function = callee.function();
  if (!node.names.empty() && (function.node != nullptr || function.native != nullptr)) {
    const auto parameters = function.node != nullptr ? function.node->names : function.native->parameters;
    auto* ordered = arena().array<Value>(parameters.size());
    std::size_t found = 0;
    for (std::size_t p = 0; p < parameters.size(); ++p) {
      ::new (static_cast<void*>(ordered + p)) Value();
      for (std::size_t i = 0; i < count; ++i) {
        if (!(node.names[i] == parameters[p])) continue;
        ordered[p] = given[i];
        ++found;
        break;
      }
    }
    if (found != parameters.size() || found != count)
      return fail(TroubleKind::arity, node,
                  "the names of the arguments are not those of the function's parameters");
    given = {ordered, parameters.size()};
  }
  return call_function(callee, given, node);
}

Value Evaluator::call_function(const Value& function, std::span<const Value> arguments, const Node& node) {
  const value::Function& called = function.function();
  if (called.builtin != nullptr) return call_builtin(*called.builtin, arguments, node);
  if (called.native != nullptr) return invoke_native(*called.native, arguments, node);
  return invoke_literal(called, arguments, node);
}

/// Evaluators that run inside of the call go on behind this one's frames and limits.
Value Evaluator::invoke_native(const value::NativeFunction& function, std::span<const Value> arguments,
                               const Node& node) {
  if (arguments.size() != function.parameters.size())
    return fail(TroubleKind::arity, node, "the function takes another number of arguments: {0}, not {1}",
                Value::integer(static_cast<std::int64_t>(function.parameters.size())),
                Value::integer(static_cast<std::int64_t>(arguments.size())));
  if (!step(node)) return Value{};
  constexpr std::uint32_t cost = 12;  // such a call takes the stack of that many levels
  if (depth_ + cost > workspace_.limits.depth)
    return fail(TroubleKind::limit, node, "functions call each other too deeply");
  const Workspace::Nesting before = workspace_.nesting;
  workspace_.nesting = {stack_used_, steps_, depth_ + cost, true};
  const Value result = function.call(function, arguments);
  steps_ = workspace_.nesting.steps;
  workspace_.nesting = before;
  return result;
}

Value Evaluator::invoke_literal(const value::Function& function, std::span<const Value> arguments,
                                const Node& node) {
  const Node& literal = *function.node;
  if ((literal.flags & external) != 0)
    return fail(
        TroubleKind::unsupported, node,
        "the function is in {0:n}, which cannot run here: write its body in FEEL, or hand its result in",
        Value::string(external_language(literal)));
  if (arguments.size() != literal.names.size())
    return fail(TroubleKind::arity, node, "the function takes another number of arguments: {0}, not {1}",
                Value::integer(static_cast<std::int64_t>(literal.names.size())),
                Value::integer(static_cast<std::int64_t>(arguments.size())));
  if (!step(node)) return Value{};
  const std::uint32_t deeper = depth_ + literal.height;
  if (deeper > workspace_.limits.depth || stack_used_ + literal.frame_size > Workspace::stack_slots)
    return fail(TroubleKind::limit, node, "functions call each other too deeply");
  Value* const caller_frame = frame_;
  const Scope* const caller_scope = scope_;
  const std::uint32_t caller_depth = depth_;
  Value* const frame = workspace_.stack() + stack_used_;
  for (std::size_t i = 0; i < literal.frame_size; ++i)
    ::new (static_cast<void*>(frame + i)) Value(i < arguments.size() ? arguments[i] : Value{});
  for (std::size_t i = 0; i < literal.bindings.size(); ++i)
    frame[literal.bindings[i].to] = function.captured[i];
  for (std::size_t i = 0; i < literal.types.size(); ++i) {
    if (literal.types[i] == nullptr || coerce(frame[i], *literal.types[i], arena())) continue;
    return fail(TroubleKind::type_mismatch, node, "{0} is not of the parameter's type", frame[i]);
  }
  stack_used_ += literal.frame_size;
  frame_ = frame;
  scope_ = function.scope;
  depth_ = deeper;
  const Value result = evaluate(*literal.right);
  depth_ = caller_depth;
  scope_ = caller_scope;
  frame_ = caller_frame;
  stack_used_ -= literal.frame_size;
  return exhausted_ ? Value{} : result;
}

[[gnu::noinline]] Value Evaluator::function(const Node& node) {
  value::Function function;
  function.node = &node;
  function.scope = scope_;
  auto* captured = arena().array<Value>(node.bindings.size());
  for (std::size_t i = 0; i < node.bindings.size(); ++i)
    ::new (static_cast<void*>(captured + i)) Value(frame_[node.bindings[i].from]);
  function.captured = captured;
  return Value::function(arena().make(function));
}

bool ListBuilder::enlarge() {
  const std::size_t wanted = capacity_ == 0 ? 8 : 2 * capacity_;
  if (wanted > 2 * static_cast<std::size_t>(evaluator_.workspace().limits.list_size)) {
    evaluator_.fail(TroubleKind::limit, node_, "the list becomes too long");
    return false;
  }
  if (!evaluator_.has_room(wanted * sizeof(Value), node_)) return false;
  items_ = evaluator_.arena().grow(items_, size_, wanted);
  capacity_ = wanted;
  return true;
}

}  // namespace weir::feel
