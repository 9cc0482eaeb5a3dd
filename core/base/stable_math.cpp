// log: x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), s = f / (2 + f), and log(1 + f) = 2 atanh(s) as a
// polynomial in s^2; the quick one looks up the logarithm of a neighbour instead of dividing. exp: x = k log
// 2 + r with |r| <= log(2) / 2, and exp(r) from a rational approximation. Reductions and minimax coefficients
// are the well-known ones of the 4.3 BSD mathematical library (K. C. Ng).
#include "core/base/stable_math.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <limits>

namespace weir {

namespace {

constexpr double log2_high = 6.93147180369123816490e-01;  // log 2 in two parts: k * log2_high is exact
constexpr double log2_low = 1.90821492927058770002e-10;

/// 2^k for k of normal numbers.
double power_of_two(int k) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}

constexpr double logarithm(double x) {
  if (!(x > 0)) return -std::numeric_limits<double>::infinity();
  int k = 0;
  if (x < std::numeric_limits<double>::min()) {  // subnormal
    x *= 0x1p54;
    k = -54;
  }
  std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcdu;  // sqrt(1/2)
  bits -= root_half;
  k += static_cast<int>(static_cast<std::int64_t>(bits) >> 52);
  bits = (bits & 0x000fffffffffffffu) + root_half;
  const double f = std::bit_cast<double>(bits) - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double w = z * z;
  const double even =
      w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double odd =
      z * (6.666666666666735130e-01 +
           w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double rest = even + odd;
  const double half_square = 0.5 * f * f;
  const double power = static_cast<double>(k);
  return power * log2_high - ((half_square - (s * (half_square + rest) + power * log2_low)) - f);
}

/// A 256th of [1, 2): its middle, 1 / middle and log(middle).
struct Piece {
  double middle, inverse, log;
};
constexpr auto pieces = [] {
  std::array<Piece, 256> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double middle = 1.0 + (static_cast<double>(i) + 0.5) / 256;
    all[i] = {middle, 1.0 / middle, logarithm(middle)};
  }
  return all;
}();

}  // namespace

double stable_log(double x) {
  return logarithm(x);
}

double quick_log(double x) {
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  const auto power = static_cast<double>(static_cast<std::int64_t>(bits >> 52) - 1023);
  const Piece& piece = pieces[(bits >> 44) & 255];
  const double mantissa = std::bit_cast<double>((bits & 0x000fffffffffffffu) | 0x3ff0000000000000u);
  const double r = (mantissa - piece.middle) * piece.inverse;  // at most 1/512: five terms of log(1 + r) do
  const double square = r * r;
  const double rest = r - square * ((0.5 - r * (1.0 / 3)) + square * (0.25 - r * 0.2));
  return (power * 6.93147180559945286227e-01 + piece.log) + rest;
}

double stable_exp(double x) {
  if (!(x <= 709.782712893383973096)) return std::numeric_limits<double>::infinity();
  if (x < -745.13321910194110842) return 0.0;
  const double quotient = x * 1.44269504088896338700;
  const int k = static_cast<int>(quotient < 0 ? quotient - 0.5 : quotient + 0.5);
  const double high = x - static_cast<double>(k) * log2_high;
  const double low = static_cast<double>(k) * log2_low;
  const double r = high - low;
  const double t = r * r;
  const double c = r - t * (1.66666666666666019037e-01 +
                            t * (-2.77777777770155933842e-03 +
                                 t * (6.61375632143793436117e-05 +
                                      t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
  const double y = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
  if (k >= -1021 && k <= 1023) return y * power_of_two(k);
  if (k > 1023) return y * power_of_two(1023) * power_of_two(k - 1023);
  return y * power_of_two(k + 1000) * power_of_two(-1000);
}

}  // namespace weir
