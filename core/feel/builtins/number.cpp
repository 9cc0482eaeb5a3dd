// Numeric functions (DMN 1.5 table 75).
#include "core/feel/builtins/arguments.hpp"
#include "core/feel/builtins/functions.hpp"

namespace weir::feel::functions {

using value::Rounding;

namespace {

/// Scales outside of this range have no meaning for 34 digits.
constexpr std::int64_t least_scale = -6111;
constexpr std::int64_t most_scale = 6176;

Value rounded(const Call& call, Rounding rounding, bool scale_optional) {
  const auto number = number_argument(call, 0);
  if (!number) return refuse(call, 0);
  std::int64_t scale = 0;
  if (call.size() > 1) {
    const auto given_scale = integer_argument(call, 1);
    if (!given_scale) return refuse(call, 1);
    scale = *given_scale;
  } else if (!scale_optional) {
    return refuse(call, 1);
  }
  if (scale < least_scale || scale > most_scale) return refuse(call, 1);
  return number_value(call, value::round(*number, scale, rounding));
}

}  // namespace

Value decimal(const Call& call) {
  return rounded(call, Rounding::half_even, false);
}
Value floor(const Call& call) {
  return rounded(call, Rounding::floor, true);
}
Value ceiling(const Call& call) {
  return rounded(call, Rounding::ceiling, true);
}
Value round_up(const Call& call) {
  return rounded(call, Rounding::up, false);
}
Value round_down(const Call& call) {
  return rounded(call, Rounding::down, false);
}
Value round_half_up(const Call& call) {
  return rounded(call, Rounding::half_up, false);
}
Value round_half_down(const Call& call) {
  return rounded(call, Rounding::half_down, false);
}

Value absolute(const Call& call) {
  if (const auto number = number_argument(call, 0)) return number_value(call, number->abs());
  if (const Value* duration = argument(call, 0, Kind::days_time_duration)) {
    const auto length = duration->days_time_duration();
    return length.seconds < 0 ? Value::duration(value::negated(length)) : *duration;
  }
  if (const Value* duration = argument(call, 0, Kind::years_months_duration)) {
    const auto length = duration->years_months_duration();
    return length.months < 0 ? Value::duration(value::negated(length)) : *duration;
  }
  return refuse(call, 0);
}

Value modulo(const Call& call) {
  const auto dividend = number_argument(call, 0);
  const auto divisor = number_argument(call, 1);
  if (!dividend) return refuse(call, 0);
  if (!divisor) return refuse(call, 1);
  if (divisor->is_zero())
    return call.evaluator.fail(TroubleKind::arithmetic, call.node, "{0} is divided by zero", call[0]);
  return number_value(call, value::modulo(*dividend, *divisor));
}

Value square_root(const Call& call) {
  const auto number = number_argument(call, 0);
  if (!number || number->is_negative()) return refuse(call, 0);
  return number_value(call, value::square_root(*number));
}

Value logarithm(const Call& call) {
  const auto number = number_argument(call, 0);
  if (!number || number->is_negative() || number->is_zero()) return refuse(call, 0);
  return number_value(call, value::logarithm(*number));
}

Value exponential(const Call& call) {
  const auto number = number_argument(call, 0);
  return number ? number_value(call, value::exponential(*number)) : refuse(call, 0);
}

namespace {
Value parity(const Call& call, bool wants_odd) {
  const auto number = number_argument(call, 0);
  if (!number) return refuse(call, 0);
  const auto rest = value::modulo(*number, Decimal{2});
  return Value::boolean(rest && *rest == Decimal{wants_odd ? 1 : 0});
}
}  // namespace

Value odd(const Call& call) {
  return parity(call, true);
}
Value even(const Call& call) {
  return parity(call, false);
}

Value random_number(const Call& call) {
  const std::uint64_t z = call.evaluator.workspace().random_bits();
  const auto digits = static_cast<std::int64_t>(static_cast<value::UInt128>(z) * 1'000'000'000'000'000 >> 64);
  return Value::number(digits, -15);
}

}  // namespace weir::feel::functions
