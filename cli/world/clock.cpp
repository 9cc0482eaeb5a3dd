#include "cli/world/clock.hpp"

#include <chrono>
#include <cstdlib>
#include <string>

#include "core/value/temporal.hpp"

namespace weir::cli::world {

Result<SystemClock> SystemClock::from_environment() {
  const char* text = std::getenv("WEIR_NOW");
  if (text == nullptr || *text == '\0') return SystemClock();
  const std::optional<value::DateTime> moment = value::parse_date_time(text);
  const std::optional<std::int64_t> seconds = moment ? value::utc_seconds(*moment) : std::nullopt;
  // Within a few thousand years microseconds fit.
  constexpr std::int64_t most = 200'000'000'000;
  if (!seconds || *seconds < -most || *seconds > most)
    return Error{"WEIR_NOW is '" + std::string(text) +
                 "', which is not a date and time such as 2024-05-01T09:00:00Z"};
  return SystemClock(*seconds * value::per_second + moment->nanoseconds / 1000);
}

value::Instant SystemClock::now() {
  using std::chrono::system_clock;
  if (pinned_) return *pinned_;
  return std::chrono::duration_cast<std::chrono::microseconds>(system_clock::now().time_since_epoch())
      .count();
}

}  // namespace weir::cli::world
