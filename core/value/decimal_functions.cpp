// Square root, exponential, logarithm and power. Inside, numbers are 256-bit fixed point with 240 bits (72
// digits) after the point, which leaves some 38 correct digits in the worst case of cancellation: enough to
// round to 34. Powers whose value has at most 76 digits are computed exactly, so that ties round to even.
#include <algorithm>

#include "core/value/wide_integer.hpp"

namespace weir::value {

using wide::Cut;
using wide::magnitude;
using wide::UInt256;

namespace {

constexpr int fraction_bits = 240;

constexpr UInt256 from_limbs(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d) {
  UInt256 number;
  number.limbs = {a, b, c, d};
  return number;
}
constexpr UInt256 one = UInt256(UInt128{1}) << fraction_bits;
constexpr UInt256 ln_10 =
    from_limbs(0xe43a0f187a0807c0u, 0x28a38a3fb3e76977u, 0xb05ba95b58ae0b4cu, 0x00024d763776aaa2u);
constexpr UInt256 ln_2 =
    from_limbs(0xb62d8a0d175b8baau, 0xf6af40f343267298u, 0x79abc9e3b39803f2u, 0x0000b17217f7d1cfu);

using UInt512 = std::array<std::uint64_t, 8>;

constexpr UInt512 full_product(const UInt256& left, const UInt256& right) {
  UInt512 product{};
  for (std::size_t i = 0; i < 4; ++i) {
    UInt128 carry = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      carry += static_cast<UInt128>(left.limbs[i]) * right.limbs[k] + product[i + k];
      product[i + k] = wide::low_half(carry);
      carry >>= 64;
    }
    product[i + 4] = wide::low_half(carry);
  }
  return product;
}

/// left * right / 2^240: the product when at least one of them is fixed point.
constexpr UInt256 product_of(const UInt256& left, const UInt256& right) {
  const UInt512 all = full_product(left, right);
  UInt256 result;
  for (std::size_t i = 0; i < 4; ++i) result.limbs[i] = all[i + 3] >> 48 | all[i + 4] << 16;
  return result;
}

/// numerator / denominator as fixed point; the quotient must be below 2^16.
UInt256 ratio(const UInt256& numerator, const UInt256& denominator) {
  auto [whole, rest] = wide::divide(numerator, denominator);
  UInt256 result = whole;
  for (int bit = 0; bit < fraction_bits; ++bit) {
    result = result << 1;
    rest = rest << 1;
    if (rest >= denominator) {
      rest = rest - denominator;
      result.limbs[0] |= 1;
    }
  }
  return result;
}

/// coefficient * 10^exponent as fixed point, below 2^16.
UInt256 fixed(UInt128 coefficient, int exponent) {
  if (exponent >= 0) return wide::scaled(coefficient, exponent) << fraction_bits;
  if (exponent < -110) return UInt256{};
  const int first = std::min(-exponent, 38);
  UInt256 result = ratio(coefficient, wide::power_of_ten[static_cast<std::size_t>(first)]);
  for (int rest = -exponent - first; rest > 0; rest -= 19)
    wide::divide_short(
        result, static_cast<std::uint64_t>(wide::power_of_ten[static_cast<std::size_t>(std::min(rest, 19))]));
  return result;
}

/// e ** +-x for a fixed point x.
std::optional<Decimal> exponential_of(const UInt256& x, bool negative) {
  // x = k ln 10 + r with 0 <= r < ln 10: the power of ten is the exponent of the result.
  auto [quotient, r] = wide::divide(x, ln_10);
  int power = static_cast<int>(quotient.limbs[0]);
  if (negative) {
    power = -power;
    if (!r.is_zero()) {
      --power;
      r = ln_10 - r;
    }
  }
  UInt256 sum = one;
  UInt256 term = one;
  for (std::uint64_t n = 1; !term.is_zero(); ++n) {
    term = product_of(term, r);
    wide::divide_short(term, n);
    sum = sum + term;
  }
  constexpr int kept = 40;
  const UInt256 digits = product_of(sum, wide::scaled(UInt128{1}, kept));
  return wide::rounded(digits, power - kept, false, x.is_zero() ? Cut::exact : Cut::below_half);
}

struct Signed {
  UInt256 size;
  bool negative = false;
};

Signed add_signed(const Signed& left, const Signed& right) {
  if (left.negative == right.negative) return {left.size + right.size, left.negative};
  if (left.size >= right.size) return {left.size - right.size, left.negative};
  return {right.size - left.size, right.negative};
}

/// ln(number) as fixed point; number > 0.
Signed logarithm_of(const Decimal& number) {
  const UInt128 coefficient = magnitude(number.coefficient());
  const int places = wide::digits(coefficient) - 1;
  UInt256 m = fixed(coefficient, -places);  // 1 <= m < 10
  std::uint64_t halvings = 0;
  for (; m >= one + (one >> 1); m = m >> 1) ++halvings;  // 0.75 <= m < 1.5
  const bool below_one = m < one;
  const UInt256 z = ratio(below_one ? one - m : m - one, m + one);
  const UInt256 square = product_of(z, z);
  UInt256 sum;
  UInt256 power = z;
  for (std::uint64_t n = 1; !power.is_zero(); n += 2) {  // artanh z = z + z^3/3 + z^5/5 ...
    UInt256 term = power;
    wide::divide_short(term, n);
    sum = sum + term;
    power = product_of(power, square);
  }
  const int tens = number.exponent() + places;
  const Signed small = add_signed({sum << 1, below_one}, {ln_2 * halvings, false});
  return add_signed(small, {ln_10 * static_cast<std::uint64_t>(std::abs(tens)), tens < 0});
}

/// coefficient ** count, while it fits 76 digits.
std::optional<UInt256> exact_power(UInt128 coefficient, std::int64_t count) {
  UInt256 result = UInt128{1};
  if (coefficient <= 1) return count == 0 ? result : UInt256(coefficient);
  if (count > 252) return std::nullopt;
  for (std::int64_t i = 0; i < count; ++i) {
    if (result.bits() + wide::bit_length(coefficient) > 252) return std::nullopt;
    const UInt512 product = full_product(result, coefficient);
    std::copy(product.begin(), product.begin() + 4, result.limbs.begin());
  }
  return result;
}

}  // namespace

