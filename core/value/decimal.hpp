// FEEL's number (DMN 1.5 section 10.3.2.3.1): IEEE 754-2008 decimal128. 34 digits, exponents -6176..6144,
// rounding half to even. No NaN, no infinity, no negative zero: what has no value is an empty optional.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace weir::value {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

/// How a digit that is cut off changes the last one kept.
enum class Rounding : std::uint8_t { half_even, half_up, half_down, up, down, floor, ceiling };

/// coefficient * 10^exponent. 2.50 keeps its zero (coefficient 250), but equals and prints as 2.5.
class Decimal {
 public:
  static constexpr int max_digits = 34;
  static constexpr int max_exponent = 6144;   // of the first digit
  static constexpr int min_exponent = -6176;  // of the last digit

  constexpr Decimal() = default;
  constexpr Decimal(std::int64_t integer) : coefficient_(integer) {}  // NOLINT: a number is a decimal
  /// Rounds to 34 digits; empty when too large.
  static std::optional<Decimal> make(Int128 coefficient, int exponent);
  /// For values known to fit: at most 34 digits, exponent in range.
  static constexpr Decimal exactly(Int128 coefficient, int exponent) { return {coefficient, exponent, 0}; }
  /// [+-] digits [. digits] [e [+-] digits], also ".5" and "5."; rounds half to even. Empty when it is no
  /// number or too large.
  static std::optional<Decimal> parse(std::string_view text);
  /// The decimal with the fewest digits that reads back as the same double; empty when not finite.
  static std::optional<Decimal> from_double(double number);

  [[nodiscard]] constexpr Int128 coefficient() const { return coefficient_; }
  [[nodiscard]] constexpr int exponent() const { return exponent_; }
  [[nodiscard]] constexpr bool is_zero() const { return coefficient_ == 0; }
  [[nodiscard]] constexpr bool is_negative() const { return coefficient_ < 0; }
  /// Has no fraction.
  [[nodiscard]] bool is_integer() const;
  /// The value when it is an integer of 64 bits.
  [[nodiscard]] std::optional<std::int64_t> to_integer() const;
  /// Nearest double; +-infinity when out of its range.
  [[nodiscard]] double to_double() const;
  /// Shortest text: no exponent while that takes at most 34 places before and 40 after the point, else
  /// "1.5E+40". Trailing zeros of the fraction are dropped.
  [[nodiscard]] std::string to_text() const;
  /// No trailing zeros in the coefficient; equal values become identical.
  [[nodiscard]] Decimal normalized() const;

  friend std::strong_ordering operator<=>(const Decimal& left, const Decimal& right);
  friend bool operator==(const Decimal& left, const Decimal& right) { return (left <=> right) == 0; }
  constexpr Decimal operator-() const { return {-coefficient_, exponent_, 0}; }
  [[nodiscard]] constexpr Decimal abs() const { return coefficient_ < 0 ? -*this : *this; }

 private:
  constexpr Decimal(Int128 coefficient, int exponent, int) : coefficient_(coefficient), exponent_(exponent) {}
  Int128 coefficient_ = 0;  // |coefficient| < 10^34
  std::int32_t exponent_ = 0;
};

/// Empty when the result is too large.
std::optional<Decimal> add(const Decimal& left, const Decimal& right);
std::optional<Decimal> subtract(const Decimal& left, const Decimal& right);
std::optional<Decimal> multiply(const Decimal& left, const Decimal& right);
/// Empty also when the divisor is zero.
std::optional<Decimal> divide(const Decimal& left, const Decimal& right);
/// dividend - divisor * floor(dividend / divisor), exact before the last rounding; empty for divisor zero.
std::optional<Decimal> modulo(const Decimal& dividend, const Decimal& divisor);
/// base ** exponent; empty for 0 ** negative, for a negative base with a fraction as exponent, when too
/// large.
std::optional<Decimal> power(const Decimal& base, const Decimal& exponent);
/// Keeps `scale` digits after the point (before it when negative).
std::optional<Decimal> round(const Decimal& number, std::int64_t scale, Rounding rounding);
/// Largest integer not above, smallest integer not below.
Decimal floor(const Decimal& number);
Decimal ceiling(const Decimal& number);
/// Empty for negative numbers.
std::optional<Decimal> square_root(const Decimal& number);
/// e ** number; empty when too large.
std::optional<Decimal> exponential(const Decimal& number);
/// Natural logarithm; empty for numbers that are not positive.
std::optional<Decimal> logarithm(const Decimal& number);

}  // namespace weir::value
