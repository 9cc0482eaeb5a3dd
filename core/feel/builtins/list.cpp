// List functions (DMN 1.5 table 74). Results are new arrays in the arena; items are shared.
#include <algorithm>

#include "core/feel/builtins/arguments.hpp"
#include "core/feel/builtins/functions.hpp"
#include "core/value/compare.hpp"

namespace weir::feel::functions {

namespace {

using Items = std::span<const Value>;

/// Room for a list of this length, or null when that is too much (noted).
Value* room(const Call& call, std::size_t size) {
  if (size > call.evaluator.workspace().limits.list_size) {
    call.evaluator.fail(TroubleKind::limit, call.node, "the list becomes too long");
    return nullptr;
  }
  if (!call.evaluator.has_room(size * sizeof(Value), call.node)) return nullptr;
  return call.evaluator.arena().array<Value>(std::max<std::size_t>(size, 1));  // null would mean a limit
}

Value joined(const Call& call, std::initializer_list<Items> parts) {
  std::size_t size = 0;
  for (const Items part : parts) size += part.size();
  Value* to = room(call, size);
  if (to == nullptr) return Value{};
  Value* at = to;
  for (const Items part : parts) at = std::copy(part.begin(), part.end(), at);
  return list_value(call, {to, size});
}

/// A list as it is given: only these functions refuse a missing list, others take any value as a list of one.
bool missing(const Call& call, std::size_t i) {
  return !given(call, i);
}

/// Position 1.. or -1.. as an index; empty when outside of the list.
std::optional<std::size_t> index_at(std::int64_t position, std::size_t size) {
  const auto count = static_cast<std::int64_t>(size);
  if (position > 0 && position <= count) return static_cast<std::size_t>(position - 1);
  if (position < 0 && -position <= count) return static_cast<std::size_t>(count + position);
  return std::nullopt;
}

bool in(const Call& call, const Value& item, Items items) {
  return std::any_of(items.begin(), items.end(),
                     [&](const Value& other) { return call.evaluator.same(item, other); });
}

}  // namespace

Value list_contains(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  return Value::boolean(in(call, call[1], *items));
}

Value list_replace(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  Value* to = room(call, items->size());
  if (to == nullptr) return Value{};
  std::copy(items->begin(), items->end(), to);
  if (const Value* function = argument(call, 1, Kind::function)) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      const Value both[] = {(*items)[i], call[2]};
      const Value answer = call.evaluator.call_function(*function, both, call.node);
      if (!answer.is(Kind::boolean)) return refuse(call, 1);
      if (answer.truth()) to[i] = call[2];
    }
    return list_value(call, {to, items->size()});
  }
  const auto position = integer_argument(call, 1);
  const auto index = position ? index_at(*position, items->size()) : std::nullopt;
  if (!index) return refuse(call, 1);
  to[*index] = call[2];
  return list_value(call, {to, items->size()});
}

Value count(const Call& call) {
  const auto items = list_argument(call, 0);
  return items ? Value::integer(static_cast<std::int64_t>(items->size())) : refuse(call, 0);
}

namespace {
/// all: false decides; any: true decides. Null, or any value that is no boolean, leaves it open.
Value quantified(const Call& call, bool deciding) {
  Items items = call.arguments;
  if (call.size() == 1) {
    const auto list = list_argument(call, 0);
    if (!list) return refuse(call, 0);
    items = *list;
  }
  bool unknown = false;
  for (const Value& item : items) {
    if (item.is(Kind::boolean)) {
      if (item.truth() == deciding) return item;
    } else {
      unknown = true;
      if (!item.is_null()) refuse(call, item);
    }
  }
  return unknown ? Value{} : Value::boolean(!deciding);
}
}  // namespace

Value all(const Call& call) {
  return quantified(call, false);
}
Value any(const Call& call) {
  return quantified(call, true);
}

Value sublist(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  const auto start = integer_argument(call, 1);
  const auto first = start ? index_at(*start, items->size()) : std::nullopt;
  if (!first) return refuse(call, 1);
  std::size_t size = items->size() - *first;
  if (call.size() > 2) {
    const auto length = integer_argument(call, 2);
    if (!length || *length < 0 || *length > static_cast<std::int64_t>(size)) return refuse(call, 2);
    size = static_cast<std::size_t>(*length);
  }
  return joined(call, {items->subspan(*first, size)});
}

Value append(const Call& call) {
  if (missing(call, 0)) return joined(call, {call.arguments});  // null is an item like others here
  return joined(call, {*list_argument(call, 0), call.arguments.subspan(1)});
}

Value concatenate(const Call& call) {
  ListBuilder all_items(call.evaluator, call.node);
  for (std::size_t i = 0; i < call.size(); ++i) {
    const auto items = list_argument(call, i);
    if (!items) return refuse(call, i);
    for (const Value& item : *items)
      if (!all_items.push(item)) return Value{};
  }
  return all_items.value();
}

Value insert_before(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  const auto position = integer_argument(call, 1);
  const auto index = position ? index_at(*position, items->size()) : std::nullopt;
  if (!index) return refuse(call, 1);
  return joined(call, {items->first(*index), call.arguments.subspan(2, 1), items->subspan(*index)});
}

