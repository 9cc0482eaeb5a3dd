// Reading the arguments of built-in functions. Conversions of DMN 1.5 section 10.3.2.9.4 apply: a list of one
// item stands for the item, an item stands for a list of one.
#pragma once

#include <optional>

#include "core/feel/evaluator.hpp"

namespace weir::feel {

using value::Decimal;

/// Notes that the argument is not what the function needs; null.
inline Value refuse(const Call& call, const Value& argument) {
  if (argument.is_null())
    return call.evaluator.fail(TroubleKind::null_operand, call.node, "'{1:n}' cannot take null as argument",
                               argument, Value::string(call.builtin.name));
  return call.evaluator.fail(TroubleKind::argument, call.node, "'{1:n}' cannot take {0} as argument",
                             argument, Value::string(call.builtin.name));
}
inline Value refuse(const Call& call, std::size_t i) {
  return refuse(call, i < call.size() ? call[i] : Value{});
}

/// Notes that there is no result within the range of values; null.
inline Value out_of_range(const Call& call) {
  return call.evaluator.fail(TroubleKind::arithmetic, call.node, "the result of '{0:n}' is out of range",
                             Value::string(call.builtin.name));
}

/// The argument was given and is not null.
inline bool given(const Call& call, std::size_t i) {
  return i < call.size() && !call[i].is_null();
}

/// The argument when it has this kind, or the only item of a list when that has; else null pointer.
inline const Value* argument(const Call& call, std::size_t i, Kind kind) {
  if (i >= call.size()) return nullptr;
  const Value& value = call[i];
  if (value.is(kind)) return &value;
  if (value.is(Kind::list) && value.items().size() == 1 && value.items()[0].is(kind))
    return &value.items()[0];
  return nullptr;
}

inline std::optional<Decimal> number_argument(const Call& call, std::size_t i) {
  const Value* value = argument(call, i, Kind::number);
  return value != nullptr ? std::optional<Decimal>(value->decimal()) : std::nullopt;
}

/// A number without fraction; numbers with one are cut off.
inline std::optional<std::int64_t> integer_argument(const Call& call, std::size_t i) {
  const auto number = number_argument(call, i);
  if (!number) return std::nullopt;
  const auto whole = value::round(*number, 0, value::Rounding::down);
  return whole ? whole->to_integer() : std::nullopt;
}

/// The items of a list argument; any other value is a list of itself. `null` gives an empty optional.
inline std::optional<std::span<const Value>> list_argument(const Call& call, std::size_t i) {
  if (!given(call, i)) return std::nullopt;
  if (call[i].is(Kind::list)) return call[i].items();
  return call.arguments.subspan(i, 1);
}

inline Value number_value(const Call& call, const std::optional<Decimal>& number) {
  return number ? Value::number(*number, call.evaluator.arena()) : out_of_range(call);
}

/// A text made of new bytes; null when it is too long.
inline Value text_value(const Call& call, std::string_view text) {
  if (text.size() > call.evaluator.workspace().limits.text_size ||
      !call.evaluator.has_room(text.size(), call.node))
    return call.evaluator.fail(TroubleKind::limit, call.node, "the text becomes too long");
  return Value::string(text, call.evaluator.arena());
}

/// A part of an existing text: borrowed unless it is short.
inline Value part_value(std::string_view part) {
  return Value::string(part);
}

inline Value list_value(const Call& call, std::span<const Value> items) {
  return call.evaluator.checked(Value::list(items), call.node);
}

}  // namespace weir::feel
