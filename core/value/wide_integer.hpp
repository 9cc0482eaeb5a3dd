// 256-bit integers and powers of ten: what products and quotients of 34-digit decimals need between their
// operands and their one rounding. Internal to core/value/decimal*.cpp.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "core/value/decimal.hpp"

namespace weir::value::wide {

/// 10^0 .. 10^38.
inline constexpr auto power_of_ten = [] {
  std::array<UInt128, 39> table{};
  UInt128 power = 1;
  for (auto& entry : table) {
    entry = power;
    power *= 10;
  }
  return table;
}();

constexpr std::uint64_t low_half(UInt128 number) {
  return static_cast<std::uint64_t>(number);
}
constexpr std::uint64_t high_half(UInt128 number) {
  return static_cast<std::uint64_t>(number >> 64);
}

constexpr int bit_length(UInt128 number) {
  const std::uint64_t high = high_half(number);
  return high != 0 ? 128 - std::countl_zero(high) : 64 - std::countl_zero(low_half(number));
}

/// Decimal digits; 0 has none.
constexpr int digits(UInt128 number) {
  const int guess = bit_length(number) * 1233 >> 12;  // log10(2) = 0.30103
  return number >= power_of_ten[static_cast<std::size_t>(guess)] ? guess + 1 : guess;
}

constexpr UInt128 magnitude(Int128 number) {
  return number < 0 ? -static_cast<UInt128>(number) : static_cast<UInt128>(number);
}

/// Little-endian limbs.
struct UInt256 {
  std::array<std::uint64_t, 4> limbs{};

  constexpr UInt256() = default;
  constexpr UInt256(UInt128 low) : limbs{low_half(low), high_half(low), 0, 0} {}  // NOLINT: widening
  [[nodiscard]] constexpr bool fits_128() const { return (limbs[2] | limbs[3]) == 0; }
  [[nodiscard]] constexpr UInt128 low_128() const { return static_cast<UInt128>(limbs[1]) << 64 | limbs[0]; }
  [[nodiscard]] constexpr bool is_zero() const { return (limbs[0] | limbs[1] | limbs[2] | limbs[3]) == 0; }
  [[nodiscard]] constexpr int bits() const {
    for (int i = 3; i >= 0; --i)
      if (const auto limb = limbs[static_cast<std::size_t>(i)]; limb != 0)
        return 64 * i + 64 - std::countl_zero(limb);
    return 0;
  }
  friend constexpr bool operator==(const UInt256&, const UInt256&) = default;
  friend constexpr std::strong_ordering operator<=>(const UInt256& left, const UInt256& right) {
    for (std::size_t i = 4; i-- > 0;)
      if (left.limbs[i] != right.limbs[i]) return left.limbs[i] <=> right.limbs[i];
    return std::strong_ordering::equal;
  }
};

constexpr UInt256 operator+(const UInt256& left, const UInt256& right) {
  UInt256 sum;
  UInt128 carry = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    carry += static_cast<UInt128>(left.limbs[i]) + right.limbs[i];
    sum.limbs[i] = low_half(carry);
    carry >>= 64;
  }
  return sum;
}

/// Requires left >= right.
constexpr UInt256 operator-(const UInt256& left, const UInt256& right) {
  UInt256 difference;
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const UInt128 step = static_cast<UInt128>(left.limbs[i]) - right.limbs[i] - borrow;
    difference.limbs[i] = low_half(step);
    borrow = high_half(step) != 0 ? 1 : 0;
  }
  return difference;
}

/// The low 256 bits of the product.
constexpr UInt256 operator*(const UInt256& left, std::uint64_t right) {
  UInt256 product;
  UInt128 carry = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    carry += static_cast<UInt128>(left.limbs[i]) * right;
    product.limbs[i] = low_half(carry);
    carry >>= 64;
  }
  return product;
}

constexpr UInt256 operator<<(const UInt256& number, int shift) {
  UInt256 shifted;
  const int limb_shift = shift / 64;
  const int bit_shift = shift % 64;
  for (int i = 3; i >= limb_shift; --i) {
    const auto from = static_cast<std::size_t>(i - limb_shift);
    std::uint64_t limb = number.limbs[from] << bit_shift;
    if (bit_shift != 0 && from > 0) limb |= number.limbs[from - 1] >> (64 - bit_shift);
    shifted.limbs[static_cast<std::size_t>(i)] = limb;
  }
  return shifted;
}

