// A week is a sorted list of periods with the working time before each, so working time is a function of time
// and "done when" is its inverse: both cost one search among the few periods of a week, however long the
// work.
#include "core/value/calendar.hpp"

#include <algorithm>

namespace weir::value {

namespace {

constexpr Instant first_monday = -3 * value::per_day;  // 1970-01-01 was a Thursday
constexpr std::int64_t most_weeks = 10'000'000;

/// Moment of the week; `start` becomes the instant at which that week begins.
Microseconds moment_of_week(Instant at, Instant& start) {
  Microseconds moment = (at - first_monday) % per_week;
  if (moment < 0) moment += per_week;
  start = at - moment;
  return moment;
}

}  // namespace

Calendar::Calendar(std::vector<Shift> periods) : always_(false) {
  std::vector<Shift> pieces;
  for (const Shift& each : periods) {
    if (each.end <= each.begin) continue;
    if (each.end - each.begin >= per_week) {
      always_ = true;
      return;
    }
    const Microseconds begin = ((each.begin % per_week) + per_week) % per_week;
    const Microseconds end = begin + (each.end - each.begin);
    pieces.push_back({begin, std::min(end, per_week)});
    if (end > per_week) pieces.push_back({0, end - per_week});
  }
  std::sort(pieces.begin(), pieces.end(), [](const Shift& a, const Shift& b) { return a.begin < b.begin; });
  for (const Shift& piece : pieces)
    if (!periods_.empty() && piece.begin <= periods_.back().end)
      periods_.back().end = std::max(periods_.back().end, piece.end);
    else
      periods_.push_back(piece);
  for (const Shift& each : periods_) {
    before_.push_back(weekly_);
    weekly_ += each.end - each.begin;
  }
  always_ = weekly_ == per_week;
}

std::size_t Calendar::find(Microseconds moment) const {
  return static_cast<std::size_t>(
      std::partition_point(periods_.begin(), periods_.end(),
                           [moment](const Shift& each) { return each.end <= moment; }) -
      periods_.begin());
}

Microseconds Calendar::worked(Microseconds moment) const {
  const std::size_t at = find(moment);
  if (at == periods_.size()) return weekly_;
  return before_[at] + std::max<Microseconds>(0, moment - periods_[at].begin);
}

Shift Calendar::duty(Instant at) const {
  if (always_) return {std::numeric_limits<Instant>::min(), never};
  if (periods_.empty()) return {never, never};
  Instant start = 0;
  std::size_t found = find(moment_of_week(at, start));
  if (found == periods_.size()) {
    found = 0;
    start += per_week;
  }
  return {start + periods_[found].begin, start + periods_[found].end};
}

Instant Calendar::next_on_duty(Instant at) const {
  return std::max(at, duty(at).begin);
}

Instant Calendar::after_work(Instant at, Microseconds work) const {
  if (always_) return at + work;
  if (periods_.empty()) return never;
  if (work <= 0) return next_on_duty(at);
  Instant start = 0;
  const Microseconds moment = moment_of_week(at, start);
  const std::size_t now = find(moment);
  if (now < periods_.size() && moment >= periods_[now].begin && work <= periods_[now].end - moment)
    return at + work;  // within this period: nearly always
  const Microseconds total = worked(moment) + work;
  const std::int64_t weeks = (total - 1) / weekly_;  // whole weeks before the one in which it is done
  if (weeks > most_weeks) return never;
  const Microseconds rest = total - weeks * weekly_;  // in (0, weekly_]
  const auto last = static_cast<std::size_t>(
      std::partition_point(before_.begin(), before_.end(), [rest](Microseconds b) { return b < rest; }) -
      before_.begin() - 1);
  return start + weeks * per_week + periods_[last].begin + (rest - before_[last]);
}

Microseconds Calendar::working_time(Instant from, Instant to) const {
  if (to <= from) return 0;
  if (always_) return to - from;
  if (periods_.empty()) return 0;
  Instant first = 0, last = 0;
  const Microseconds begin = worked(moment_of_week(from, first));
  const Microseconds end = worked(moment_of_week(to, last));
  return (last - first) / per_week * weekly_ + end - begin;
}

}  // namespace weir::value
