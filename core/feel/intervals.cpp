#include "core/feel/intervals.hpp"

namespace weir::feel {

namespace {

bool ordered(Kind kind) {
  return kind != Kind::string && kind != Kind::boolean;
}

/// A value that can be an end of an interval, of the kind wanted.
bool takes(const Value& value, Kind& kind) {
  switch (value.kind()) {
    case Kind::boolean:
    case Kind::number:
    case Kind::string:
    case Kind::date:
    case Kind::time:
    case Kind::date_time:
    case Kind::days_time_duration:
    case Kind::years_months_duration:
      break;
    default:
      return false;
  }
  if (kind == Kind::null) kind = value.kind();
  return kind == value.kind();
}

bool constant(const Node* node, Kind& kind) {
  return node != nullptr && node->kind == NodeKind::literal && takes(node->value, kind);
}

bool interval_of(const Node& test, Kind& kind, Interval& made) {
  if (test.kind != NodeKind::test || (test.flags & uses_input) != 0) return false;
  const Node* right = test.right;
  if (test.op == Operator::none && right->kind == NodeKind::literal && right->value.is(Kind::range)) {
    const value::Range& range = right->value.range();
    if (range.form != value::Range::Form::interval || !range.has_low || !range.has_high) return false;
    if (!takes(range.low, kind) || !takes(range.high, kind)) return false;
    made = {range.low, range.high, true, true, range.low_closed, range.high_closed};
    return ordered(kind);
  }
  if (test.op == Operator::none && right->kind == NodeKind::range) {
    if (right->op != Operator::none || !constant(right->left, kind) || !constant(right->right, kind))
      return false;
    made = {right->left->value,
            right->right->value,
            true,
            true,
            (right->flags & low_closed) != 0,
            (right->flags & high_closed) != 0};
    return ordered(kind);
  }
  if (!constant(right, kind)) return false;
  made = {right->value, right->value};
  switch (test.op) {
    case Operator::none:
    case Operator::equal:
      return true;
    case Operator::less:
    case Operator::less_equal:
      made.has_low = false;
      made.high_closed = test.op == Operator::less_equal;
      return ordered(kind);
    case Operator::greater:
    case Operator::greater_equal:
      made.has_high = false;
      made.low_closed = test.op == Operator::greater_equal;
      return ordered(kind);
    default:
      return false;
  }
}

}  // namespace

bool accepts_all(const Expression& tests) {
  const Node& root = tests.root();
  return (root.kind == NodeKind::tests && (root.flags & any_input) != 0) ||
         (root.kind == NodeKind::literal && root.value.is_true());
}

std::optional<ValueSet> value_set(const Expression& tests, Kind& kind) {
  const Node& root = tests.root();
  if (root.kind != NodeKind::tests) return std::nullopt;
  Kind found = kind;
  ValueSet made;
  for (const Node* item : root.items) {
    Interval interval;
    if (!interval_of(*item, found, interval)) return std::nullopt;
    made.intervals.push_back(interval);
  }
  made.negated = (root.flags & negated) != 0;
  kind = found;
  return made;
}

}  // namespace weir::feel
