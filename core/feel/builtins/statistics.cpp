// Functions that reduce a list: given as one list or as several arguments (DMN 1.5 table 74).
#include <algorithm>

#include "core/feel/builtins/arguments.hpp"
#include "core/feel/builtins/functions.hpp"
#include "core/value/compare.hpp"

namespace weir::feel::functions {

namespace {

using Items = std::span<const Value>;

std::optional<Items> all_items(const Call& call) {
  if (call.size() == 1) return list_argument(call, 0);
  return call.arguments;
}

/// Of an empty list there is no minimum, sum ...
Value nothing(const Call& call) {
  return call.evaluator.fail(TroubleKind::argument, call.node, "'{0:n}' of an empty list has no value",
                             Value::string(call.builtin.name));
}

Value extreme(const Call& call, bool greatest) {
  const auto items = all_items(call);
  if (!items) return refuse(call, 0);
  if (items->empty()) return nothing(call);
  Value best = items->front();
  if (!call.evaluator.order(best, best)) return refuse(call, best);
  for (const Value& item : items->subspan(1)) {
    const auto order = call.evaluator.order(item, best);
    if (!order) return refuse(call, item);
    if (greatest ? *order > 0 : *order < 0) best = item;
  }
  return best;
}

/// Sum or product of numbers; empty when an item is no number (noted) or the result is too large (noted).
std::optional<Decimal> reduced(const Call& call, Items items, Decimal start,
                               std::optional<Decimal> (*step)(const Decimal&, const Decimal&)) {
  Decimal total = start;
  for (const Value& item : items) {
    if (!item.is(Kind::number)) {
      refuse(call, item);
      return std::nullopt;
    }
    const auto next = step(total, item.decimal());
    if (!next) {
      out_of_range(call);
      return std::nullopt;
    }
    total = *next;
  }
  return total;
}

Value reduced_value(const Call& call, Decimal start,
                    std::optional<Decimal> (*step)(const Decimal&, const Decimal&)) {
  const auto items = all_items(call);
  if (!items) return refuse(call, 0);
  if (items->empty()) return nothing(call);
  const auto total = reduced(call, *items, start, step);
  return total ? Value::number(*total, call.evaluator.arena()) : Value{};
}

/// The numbers in ascending order; empty when an item is none (noted).
std::optional<std::span<Value>> sorted_numbers(const Call& call, Items items) {
  auto* to = call.evaluator.arena().array<Value>(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].is(Kind::number)) {
      refuse(call, items[i]);
      return std::nullopt;
    }
    ::new (static_cast<void*>(to + i)) Value(items[i]);
  }
  std::sort(to, to + items.size(),
            [](const Value& left, const Value& right) { return left.decimal() < right.decimal(); });
  return std::span<Value>(to, items.size());
}

}  // namespace

Value minimum(const Call& call) {
  return extreme(call, false);
}
Value maximum(const Call& call) {
  return extreme(call, true);
}
Value sum(const Call& call) {
  const auto items = all_items(call);
  if (items && !items->empty() && items->front().kind() >= Kind::days_time_duration &&
      items->front().kind() <= Kind::years_months_duration) {  // Camunda sums durations too
    Value total = items->front();
    for (const Value& item : items->subspan(1)) {
      total = call.evaluator.arithmetic(Operator::add, total, item, call.node);
      if (total.is_null()) break;
    }
    return total;
  }
  return reduced_value(call, Decimal{0}, value::add);
}
Value product(const Call& call) {
  return reduced_value(call, Decimal{1}, value::multiply);
}

Value mean(const Call& call) {
  const auto items = all_items(call);
  if (!items) return refuse(call, 0);
  if (items->empty()) return nothing(call);
  const auto total = reduced(call, *items, Decimal{0}, value::add);
  if (!total) return Value{};
  return number_value(call, value::divide(*total, Decimal{static_cast<std::int64_t>(items->size())}));
}

Value median(const Call& call) {
  const auto items = all_items(call);
  if (!items) return refuse(call, 0);
  if (items->empty()) return nothing(call);
  const auto sorted = sorted_numbers(call, *items);
  if (!sorted) return Value{};
  const std::size_t middle = sorted->size() / 2;
  if (sorted->size() % 2 == 1) return (*sorted)[middle];
  const auto both = value::add((*sorted)[middle - 1].decimal(), (*sorted)[middle].decimal());
  return number_value(call, both ? value::divide(*both, Decimal{2}) : std::nullopt);
}

/// Of a sample: divided by n - 1.
Value standard_deviation(const Call& call) {
  const auto items = all_items(call);
  if (!items) return refuse(call, 0);
  if (items->size() < 2) return refuse(call, 0);
  const auto total = reduced(call, *items, Decimal{0}, value::add);
  if (!total) return Value{};
  const auto size = static_cast<std::int64_t>(items->size());
  const auto average = value::divide(*total, Decimal{size});
  std::optional<Decimal> squares = Decimal{0};
  for (const Value& item : *items) {
    const auto distance = average ? value::subtract(item.decimal(), *average) : std::nullopt;
    const auto square = distance ? value::multiply(*distance, *distance) : std::nullopt;
    squares = square && squares ? value::add(*squares, *square) : std::nullopt;
  }
  const auto variance = squares ? value::divide(*squares, Decimal{size - 1}) : std::nullopt;
  return number_value(call, variance ? value::square_root(*variance) : std::nullopt);
}

Value mode(const Call& call) {
  const auto items = all_items(call);
  if (!items) return refuse(call, 0);
  const auto sorted = sorted_numbers(call, *items);
  if (!sorted) return Value{};
  ListBuilder modes(call.evaluator, call.node);
  std::size_t most = 0;
  for (int pass = 0; pass < 2; ++pass) {  // first how often, then which
    for (std::size_t begin = 0; begin < sorted->size();) {
      std::size_t end = begin + 1;
      while (end < sorted->size() && call.evaluator.same((*sorted)[begin], (*sorted)[end])) ++end;
      if (pass == 0) {
        most = std::max(most, end - begin);
      } else if (end - begin == most && !modes.push((*sorted)[begin])) {
        return Value{};
      }
      begin = end;
    }
  }
  return modes.value();
}

}  // namespace weir::feel::functions
