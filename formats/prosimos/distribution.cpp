// Two dialects share the names and differ in the number of parameters. Version 2 gives means and variances,
// then the interval: expon[mean, min, max], norm[mean, deviation, min, max], uniform[min, max],
// lognorm[mean, variance, min, max], gamma[mean, variance, min, max], fix[value]. Version 1 gives scipy's
// parameters, then the interval: expon[loc, scale, ...], uniform[loc, scale, ...], lognorm[s, loc, scale,
// ...], gamma[a, loc, scale, ...], exponnorm[K, loc, scale, ...]; norm is the same in both.
#include "formats/prosimos/distribution.hpp"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "core/base/printable.hpp"
#include "core/base/stable_math.hpp"

namespace weir::formats::prosimos {

using simulate::Distribution;

namespace {

using Values = std::vector<double>;

Distribution fix(const Values& p) {
  return Distribution::fixed(p[0]);
}
Distribution exponential(const Values& p) {
  const double mean = p[0], least = p[1];
  return Distribution::exponential(mean < least ? mean : mean - least).shifted(least).within(least, p[2]);
}
Distribution normal(const Values& p) {
  return Distribution::normal(p[0], p[1]).within(p[2], p[3]);
}
Distribution uniform(const Values& p) {
  return Distribution::uniform(p[0], p[1]);
}
Distribution lognormal(const Values& p) {
  return Distribution::lognormal(p[0], p[1]).within(p[2], p[3]);
}
Distribution gamma(const Values& p) {
  return Distribution::gamma(p[0], p[1]).within(p[2], p[3]);
}
Distribution old_exponential(const Values& p) {
  return Distribution::exponential(p[1]).shifted(p[0]).within(p[2], p[3]);
}
Distribution old_uniform(const Values& p) {
  return Distribution::uniform(p[0], p[0] + p[1]).within(p[2], p[3]);
}
Distribution old_lognormal(const Values& p) {
  const double square = p[0] * p[0];
  const double mean = p[2] * stable_exp(square / 2);
  return Distribution::lognormal(mean, (stable_exp(square) - 1) * mean * mean)
      .shifted(p[1])
      .within(p[3], p[4]);
}
Distribution old_gamma(const Values& p) {
  return Distribution::gamma(p[0] * p[2], p[0] * p[2] * p[2]).shifted(p[1]).within(p[3], p[4]);
}
Distribution old_exponnorm(const Values& p) {
  return Distribution::exponnorm(p[1], p[2], p[0] * p[2]).within(p[3], p[4]);
}

struct Row {
  std::string_view name;
  std::size_t parameters;
  Distribution (*make)(const Values&);
};
constexpr Row table[] = {
    {"fix", 1, fix},
    {"fix", 3, fix},
    {"expon", 3, exponential},
    {"expon", 4, old_exponential},
    {"norm", 4, normal},
    {"uniform", 2, uniform},
    {"uniform", 4, old_uniform},
    {"lognorm", 4, lognormal},
    {"lognorm", 5, old_lognormal},
    {"gamma", 4, gamma},
    {"gamma", 5, old_gamma},
    {"exponnorm", 5, old_exponnorm},
};

}  // namespace

std::optional<Distribution> read_distribution(const json::Item& object, Diagnostics& diagnostics) {
  const json::Item name = object["distribution_name"];
  const json::Item parameters = object["distribution_params"];
  const auto error = [&](std::string message, const json::Item& where) {
    diagnostics.error("bad-scenario", std::move(message), where ? where.span() : object.span()).group =
        "simulation";
  };
  if (!name.is(json::Kind::string)) {
    error("a distribution without distribution_name", name);
    return std::nullopt;
  }
  Values values;
  for (const json::Item& each : parameters.items()) {
    const json::Item value = each.is(json::Kind::object) ? each["value"] : each;
    const std::optional<double> number = value.number();
    if (!number || std::isnan(*number)) {
      error(fmt::format("a parameter of '{}' is no number", printable(name.text())), value ? value : each);
      return std::nullopt;
    }
    values.push_back(*number);
  }
  bool known = false;
  for (const Row& row : table) {
    if (row.name != name.text()) continue;
    known = true;
    if (row.parameters == values.size()) return row.make(values);
  }
  if (known)
    error(fmt::format("'{}' does not take {} parameters", name.text(), values.size()), parameters);
  else
    error(fmt::format("distribution '{}' is not known", printable(name.text())), name);
  return std::nullopt;
}

}  // namespace weir::formats::prosimos