constexpr UInt256 operator>>(const UInt256& number, int shift) {
  UInt256 shifted;
  const int limb_shift = shift / 64;
  const int bit_shift = shift % 64;
  for (int i = 0; i + limb_shift < 4; ++i) {
    const auto from = static_cast<std::size_t>(i + limb_shift);
    std::uint64_t limb = number.limbs[from] >> bit_shift;
    if (bit_shift != 0 && from < 3) limb |= number.limbs[from + 1] << (64 - bit_shift);
    shifted.limbs[static_cast<std::size_t>(i)] = limb;
  }
  return shifted;
}

/// Exact product of two 128-bit numbers.
constexpr UInt256 product(UInt128 left, UInt128 right) {
  const UInt256 low = UInt256(left) * low_half(right);
  const UInt256 high = UInt256(left) * high_half(right);
  return low + (high << 64);
}

/// number * 10^power; the caller knows that it fits.
constexpr UInt256 scaled(UInt256 number, int power) {
  for (; power > 19; power -= 19) number = number * static_cast<std::uint64_t>(power_of_ten[19]);
  return number * static_cast<std::uint64_t>(power_of_ten[static_cast<std::size_t>(power)]);
}

/// Divides in place, returns the remainder.
constexpr std::uint64_t divide_short(UInt256& number, std::uint64_t divisor) {
  UInt128 remainder = 0;
  for (std::size_t i = 4; i-- > 0;) {
    const UInt128 part = remainder << 64 | number.limbs[i];
    number.limbs[i] = low_half(part / divisor);
    remainder = part % divisor;
  }
  return low_half(remainder);
}

struct Quotient {
  UInt256 quotient;
  UInt256 remainder;
};

/// By 64-bit divisors limb by limb, else binary long division that starts at the first bit that matters.
constexpr Quotient divide(const UInt256& dividend, const UInt256& divisor) {
  Quotient result;
  if ((divisor.limbs[1] | divisor.limbs[2] | divisor.limbs[3]) == 0) {
    result.quotient = dividend;
    result.remainder = UInt256(UInt128{divide_short(result.quotient, divisor.limbs[0])});
    return result;
  }
  int shift = dividend.bits() - divisor.bits();
  if (shift < 0) return {UInt256{}, dividend};
  result.remainder = dividend;
  UInt256 subtrahend = divisor << shift;
  for (; shift >= 0; --shift) {
    if (result.remainder >= subtrahend) {
      result.remainder = result.remainder - subtrahend;
      result.quotient.limbs[static_cast<std::size_t>(shift / 64)] |= std::uint64_t{1} << (shift % 64);
    }
    subtrahend = subtrahend >> 1;
  }
  return result;
}

/// What was cut off, compared with half a unit of the last digit kept.
enum class Cut : std::uint8_t { exact, below_half, half, above_half };

/// Cuts `count` (1..19) digits off; `before` says what had been cut off already.
constexpr Cut cut_digits(UInt256& number, int count, Cut before) {
  const auto unit = static_cast<std::uint64_t>(power_of_ten[static_cast<std::size_t>(count)]);
  const std::uint64_t rest = divide_short(number, unit);
  const std::uint64_t half = unit / 2;
  if (rest > half) return Cut::above_half;
  if (rest == half) return before == Cut::exact ? Cut::half : Cut::above_half;
  return rest == 0 && before == Cut::exact ? Cut::exact : Cut::below_half;
}

/// Whether the last digit kept grows by one.
constexpr bool grows(Cut cut, bool odd, bool negative, Rounding rounding) {
  if (cut == Cut::exact) return false;
  switch (rounding) {
    case Rounding::half_even:
      return cut == Cut::above_half || (cut == Cut::half && odd);
    case Rounding::half_up:
      return cut >= Cut::half;
    case Rounding::half_down:
      return cut == Cut::above_half;
    case Rounding::up:
      return true;
    case Rounding::down:
      return false;
    case Rounding::floor:
      return negative;
    case Rounding::ceiling:
      return !negative;
  }
  return false;
}

/// The decimal nearest to +-number * 10^exponent (plus what `cut` says was lost); empty when too large.
std::optional<Decimal> rounded(UInt256 number, int exponent, bool negative, Cut cut);

}  // namespace weir::value::wide
