// Building and copying of values.
#include "core/value/value.hpp"

#include <algorithm>
#include <array>

namespace weir::value {

namespace {
constexpr std::uint64_t weight_limit = std::uint64_t{1} << 60;  // sums of two do not overflow
}  // namespace

std::string_view kind_name(Kind kind) {
  constexpr std::array<std::string_view, 13> names{"null",
                                                   "boolean",
                                                   "number",
                                                   "string",
                                                   "date",
                                                   "time",
                                                   "date and time",
                                                   "days and time duration",
                                                   "years and months duration",
                                                   "list",
                                                   "context",
                                                   "range",
                                                   "function"};
  return names[static_cast<std::size_t>(kind)];
}

Value Value::number(const Decimal& decimal, Arena& arena) {
  Decimal number = decimal;
  const auto narrow = [&] { return static_cast<std::int64_t>(number.coefficient()) == number.coefficient(); };
  if (!narrow() || number.exponent() < -127 || number.exponent() > 127) {
    number = number.normalized();
    if (!narrow() || number.exponent() < -127 || number.exponent() > 127)
      return pointing(Kind::number, wide_mark, 0, 0, arena.make(number));
  }
  return Value::number(static_cast<std::int64_t>(number.coefficient()), number.exponent());
}

Value Value::string(std::string_view text) {
  WEIR_CHECK(text.size() < UINT32_MAX);
  if (text.size() > inline_text) return pointing(Kind::string, borrowed_mark, 0, text.size(), text.data());
  Value value(Kind::string, 0, 0, 0, 0);
  Text inside{{Kind::string, static_cast<std::uint8_t>(text.size()), 0}, {}};
  if (!text.empty()) std::memcpy(inside.bytes, text.data(), text.size());
  value.text_ = inside;
  return value;
}

Value Value::list(std::span<const Value> items) {
  int depth = 0;
  std::uint64_t weight = 1;
  for (const Value& item : items) {
    depth = std::max(depth, item.depth());
    weight = std::min(weight + item.weight(), weight_limit);
  }
  return composite(Kind::list, depth + 1, weight, items.size(), items.data());
}

Value Value::context(std::span<const Entry> entries) {
  int depth = 0;
  std::uint64_t weight = 1;
  for (const Entry& entry : entries) {
    depth = std::max(depth, entry.value.depth());
    weight = std::min(weight + entry.value.weight(), weight_limit);
  }
  return composite(Kind::context, depth + 1, weight, entries.size(), entries.data());
}

Value Value::range(const Range* range) {
  const std::uint64_t weight = std::min(1 + range->low.weight() + range->high.weight(), weight_limit);
  return composite(Kind::range, std::max(range->low.depth(), range->high.depth()) + 1, weight, 0, range);
}

Value deep_copy(const Value& value, Arena& arena) {
  switch (value.kind()) {
    case Kind::number:
      return value.is_small() ? value : Value::number(value.decimal(), arena);
    case Kind::string:
      return value.is_borrowed_text() ? Value::string(value.text(), arena) : value;
    case Kind::list: {
      const auto items = value.items();
      auto* copy = arena.array<Value>(items.size());
      for (std::size_t i = 0; i < items.size(); ++i) ::new (copy + i) Value(deep_copy(items[i], arena));
      return Value::list({copy, items.size()});
    }
    case Kind::context: {
      const auto entries = value.entries();
      auto* copy = arena.array<Entry>(entries.size());
      for (std::size_t i = 0; i < entries.size(); ++i) {
        Key key = entries[i].key;
        key.data = arena.copy(key.text()).data();
        ::new (copy + i) Entry{key, deep_copy(entries[i].value, arena)};
      }
      return Value::context({copy, entries.size()});
    }
    case Kind::range: {
      Range copy = value.range();
      copy.low = deep_copy(copy.low, arena);
      copy.high = deep_copy(copy.high, arena);
      return Value::range(arena.make(copy));
    }
    case Kind::function:
      return Value{};
    default:
      return value;
  }
}

}  // namespace weir::value
