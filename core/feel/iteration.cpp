// for, some, every and filters. Ranges of numbers and dates are counted through, never built; `partial` is
// the growing result itself, seen through a list that ends where the result ended.
#include "core/feel/evaluator.hpp"
#include "core/value/compare.hpp"

namespace weir::feel {

struct Evaluator::Loop {
  const Node& node;
  ListBuilder results;
  bool unknown = false;  // some, every: an answer was null
  bool failed = false;   // null as a whole
  std::optional<bool> decided;
};

namespace {

/// Numbers or dates that are counted through.
struct Count {
  bool usable = false;
  bool dates = false;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

Count counted(const Value& low, const Value& high) {
  Count count;
  if (low.is(Kind::date) && high.is(Kind::date)) {
    count = {true, true, low.date().days, high.date().days};
  } else if (low.is(Kind::number) && high.is(Kind::number)) {
    const auto first = low.decimal().to_integer();
    const auto last = high.decimal().to_integer();
    if (first && last) count = {true, false, *first, *last};
  }
  return count;
}

}  // namespace

bool Evaluator::iterate_body(Loop& loop) {
  const Node& node = loop.node;
  if (!step(node)) return false;
  if (node.quantifier == Quantifier::collect) {
    if ((node.flags & uses_partial) != 0) frame_[node.slot] = loop.results.value();
    if (!loop.results.push(evaluate(*node.right))) loop.failed = true;
    return !loop.failed && !exhausted_;
  }
  const Value answer = evaluate(*node.right);
  const bool looked_for = node.quantifier == Quantifier::some;
  if (answer.is(Kind::boolean)) {
    if (answer.truth() != looked_for) return true;
    loop.decided = looked_for;
    return false;
  }
  loop.unknown = true;
  if (answer.is_null()) return true;
  fail(TroubleKind::type_mismatch, *node.right, "satisfies needs a boolean, {0} is a {0:t}", answer);
  loop.failed = true;
  return false;
}

/// False: stop, because it is decided or a limit is reached.
bool Evaluator::iterate(Loop& loop, std::size_t domain) {
  const Node& node = loop.node;
  if (domain == node.items.size()) return iterate_body(loop);
  Value& variable = frame_[node.bindings[domain].to];
  const auto count_through = [&](const Count& count, bool skip_first, bool skip_last) {
    const std::int64_t direction = count.first <= count.last ? 1 : -1;
    for (std::int64_t at = count.first;; at += direction) {
      const bool left_out = (skip_first && at == count.first) || (skip_last && at == count.last);
      if (!left_out) {
        variable = count.dates ? Value::date({at}) : Value::integer(at);
        if (!iterate(loop, domain + 1)) return false;
      }
      if (at == count.last) return true;
    }
  };
  const Node& source = *node.items[domain];
  if (source.kind == NodeKind::range && (source.flags & bare_range) != 0) {
    const Value low = evaluate(*source.left);
    const Value high = evaluate(*source.right);
    const Count count = counted(low, high);
    if (count.usable) return count_through(count, false, false);
    fail(TroubleKind::type_mismatch, source,
         "{0}..{1} cannot be counted through: integers or dates are needed", low, high);
    loop.failed = true;
    return false;
  }
  const Value values = evaluate(source);
  if (values.is(Kind::list)) {
    for (const Value& item : values.items()) {
      variable = item;
      if (!iterate(loop, domain + 1)) return false;
    }
    return true;
  }
  if (values.is(Kind::range)) {  // other than a..b, a range value never counts down
    const value::Range& range = values.range();
    const Count count = counted(range.low, range.high);
    if (count.usable && count.first <= count.last)
      return count_through(count, !range.low_closed, !range.high_closed);
    fail(TroubleKind::type_mismatch, source,
         "{0} cannot be counted through: ascending integers or dates are needed", values);
    loop.failed = true;
    return false;
  }
  variable = values;
  return iterate(loop, domain + 1);
}

[[gnu::noinline]] Value Evaluator::loop(const Node& node) {
  Loop loop{node, ListBuilder(*this, node), false, false, std::nullopt};
  iterate(loop, 0);
  if (exhausted_ || loop.failed) return Value{};
  if (node.quantifier == Quantifier::collect) return checked(loop.results.value(), node);
  if (loop.decided) return Value::boolean(*loop.decided);
  return loop.unknown ? Value{} : Value::boolean(node.quantifier == Quantifier::every);
}

[[gnu::noinline]] Value Evaluator::filter(const Node& node) {
  const Value of = evaluate(*node.left);
  Value single = of;
  std::span<const Value> items(&single, 1);
  if (of.is(Kind::list)) items = of.items();
  const auto indexed = [&](const Value& index) {
    const auto whole = index.decimal().to_integer();
    const auto size = static_cast<std::int64_t>(items.size());
    if (whole && *whole > 0 && *whole <= size) return items[static_cast<std::size_t>(*whole - 1)];
    if (whole && *whole < 0 && *whole >= -size) return items[static_cast<std::size_t>(size + *whole)];
    return fail(TroubleKind::index, node, "there is no item {0} in a list of {1}", index,
                Value::integer(size));
  };
  if (node.right->kind == NodeKind::literal && node.right->value.is(Kind::number))
    return indexed(node.right->value);
  if (of.is_null()) items = {};
  ListBuilder kept(*this, node);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!step(node)) return Value{};
    frame_[node.slot] = items[i];
    const Value answer = evaluate(*node.right);
    if (answer.is(Kind::boolean)) {
      if (answer.truth() && !kept.push(items[i])) return Value{};
    } else if (answer.is(Kind::number)) {
      return indexed(answer);
    } else if (!answer.is_null()) {
      return fail(TroubleKind::type_mismatch, *node.right,
                  "a filter needs a boolean or a number, {0} is a {0:t}", answer);
    }
  }
  return kept.value();
}

}  // namespace weir::feel
