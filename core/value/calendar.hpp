// Working time: when somebody is on duty, and when work that pauses outside that time is done. Used for the
// people and arrivals of simulations and for deadlines in working time.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace weir::value {

/// Microseconds since 1970-01-01T00:00:00 UTC.
using Instant = std::int64_t;
using Microseconds = std::int64_t;

inline constexpr Microseconds per_second = 1'000'000;
inline constexpr Microseconds per_minute = 60 * per_second;
inline constexpr Microseconds per_hour = 60 * per_minute;
inline constexpr Microseconds per_day = 24 * per_hour;
inline constexpr Microseconds per_week = 7 * per_day;

/// Later than everything: what never happens.
inline constexpr Instant never = std::numeric_limits<Instant>::max();

/// Half-open: its end does not belong to it.
struct Shift {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  friend constexpr bool operator==(const Shift&, const Shift&) = default;
};

/// A week that repeats. A default calendar is always on duty.
class Calendar {
 public:
  Calendar() = default;
  /// Periods of the week, Monday 00:00 = 0, in any order; they may overlap, and one that ends after the week
  /// goes on at its beginning. Periods that touch become one; none at all = never on duty.
  explicit Calendar(std::vector<Shift> periods);

  /// On duty without a break.
  [[nodiscard]] bool always() const { return always_; }
  /// Working time per week.
  [[nodiscard]] Microseconds weekly_work() const { return always_ ? per_week : weekly_; }
  /// The period of duty around `at`, else the next one after it, as instants; {never, never} when there is
  /// none.
  [[nodiscard]] Shift duty(Instant at) const;
  /// `at` when on duty, else when duty begins next.
  [[nodiscard]] Instant next_on_duty(Instant at) const;
  /// When `work` that starts at `at` is done: it pauses off duty. The end of a period is early enough. Not
  /// before next_on_duty(at).
  [[nodiscard]] Instant after_work(Instant at, Microseconds work) const;
  /// Working time from one instant to a later one.
  [[nodiscard]] Microseconds working_time(Instant from, Instant to) const;

 private:
  /// Number of the first period that ends after this moment of the week; periods_.size() = none.
  [[nodiscard]] std::size_t find(Microseconds moment) const;
  /// Working time from the beginning of the week to this moment.
  [[nodiscard]] Microseconds worked(Microseconds moment) const;

  bool always_ = true;
  std::vector<Shift> periods_;        // sorted, disjoint, not touching
  std::vector<Microseconds> before_;  // working time of the week before each period
  Microseconds weekly_ = 0;
};

}  // namespace weir::value
