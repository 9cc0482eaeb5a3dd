// Operands whose coefficients fit 64 bits take a short way without any rounding: they are nearly all numbers
// of real data. Everything else goes through 256-bit intermediate results that hold every digit, and is
// rounded once, in wide::rounded(). Cut digits are remembered as a Cut, so that cutting in several steps
// rounds like cutting once.
#include "core/value/decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/value/wide_integer.hpp"

namespace weir::value {

using wide::Cut;
using wide::magnitude;
using wide::power_of_ten;
using wide::UInt256;

namespace {

constexpr UInt128 coefficient_limit = power_of_ten[34];

constexpr UInt128 ten_to(int power) {
  return power_of_ten[static_cast<std::size_t>(power)];
}

constexpr bool is_narrow(Int128 number) {
  return static_cast<std::int64_t>(number) == number;
}

Decimal signed_decimal(UInt128 coefficient, int exponent, bool negative) {
  const auto value = static_cast<Int128>(coefficient);
  return Decimal::exactly(negative ? -value : value, exponent);
}

/// Drops trailing zeros while the exponent stays at or below `limit`.
Decimal without_zeros(Decimal number, int limit) {
  if (number.is_zero()) return Decimal{0};
  Int128 coefficient = number.coefficient();
  int exponent = number.exponent();
  while (exponent < limit) {
    if (is_narrow(coefficient)) {  // 64-bit division is several times cheaper
      auto narrow = static_cast<std::int64_t>(coefficient);
      while (exponent < limit && narrow % 10 == 0) {
        narrow /= 10;
        ++exponent;
      }
      return Decimal::exactly(narrow, exponent);
    }
    if (coefficient % 10 != 0) break;
    coefficient /= 10;
    ++exponent;
  }
  return Decimal::exactly(coefficient, exponent);
}

}  // namespace

std::optional<Decimal> wide::rounded(UInt256 number, int exponent, bool negative, Cut cut) {
  const auto drop = [&](int count) {
    exponent += count;
    while (count > 0) {
      const int step = std::min(count, 19);
      cut = cut_digits(number, step, cut);
      count -= step;
    }
  };
  while (!number.fits_128()) drop(number.bits() > 192 ? 19 : 4);  // never more than must go anyway
  if (const int excess = digits(number.low_128()) - Decimal::max_digits; excess > 0) drop(excess);
  if (exponent < Decimal::min_exponent) {
    if (Decimal::min_exponent - exponent > 2 * Decimal::max_digits) return Decimal{0};
    drop(Decimal::min_exponent - exponent);
  }
  UInt128 coefficient = number.low_128();
  if (grows(cut, (coefficient & 1) != 0, negative, Rounding::half_even)) ++coefficient;
  if (coefficient == coefficient_limit) {
    coefficient /= 10;
    ++exponent;
  }
  if (coefficient == 0) return Decimal::exactly(0, std::clamp(exponent, -Decimal::max_exponent, 0));
  if (exponent + digits(coefficient) - 1 > Decimal::max_exponent) return std::nullopt;
  return signed_decimal(coefficient, exponent, negative);
}

std::optional<Decimal> Decimal::make(Int128 coefficient, int exponent) {
  return wide::rounded(magnitude(coefficient), exponent, coefficient < 0, Cut::exact);
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  std::size_t at = 0;
  bool negative = false;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) negative = text[at++] == '-';
  UInt128 coefficient = 0;
  std::int64_t exponent = 0;
  Cut cut = Cut::exact;
  bool any_digit = false;
  bool after_point = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !after_point) {
      after_point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    any_digit = true;
    const auto digit = static_cast<unsigned>(c - '0');
    if (coefficient < ten_to(37)) {  // three digits more than are kept, the rest only decides ties
      coefficient = coefficient * 10 + digit;
      if (after_point) --exponent;
    } else {
      if (digit != 0) cut = Cut::below_half;
      if (!after_point) ++exponent;
    }
  }
  if (!any_digit) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    bool negative_exponent = false;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) negative_exponent = text[at++] == '-';
    if (at == text.size()) return std::nullopt;
    std::int64_t written = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
      written = std::min<std::int64_t>(written * 10 + (text[at] - '0'), 100'000'000'000);
    exponent += negative_exponent ? -written : written;
  }
  if (at != text.size()) return std::nullopt;
  if (coefficient == 0) return Decimal{0};
  if (exponent > 2 * max_exponent) return std::nullopt;
  if (exponent < 2 * min_exponent) return Decimal{0};
  return wide::rounded(coefficient, static_cast<int>(exponent), negative, cut);
}

