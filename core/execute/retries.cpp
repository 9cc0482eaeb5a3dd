#include "core/execute/retries.hpp"

#include <algorithm>
#include <cmath>

#include "core/execute/timers.hpp"

namespace weir::execute {

value::Microseconds pause(const model::Retry& retry, std::uint32_t attempt, std::string_view token) {
  const std::size_t which = std::min<std::size_t>(attempt, retry.waits.size());
  const auto first = later(0, which == 0 ? retry.wait : retry.waits[which - 1]);
  if (!first) return 0;
  const double longest = std::min(static_cast<double>(*first) * std::pow(retry.backoff, attempt - 1),
                                  30.0 * static_cast<double>(value::per_day));
  if (!retry.jitter) return static_cast<value::Microseconds>(longest);
  std::uint64_t hash = 0x9E3779B97F4A7C15u + attempt;
  for (const char c : token) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  hash ^= hash >> 29u;
  return static_cast<value::Microseconds>(longest * static_cast<double>(hash % 1'000'001) / 1'000'000);
}

}  // namespace weir::execute