std::optional<Decimal> square_root(const Decimal& number) {
  if (number.is_negative()) return std::nullopt;
  if (number.is_zero()) return Decimal{0};
  const UInt128 coefficient = magnitude(number.coefficient());
  int shift = 74 - wide::digits(coefficient);
  if (((number.exponent() - shift) & 1) != 0) --shift;
  UInt256 rest = wide::scaled(coefficient, shift);
  // Digit by digit in base 4: `root` holds the bits found so far.
  UInt256 root;
  for (int bit = (rest.bits() - 1) & ~1; bit >= 0; bit -= 2) {
    const UInt256 step = UInt256(UInt128{1}) << bit;
    const UInt256 trial = root + step;
    root = root >> 1;
    if (rest >= trial) {
      rest = rest - trial;
      root = root + step;
    }
  }
  const bool exact = rest.is_zero();
  auto result =
      wide::rounded(root, (number.exponent() - shift) / 2, false, exact ? Cut::exact : Cut::below_half);
  if (result && exact) return result->normalized();
  return result;
}

std::optional<Decimal> exponential(const Decimal& number) {
  const bool negative = number.is_negative();
  const UInt128 coefficient = magnitude(number.coefficient());
  if (coefficient == 0) return Decimal{1};
  if (wide::digits(coefficient) + number.exponent() > 5 || number.abs() > Decimal{14'300})
    return negative ? std::optional<Decimal>(Decimal{0}) : std::nullopt;
  return exponential_of(fixed(coefficient, number.exponent()), negative);
}

std::optional<Decimal> logarithm(const Decimal& number) {
  if (number.is_negative() || number.is_zero()) return std::nullopt;
  const Signed result = logarithm_of(number);
  if (result.size.is_zero()) return Decimal{0};
  // Digits after the point: as many as make 38 in all, at most the 72 there are.
  const int bits = result.size.bits() - fraction_bits;
  const int leading = bits >= 0 ? bits * 1233 >> 12 : -((-bits) * 1233 >> 12);
  const int kept = std::clamp(39 - leading, 20, 72);
  return wide::rounded(product_of(result.size, wide::scaled(UInt128{1}, kept)), -kept, result.negative,
                       Cut::below_half);
}

std::optional<Decimal> power(const Decimal& base, const Decimal& exponent) {
  if (exponent.is_zero()) return Decimal{1};
  if (base.is_zero()) return exponent.is_negative() ? std::nullopt : std::optional<Decimal>(Decimal{0});
  const bool whole = exponent.is_integer();
  if (base.is_negative() && !whole) return std::nullopt;
  const auto count = exponent.to_integer();
  const Decimal short_base = base.normalized();
  const UInt128 coefficient = magnitude(short_base.coefficient());
  const auto half = divide(exponent, Decimal{2});
  const bool negative = base.is_negative() && !(half && half->is_integer());
  if (coefficient == 1 && short_base.exponent() == 0) return Decimal{negative ? -1 : 1};
  if (count && std::abs(*count) < 20'000) {
    const std::int64_t times = std::abs(*count);
    const auto tens = static_cast<std::int64_t>(short_base.exponent()) * times;
    if (const auto exact = exact_power(coefficient, times); exact && std::abs(tens) < 20'000) {
      if (*count > 0) return wide::rounded(*exact, static_cast<int>(tens), negative, Cut::exact);
      if (exact->fits_128() && wide::digits(exact->low_128()) <= Decimal::max_digits) {
        const auto inverse =
            divide(Decimal{negative ? -1 : 1}, Decimal::exactly(static_cast<Int128>(exact->low_128()), 0));
        return inverse ? wide::rounded(magnitude(inverse->coefficient()),
                                       inverse->exponent() - static_cast<int>(tens), negative, Cut::exact)
                       : std::nullopt;
      }
    }
  }
  const Signed ln = logarithm_of(short_base.abs());
  const bool shrinks = ln.negative != exponent.is_negative();
  const std::optional<Decimal> beyond = shrinks ? std::optional<Decimal>(Decimal{0}) : std::nullopt;
  const Decimal by = exponent.normalized();
  UInt256 factor = magnitude(by.coefficient());
  int scale = by.exponent();
  if (scale > 0) {
    if (wide::digits(factor.low_128()) + scale > 45) return beyond;  // |ln| is at least 10^-34
    factor = wide::scaled(factor, scale);
    scale = 0;
  }
  if (scale < -120) return Decimal{negative ? -1 : 1};
  UInt512 all = full_product(ln.size, factor);
  for (int rest = -scale; rest > 0; rest -= 19) {
    const auto unit =
        static_cast<std::uint64_t>(wide::power_of_ten[static_cast<std::size_t>(std::min(rest, 19))]);
    UInt128 remainder = 0;
    for (std::size_t i = 8; i-- > 0;) {
      const UInt128 part = remainder << 64 | all[i];
      all[i] = wide::low_half(part / unit);
      remainder = part % unit;
    }
  }
  UInt256 product;
  std::copy(all.begin(), all.begin() + 4, product.limbs.begin());
  if ((all[4] | all[5] | all[6] | all[7]) != 0 || product > UInt256(UInt128{14'300}) << fraction_bits)
    return beyond;
  const auto result = exponential_of(product, shrinks);
  return result && negative ? std::optional<Decimal>(-*result) : result;
}

}  // namespace weir::value