std::optional<Decimal> Decimal::from_double(double number) {
  if (!std::isfinite(number)) return std::nullopt;
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return parse({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

Decimal Decimal::normalized() const {
  return without_zeros(*this, std::numeric_limits<int>::max());
}

bool Decimal::is_integer() const {
  return exponent_ >= 0 || normalized().exponent_ >= 0;
}

std::optional<std::int64_t> Decimal::to_integer() const {
  Decimal number = exponent_ == 0 ? *this : normalized();
  if (number.exponent_ < 0 || number.exponent_ > 18) return std::nullopt;
  if (!is_narrow(number.coefficient_)) return std::nullopt;
  const Int128 value = number.coefficient_ * static_cast<Int128>(ten_to(number.exponent_));
  if (!is_narrow(value)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

double Decimal::to_double() const {
  // 53 bits and an exact power of ten: one rounding, the right one.
  if (exponent_ <= 0 && exponent_ >= -22 && magnitude(coefficient_) < (UInt128{1} << 53)) {
    double power = 1;
    for (int i = 0; i < -exponent_; ++i) power *= 10;
    return static_cast<double>(static_cast<std::int64_t>(coefficient_)) / power;
  }
  std::array<char, 64> buffer;
  char* at = buffer.data() + 48;
  char* const digits_end = at;
  for (UInt128 rest = magnitude(coefficient_); rest != 0 || at == digits_end; rest /= 10)
    *--at = static_cast<char>('0' + static_cast<int>(rest % 10));
  if (coefficient_ < 0) *--at = '-';
  char* end = digits_end;
  *end++ = 'e';
  end = std::to_chars(end, buffer.data() + buffer.size(), exponent_).ptr;
  double result = 0;
  const auto parsed = std::from_chars(at, end, result);
  if (parsed.ec == std::errc::result_out_of_range && exponent_ > 0)
    return coefficient_ < 0 ? -HUGE_VAL : HUGE_VAL;
  return result;
}

std::string Decimal::to_text() const {
  const Decimal number = normalized();
  std::array<char, 40> buffer;
  char* at = buffer.data() + buffer.size();
  for (UInt128 rest = magnitude(number.coefficient_); rest != 0; rest /= 10)
    *--at = static_cast<char>('0' + static_cast<int>(rest % 10));
  const std::string digits(at, buffer.data() + buffer.size());
  if (digits.empty()) return "0";
  std::string text = number.coefficient_ < 0 ? "-" : "";
  const int count = static_cast<int>(digits.size());
  const int point = count + number.exponent_;  // digits before the point
  if (number.exponent_ >= 0 && point <= max_digits) {
    text += digits;
    text.append(static_cast<std::size_t>(number.exponent_), '0');
  } else if (number.exponent_ < 0 && point > 0) {
    text.append(digits, 0, static_cast<std::size_t>(point));
    text += '.';
    text.append(digits, static_cast<std::size_t>(point));
  } else if (number.exponent_ < 0 && -number.exponent_ <= 40) {
    text += "0.";
    text.append(static_cast<std::size_t>(-point), '0');
    text += digits;
  } else {
    text += digits[0];
    if (count > 1) {
      text += '.';
      text.append(digits, 1);
    }
    text += point > 0 ? "E+" : "E-";
    text += std::to_string(std::abs(point - 1));
  }
  return text;
}

std::strong_ordering operator<=>(const Decimal& left, const Decimal& right) {
  const Int128 a = left.coefficient_;
  const Int128 b = right.coefficient_;
  if (left.exponent_ == right.exponent_)
    return a < b   ? std::strong_ordering::less
           : a > b ? std::strong_ordering::greater
                   : std::strong_ordering::equal;
  const int sign_a = a < 0 ? -1 : a > 0 ? 1 : 0;
  const int sign_b = b < 0 ? -1 : b > 0 ? 1 : 0;
  if (sign_a != sign_b || sign_a == 0) return sign_a <=> sign_b;
  const UInt128 m = magnitude(a);
  const UInt128 n = magnitude(b);
  const int top_a = wide::digits(m) + left.exponent_;
  const int top_b = wide::digits(n) + right.exponent_;
  std::strong_ordering order = top_a <=> top_b;
  if (order == 0) {  // the same first place: at most 33 digits between the exponents
    const int shift = left.exponent_ - right.exponent_;
    order = shift > 0 ? wide::scaled(m, shift) <=> UInt256(n) : UInt256(m) <=> wide::scaled(n, -shift);
  }
  if (sign_a > 0) return order;
  return 0 <=> order;
}

std::optional<Decimal> add(const Decimal& left, const Decimal& right) {
  const Decimal& high = left.exponent() >= right.exponent() ? left : right;
  const Decimal& low = left.exponent() >= right.exponent() ? right : left;
  int shift = high.exponent() - low.exponent();
  if (shift <= 18 && is_narrow(high.coefficient()) && is_narrow(low.coefficient()) &&
      high.exponent() <= Decimal::max_exponent - Decimal::max_digits) {
    // 63 + 60 bits: the sum fits 127, and mostly 113
    const Int128 sum = high.coefficient() * static_cast<Int128>(ten_to(shift)) + low.coefficient();
    if (magnitude(sum) < coefficient_limit) return Decimal::exactly(sum, low.exponent());
  }
  if (high.is_zero()) return Decimal::make(low.coefficient(), low.exponent());
  UInt256 a = magnitude(high.coefficient());
  UInt256 b = magnitude(low.coefficient());
  int exponent = low.exponent();
  const int high_digits = wide::digits(a.low_128());
  if (high_digits + shift > 76) {
    // The low operand stands so far behind that only its sign matters.
    if (low.is_zero()) return Decimal::make(high.coefficient(), high.exponent());
    shift = 40 - high_digits;
    exponent = high.exponent() - shift;
    b = UInt128{1};
  }
  a = wide::scaled(a, shift);
  const bool a_negative = high.is_negative();
  const bool b_negative = low.is_negative();
  if (a_negative == b_negative) return wide::rounded(a + b, exponent, a_negative, Cut::exact);
  if (a >= b) return wide::rounded(a - b, exponent, a_negative, Cut::exact);
  return wide::rounded(b - a, exponent, b_negative, Cut::exact);
}

std::optional<Decimal> subtract(const Decimal& left, const Decimal& right) {
  return add(left, -right);
}

std::optional<Decimal> multiply(const Decimal& left, const Decimal& right) {
  const int exponent = left.exponent() + right.exponent();
  if (is_narrow(left.coefficient()) && is_narrow(right.coefficient()) && exponent >= Decimal::min_exponent &&
      exponent <= Decimal::max_exponent - Decimal::max_digits) {
    const Int128 product = left.coefficient() * right.coefficient();
    if (magnitude(product) < coefficient_limit) return Decimal::exactly(product, exponent);
  }
  return wide::rounded(wide::product(magnitude(left.coefficient()), magnitude(right.coefficient())), exponent,
                       left.is_negative() != right.is_negative(), Cut::exact);
}

std::optional<Decimal> divide(const Decimal& left, const Decimal& right) {
  if (right.is_zero()) return std::nullopt;
  const int ideal = left.exponent() - right.exponent();
  if (left.is_zero()) return Decimal{0};
  const bool negative = left.is_negative() != right.is_negative();
  const UInt128 a = magnitude(left.coefficient());
  const UInt128 b = magnitude(right.coefficient());
  if (is_narrow(left.coefficient()) && is_narrow(right.coefficient())) {
    // Most quotients of real data are short: found with one 128-bit division.
    constexpr int few_digits = 18;
    const UInt128 enlarged = a * ten_to(few_digits);
    if (ideal - few_digits >= Decimal::min_exponent && enlarged % b == 0) {
      const auto exact = wide::rounded(enlarged / b, ideal - few_digits, negative, Cut::exact);
      return exact ? std::optional<Decimal>(without_zeros(*exact, ideal)) : std::nullopt;
    }
  }
  // One digit more than is kept, so that the remainder only decides ties.
  const int scale = std::max(0, Decimal::max_digits + 1 + wide::digits(b) - wide::digits(a));
  const auto [quotient, remainder] = wide::divide(wide::scaled(a, scale), b);
  auto result =
      wide::rounded(quotient, ideal - scale, negative, remainder.is_zero() ? Cut::exact : Cut::below_half);
  if (result && remainder.is_zero()) return without_zeros(*result, ideal);
  return result;
}

std::optional<Decimal> modulo(const Decimal& dividend, const Decimal& divisor) {
  if (divisor.is_zero()) return std::nullopt;
  // Both as integers of the smaller unit; a long row of zeros is walked through, 10^19 at a time.
  const int exponent = std::min(dividend.exponent(), divisor.exponent());
  const int divisor_shift = divisor.exponent() - exponent;
  UInt256 rest;
  const UInt128 dividend_size = magnitude(dividend.coefficient());
  if (wide::digits(magnitude(divisor.coefficient())) + divisor_shift > 76) {
    rest = dividend_size;  // the divisor is larger than any coefficient of this unit
    if (dividend.is_zero() || dividend.is_negative() == divisor.is_negative()) return dividend;
    return add(dividend, divisor);
  }
  const UInt256 unit = wide::scaled(magnitude(divisor.coefficient()), divisor_shift);
  rest = wide::divide(dividend_size, unit).remainder;
  for (int left = dividend.exponent() - exponent; left > 0;) {
    // unit is then the divisor's own coefficient: 113 bits + 64 do not overflow
    const int step = std::min(left, 19);
    rest = wide::divide(wide::scaled(rest, step), unit).remainder;
    left -= step;
  }
  if (!rest.is_zero() && dividend.is_negative() != divisor.is_negative()) rest = unit - rest;
  return wide::rounded(rest, exponent, divisor.is_negative(), Cut::exact);
}

std::optional<Decimal> round(const Decimal& number, std::int64_t scale, Rounding rounding) {
  if (scale >= -static_cast<std::int64_t>(number.exponent())) return number;
  const std::int64_t count = -static_cast<std::int64_t>(number.exponent()) - scale;
  UInt256 rest = magnitude(number.coefficient());
  Cut cut = Cut::exact;
  if (count > 2 * Decimal::max_digits) {
    cut = number.is_zero() ? Cut::exact : Cut::below_half;
    rest = UInt256{};
  } else {
    for (int left = static_cast<int>(count); left > 0; left -= 19)
      cut = wide::cut_digits(rest, std::min(left, 19), cut);
  }
  UInt128 coefficient = rest.low_128();
  if (wide::grows(cut, (coefficient & 1) != 0, number.is_negative(), rounding)) ++coefficient;
  if (coefficient == 0) return Decimal{0};
  if (scale < -Decimal::max_exponent) return std::nullopt;
  return wide::rounded(coefficient, static_cast<int>(-scale), number.is_negative(), Cut::exact);
}

Decimal floor(const Decimal& number) {
  return round(number, 0, Rounding::floor).value_or(number);
}

Decimal ceiling(const Decimal& number) {
  return round(number, 0, Rounding::ceiling).value_or(number);
}

}  // namespace weir::value