Value remove(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  const auto position = integer_argument(call, 1);
  const auto index = position ? index_at(*position, items->size()) : std::nullopt;
  if (!index) return refuse(call, 1);
  return joined(call, {items->first(*index), items->subspan(*index + 1)});
}

Value reverse(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  Value* to = room(call, items->size());
  if (to == nullptr) return Value{};
  std::reverse_copy(items->begin(), items->end(), to);
  return list_value(call, {to, items->size()});
}

Value index_of(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  ListBuilder positions(call.evaluator, call.node);
  for (std::size_t i = 0; i < items->size(); ++i)
    if (call.evaluator.same((*items)[i], call[1]) &&
        !positions.push(Value::integer(static_cast<std::int64_t>(i) + 1)))
      return Value{};
  return positions.value();
}

namespace {
/// Adds what is not there yet. Quadratic, so every comparison is a step.
bool push_distinct(const Call& call, ListBuilder& to, Items items) {
  for (const Value& item : items) {
    if (!call.evaluator.step(call.node)) return false;
    if (!in(call, item, to.items()) && !to.push(item)) return false;
  }
  return true;
}
}  // namespace

Value union_of(const Call& call) {
  ListBuilder distinct(call.evaluator, call.node);
  for (std::size_t i = 0; i < call.size(); ++i) {
    const auto items = list_argument(call, i);
    if (!items) return refuse(call, i);
    if (!push_distinct(call, distinct, *items)) return Value{};
  }
  return distinct.value();
}

Value distinct_values(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  ListBuilder distinct(call.evaluator, call.node);
  return push_distinct(call, distinct, *items) ? distinct.value() : Value{};
}

Value duplicate_values(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  ListBuilder duplicates(call.evaluator, call.node);
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (!call.evaluator.step(call.node)) return Value{};
    if (in(call, (*items)[i], items->first(i)) && !in(call, (*items)[i], duplicates.items()) &&
        !duplicates.push((*items)[i]))
      return Value{};
  }
  return duplicates.value();
}

namespace {
bool push_flat(ListBuilder& to, Items items) {  // values are at most Value::max_depth deep
  for (const Value& item : items) {
    if (item.is(Kind::list) ? !push_flat(to, item.items()) : !to.push(item)) return false;
  }
  return true;
}
}  // namespace

Value flatten(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  ListBuilder flat(call.evaluator, call.node);
  return push_flat(flat, *items) ? flat.value() : Value{};
}

namespace {

/// Stable merge sort whose comparison may fail: std::sort must not be given a user's function.
bool merge_sort(Items from, Value* to, Value* scratch, auto&& precedes) {
  const std::size_t size = from.size();
  std::copy(from.begin(), from.end(), to);
  for (std::size_t width = 1; width < size; width *= 2) {
    for (std::size_t low = 0; low < size; low += 2 * width) {
      const std::size_t middle = std::min(low + width, size);
      const std::size_t high = std::min(low + 2 * width, size);
      std::size_t left = low;
      std::size_t right = middle;
      for (std::size_t at = low; at < high; ++at) {
        bool take_right = left == middle;
        if (!take_right && right < high) {
          const Truth answer = precedes(to[right], to[left]);
          if (!answer) return false;
          take_right = *answer;
        }
        scratch[at] = take_right ? to[right++] : to[left++];
      }
    }
    std::copy(scratch, scratch + size, to);
  }
  return true;
}

}  // namespace

Value sort(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  Value* to = room(call, items->size());
  Value* scratch = room(call, items->size());
  if (to == nullptr || scratch == nullptr) return Value{};
  bool sorted = false;
  if (call.size() > 1) {
    const Value* function = argument(call, 1, Kind::function);
    if (function == nullptr) return refuse(call, 1);
    sorted = merge_sort(*items, to, scratch, [&](const Value& left, const Value& right) -> Truth {
      const Value both[] = {left, right};
      const Value answer = call.evaluator.call_function(*function, both, call.node);
      return answer.is(Kind::boolean) ? Truth(answer.truth()) : Truth();
    });
  } else {
    sorted = merge_sort(*items, to, scratch, [&](const Value& left, const Value& right) -> Truth {
      const auto order = call.evaluator.order(left, right);
      return order ? Truth(*order < 0) : Truth();
    });
  }
  return sorted ? list_value(call, {to, items->size()}) : refuse(call, 0);
}

Value is_empty(const Call& call) {
  const auto items = list_argument(call, 0);
  return items ? Value::boolean(items->empty()) : refuse(call, 0);
}

Value partition(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  const auto size = integer_argument(call, 1);
  if (!size || *size < 1) return refuse(call, 1);
  ListBuilder parts(call.evaluator, call.node);
  for (std::size_t at = 0; at < items->size(); at += static_cast<std::size_t>(*size)) {
    const Value part =
        joined(call, {items->subspan(at, std::min(items->size() - at, static_cast<std::size_t>(*size)))});
    if (!parts.push(part)) return Value{};
  }
  return parts.value();
}

}  // namespace weir::feel::functions
