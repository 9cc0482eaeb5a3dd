// Inversion where the inverse is simple: one uniform number per draw, in the same order as the value, which
// is what lets two scenarios share their random numbers. The normal inverse is Wichura's AS 241 (1988),
// accurate to 1e-16; gamma is Marsaglia and Tsang's rejection (2000). Only the functions of stable_math and
// IEEE operations (square roots are exact ones), so all machines draw the same.
#include "core/simulate/distribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/stable_math.hpp"

namespace weir::simulate {

namespace {

constexpr int most_tries = 100;

struct ShapeFacts {
  Shape shape;
  std::string_view name;
};
constexpr std::array shapes{
    ShapeFacts{Shape::fixed, "fixed"},           ShapeFacts{Shape::exponential, "exponential"},
    ShapeFacts{Shape::uniform, "uniform"},       ShapeFacts{Shape::normal, "normal"},
    ShapeFacts{Shape::triangular, "triangular"}, ShapeFacts{Shape::lognormal, "lognormal"},
    ShapeFacts{Shape::gamma, "gamma"},           ShapeFacts{Shape::exponnorm, "exponnorm"},
};

/// In (0, 1): never 0, so its logarithm is finite.
double open_unit(Random& random) {
  return (static_cast<double>(random.bits() >> 11) + 0.5) * 0x1p-53;
}

template <std::size_t n>
double polynomial(const std::array<double, n>& coefficients, double x) {
  double value = coefficients[n - 1];
  for (std::size_t i = n - 1; i-- > 0;) value = value * x + coefficients[i];
  return value;
}

/// AS 241, PPND16.
double normal_quantile(double p) {
  constexpr std::array a{3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                         1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                         3.3430575583588128105e+4, 2.5090809287301226727e+3};
  constexpr std::array b{1.0,
                         4.2313330701600911252e+1,
                         6.8718700749205790830e+2,
                         5.3941960214247511077e+3,
                         2.1213794301586595867e+4,
                         3.9307895800092710610e+4,
                         2.8729085735721942674e+4,
                         5.2264952788528545610e+3};
  constexpr std::array c{1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                         3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                         2.27238449892691845833e-2, 7.74545014278341407640e-4};
  constexpr std::array d{1.0,
                         2.05319162663775882187e0,
                         1.67638483018380384940e0,
                         6.89767334985100004550e-1,
                         1.48103976427480074590e-1,
                         1.51986665636164571966e-2,
                         5.47593808499534494600e-4,
                         1.05075007164441684324e-9};
  constexpr std::array e{6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                         2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                         2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr std::array f{1.0,
                         5.99832206555887937690e-1,
                         1.36929880922735805310e-1,
                         1.48753612908506148525e-2,
                         7.86869131145613259100e-4,
                         1.84631831751005468180e-5,
                         1.42151175831644588870e-7,
                         2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(a, r) / polynomial(b, r);
  }
  double r = std::sqrt(-stable_log(q < 0 ? p : 1.0 - p));
  double value = 0;
  if (r <= 5.0) {
    r -= 1.6;
    value = polynomial(c, r) / polynomial(d, r);
  } else {
    r -= 5.0;
    value = polynomial(e, r) / polynomial(f, r);
  }
  return q < 0 ? -value : value;
}

/// Gamma with scale 1.
double draw_gamma(Random& random, double shape) {
  if (shape < 1.0) {  // boost: X(shape) = X(shape + 1) * U^(1 / shape)
    const double power = stable_log(open_unit(random)) / shape;
    return draw_gamma(random, shape + 1.0) * stable_exp(power);
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = draw_normal(random);
    const double root = 1.0 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    const double u = open_unit(random);
    if (stable_log(u) < 0.5 * x * x + d - d * v + d * stable_log(v)) return d * v;
  }
}

double finite(double value) {
  return std::isfinite(value) ? value : 0.0;
}

}  // namespace

std::string_view shape_name(Shape shape) {
  for (const ShapeFacts& each : shapes)
    if (each.shape == shape) return each.name;
  return {};
}

double draw_normal(Random& random) {
  return normal_quantile(open_unit(random));
}

Distribution Distribution::fixed(double value) {
  Distribution result;
  result.a_ = result.mean_ = finite(value);
  return result;
}

Distribution Distribution::exponential(double mean) {
  Distribution result;
  result.shape_ = Shape::exponential;
  result.a_ = result.mean_ = finite(mean);
  return result;
}

Distribution Distribution::uniform(double low, double high) {
  Distribution result;
  result.shape_ = Shape::uniform;
  result.a_ = std::min(finite(low), finite(high));
  result.b_ = std::max(finite(low), finite(high)) - result.a_;
  result.mean_ = result.a_ + result.b_ / 2;
  return result;
}

Distribution Distribution::normal(double mean, double deviation) {
  Distribution result;
  result.shape_ = Shape::normal;
  result.a_ = result.mean_ = finite(mean);
  result.b_ = std::fabs(finite(deviation));
  return result;
}

Distribution Distribution::triangular(double low, double mode, double high) {
  std::array corners{finite(low), finite(mode), finite(high)};
  std::sort(corners.begin(), corners.end());
  Distribution result;
  result.shape_ = Shape::triangular;
  result.a_ = corners[0];
  result.b_ = corners[1];
  result.c_ = corners[2];
  result.mean_ = (corners[0] + corners[1] + corners[2]) / 3;
  return result;
}

Distribution Distribution::lognormal(double mean, double variance) {
  if (!(finite(mean) > 0) || !(finite(variance) > 0)) return fixed(mean);
  Distribution result;
  result.shape_ = Shape::lognormal;
  const double log_variance = stable_log(1.0 + variance / (mean * mean));
  result.a_ = stable_log(mean) - log_variance / 2;
  result.b_ = std::sqrt(log_variance);
  result.mean_ = mean;
  return result;
}

Distribution Distribution::gamma(double mean, double variance) {
  if (!(finite(mean) > 0) || !(finite(variance) > 0)) return fixed(mean);
  Distribution result;
  result.shape_ = Shape::gamma;
  result.a_ = mean * mean / variance;
  result.b_ = variance / mean;
  result.mean_ = mean;
  return result;
}

Distribution Distribution::exponnorm(double normal_mean, double deviation, double exponential_mean) {
  Distribution result;
  result.shape_ = Shape::exponnorm;
  result.a_ = finite(normal_mean);
  result.b_ = std::max(0.0, finite(deviation));
  result.c_ = std::max(0.0, finite(exponential_mean));
  result.mean_ = result.a_ + result.c_;
  return result;
}

Distribution Distribution::shifted(double offset) const {
  Distribution result = *this;
  result.offset_ += finite(offset);
  result.mean_ += finite(offset);
  return result;
}

Distribution Distribution::within(double least, double most) const {
  Distribution result = *this;
  result.least_ = std::isnan(least) ? 0.0 : std::max(0.0, least);
  result.most_ = std::isnan(most) ? std::numeric_limits<double>::infinity() : most;
  return result;
}

/// The commonest shape is not worth a call.
inline double Distribution::draw_uncut(Random& random) const {
  if (shape_ == Shape::exponential) return -a_ * quick_log(open_unit(random));
  return draw_other(random);
}

double Distribution::draw_other(Random& random) const {
  switch (shape_) {
    case Shape::fixed:
    case Shape::exponential:
      return a_;
    case Shape::uniform:
      return a_ + b_ * random.unit();
    case Shape::normal:
      return a_ + b_ * draw_normal(random);
    case Shape::triangular: {
      const double u = random.unit(), width = c_ - a_;
      if (!(width > 0)) return a_;
      const double left = b_ - a_, right = c_ - b_;
      return u * width < left ? a_ + std::sqrt(u * width * left) : c_ - std::sqrt((1.0 - u) * width * right);
    }
    case Shape::lognormal:
      return stable_exp(a_ + b_ * draw_normal(random));
    case Shape::gamma:
      return draw_gamma(random, a_) * b_;
    case Shape::exponnorm: {
      const double normal = a_ + b_ * draw_normal(random);
      return normal - c_ * quick_log(open_unit(random));
    }
  }
  return 0;
}

double Distribution::draw(Random& random) const {
  if (shape_ == Shape::fixed) return std::max(0.0, a_ + offset_);
  for (int i = 0; i < most_tries; ++i) {
    const double value = offset_ + draw_uncut(random);
    if (value >= least_ && value <= most_) return value;
  }
  if (mean_ >= least_ && mean_ <= most_) return mean_;
  return std::max(0.0, std::isfinite(most_) ? (least_ + most_) / 2 : least_);
}

value::Microseconds Distribution::draw_time(Random& random) const {
  constexpr double longest = 0x1p53;
  const double microseconds = draw(random) * 1e6 + 0.5;
  return static_cast<value::Microseconds>(microseconds < longest ? microseconds : longest);
}

}  // namespace weir::simulate
