// Relations between points and ranges (DMN 1.5 table 79), after Allen's interval algebra, and range().
#include <fmt/format.h>

#include "core/feel/builtins/arguments.hpp"
#include "core/feel/builtins/functions.hpp"
#include "core/feel/parser.hpp"
#include "core/value/compare.hpp"

namespace weir::feel::functions {

namespace {

/// A point or a range, as a range: a point is [p..p].
struct Operand {
  Value low;
  Value high;
  bool low_closed = true;
  bool high_closed = true;
  bool is_range = false;
};

std::optional<Operand> operand(const Call& call, std::size_t i) {
  if (!given(call, i)) return std::nullopt;
  const Value* value = &call[i];
  if (value->is(Kind::list) && value->items().size() == 1) value = &value->items()[0];
  if (!value->is(Kind::range)) {
    if (!value::compare(*value, *value)) return std::nullopt;
    return Operand{*value, *value, true, true, false};
  }
  const value::Range& range = value->range();
  if (range.low.is_null() || range.high.is_null()) return std::nullopt;
  return Operand{range.low, range.high, range.low_closed, range.high_closed, true};
}

struct Sides {
  Operand left;
  Operand right;
};

/// Both operands when they can be compared; else nothing (noted).
std::optional<Sides> sides(const Call& call) {
  const auto left = operand(call, 0);
  const auto right = operand(call, 1);
  if (!left || !right) {
    refuse(call, left ? 1 : 0);
    return std::nullopt;
  }
  if (!value::compare(left->low, right->low)) {
    refuse(call, 1);
    return std::nullopt;
  }
  return Sides{*left, *right};
}

int order(const Value& left, const Value& right) {
  const auto result = value::compare(left, right);
  return !result ? 0 : *result < 0 ? -1 : *result > 0 ? 1 : 0;
}

/// All of left lies before all of right.
bool lies_before(const Operand& left, const Operand& right) {
  const int ends = order(left.high, right.low);
  return ends < 0 || (ends == 0 && !(left.high_closed && right.low_closed));
}

bool meet(const Operand& left, const Operand& right) {
  return left.high_closed && right.low_closed && order(left.high, right.low) == 0;
}

/// left starts no later than right does.
bool starts_by(const Operand& left, const Operand& right) {
  const int starts = order(left.low, right.low);
  return starts < 0 || (starts == 0 && (left.low_closed || !right.low_closed));
}

bool ends_from(const Operand& left, const Operand& right) {
  const int ends = order(left.high, right.high);
  return ends > 0 || (ends == 0 && (left.high_closed || !right.high_closed));
}

bool covers(const Operand& left, const Operand& right) {
  return starts_by(left, right) && ends_from(left, right);
}

bool same_start(const Operand& left, const Operand& right) {
  return order(left.low, right.low) == 0 && left.low_closed == right.low_closed;
}

bool same_end(const Operand& left, const Operand& right) {
  return order(left.high, right.high) == 0 && left.high_closed == right.high_closed;
}

bool overlap(const Operand& left, const Operand& right) {
  return !lies_before(left, right) && !lies_before(right, left);
}

bool overlap_before(const Operand& left, const Operand& right) {
  const int starts = order(left.low, right.low);
  const int ends = order(left.high, right.high);
  const bool starts_first = starts < 0 || (starts == 0 && left.low_closed && !right.low_closed);
  const bool ends_first = ends < 0 || (ends == 0 && (!left.high_closed || right.high_closed));
  return starts_first && ends_first && overlap(left, right);
}

template <class Relation>
Value related(const Call& call, Relation relation) {
  const auto both = sides(call);
  return both ? Value::boolean(relation(both->left, both->right)) : Value{};
}

/// The same for relations that need ranges on one or both sides.
template <class Relation>
Value related_ranges(const Call& call, bool left_range, bool right_range, Relation relation) {
  const auto both = sides(call);
  if (!both) return Value{};
  if (left_range && !both->left.is_range) return refuse(call, 0);
  if (right_range && !both->right.is_range) return refuse(call, 1);
  return Value::boolean(relation(both->left, both->right));
}

template <class Relation>
auto flipped(Relation relation) {
  return [relation](const Operand& left, const Operand& right) { return relation(right, left); };
}

}  // namespace

Value before(const Call& call) {
  return related(call, lies_before);
}
Value after(const Call& call) {
  return related(call, flipped(lies_before));
}
Value meets(const Call& call) {
  return related_ranges(call, true, true, meet);
}
Value met_by(const Call& call) {
  return related_ranges(call, true, true, flipped(meet));
}
Value overlaps(const Call& call) {
  return related_ranges(call, true, true, overlap);
}
Value overlaps_before(const Call& call) {
  return related_ranges(call, true, true, overlap_before);
}
Value overlaps_after(const Call& call) {
  return related_ranges(call, true, true, flipped(overlap_before));
}
Value finishes(const Call& call) {
  return related_ranges(call, false, true, [](const Operand& left, const Operand& right) {
    return same_end(left, right) && starts_by(right, left);
  });
}
Value finished_by(const Call& call) {
  return related_ranges(call, true, false, [](const Operand& left, const Operand& right) {
    return same_end(left, right) && starts_by(left, right);
  });
}
Value includes(const Call& call) {
  return related_ranges(call, true, false, covers);
}
Value during(const Call& call) {
  return related_ranges(call, false, true, flipped(covers));
}
Value starts(const Call& call) {
  return related_ranges(call, false, true, [](const Operand& left, const Operand& right) {
    return same_start(left, right) && ends_from(right, left);
  });
}
Value started_by(const Call& call) {
  return related_ranges(call, true, false, [](const Operand& left, const Operand& right) {
    return same_start(left, right) && ends_from(left, right);
  });
}
Value coincides(const Call& call) {
  return related(call, [](const Operand& left, const Operand& right) {
    return same_start(left, right) && same_end(left, right);
  });
}

namespace {

/// A literal, perhaps written with its constructor: date("2024-01-01").
bool is_constant_end(const Node& node) {
  if (node.kind == NodeKind::literal) return true;
  if (node.kind == NodeKind::negate) return node.left->kind == NodeKind::literal;
  return node.kind == NodeKind::call && node.items.size() == 1 && node.items[0]->kind == NodeKind::literal &&
         (node.builtin->name == "date" || node.builtin->name == "time" ||
          node.builtin->name == "date and time" || node.builtin->name == "duration");
}

/// "(..2)", "[2..)": one end is missing, and open (rule 66). As a comparison, "(< 2)"; empty when there are
/// both.
std::string one_sided(std::string_view text) {
  const auto trim = [](std::string_view part) {
    const std::size_t first = part.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return std::string_view{};
    return part.substr(first, part.find_last_not_of(" \t\r\n") - first + 1);
  };
  text = trim(text);
  if (text.size() < 4) return {};
  const char open = text.front();
  const char close = text.back();
  const std::string_view inside = trim(text.substr(1, text.size() - 2));
  if (inside.starts_with("..") && (open == '(' || open == ']') &&
      (close == ')' || close == ']' || close == '['))
    return fmt::format("({} {})", close == ']' ? "<=" : "<", inside.substr(2));
  if (inside.ends_with("..") && (close == ')' || close == '[') && (open == '(' || open == '[' || open == ']'))
    return fmt::format("({} {})", open == '[' ? ">=" : ">", inside.substr(0, inside.size() - 2));
  return {};
}

}  // namespace

/// range("[1..5)"): a literal with literal ends, the lower one first.
Value range_from(const Call& call) {
  const Value* text = argument(call, 0, Kind::string);
  if (text == nullptr) return refuse(call, 0);
  Diagnostics ignored;
  Arena& arena = call.evaluator.arena();
  const std::string comparison = one_sided(text->text());
  const bool half = !comparison.empty();
  const std::string_view written = arena.copy(half ? std::string_view(comparison) : text->text());
  const Parsed parsed = parse(written, {}, arena, ignored);
  if (parsed.root == nullptr || parsed.root->kind != NodeKind::range ||
      (parsed.root->op != Operator::none) != half)
    return refuse(call, 0);
  for (const Node* end : {parsed.root->left, parsed.root->right})
    if (end != nullptr ? !is_constant_end(*end) : !half) return refuse(call, 0);
  const std::size_t before_evaluation = call.evaluator.workspace().trouble_count();
  Evaluator inner(call.evaluator.workspace(), nullptr, written);
  const Value range = inner.run(*parsed.root, 0);
  call.evaluator.workspace().drop_troubles_after(before_evaluation);
  if (!range.is(Kind::range)) return refuse(call, 0);
  if (half) {
    const value::Range& made = range.range();
    return (made.has_low ? made.low : made.high).is_null() ? refuse(call, 0) : range;
  }
  const auto ends = value::compare(range.range().low, range.range().high);
  const bool both_null = range.range().low.is_null() && range.range().high.is_null();
  return both_null || (ends && *ends > 0) ? refuse(call, 0) : range;
}

}  // namespace weir::feel::functions
