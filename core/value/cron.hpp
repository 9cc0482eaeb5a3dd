// Cron texts of timers, as Quartz (Camunda 7, Flowable, Activiti, jBPM), Spring (Camunda 8) and Unix have
// them: [second] minute hour day month weekday [year], with lists, ranges, steps, names and L, W, #. Times
// are UTC.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/value/temporal.hpp"

namespace weir::value {

class Cron {
 public:
  /// `sunday`: the number of Sunday, 1 in Quartz, else 0 (and 7). Five fields are always Unix. The error says
  /// which part is wrong ("'61' is no minute"), nothing when it is no cron text at all.
  static Result<Cron> parse(std::string_view text, int sunday);

  /// The first time after that one, both in seconds since 1970; empty when there is none before the year
  /// 2200.
  [[nodiscard]] std::optional<std::int64_t> next(std::int64_t after) const;
  /// At times it is due each second.
  [[nodiscard]] bool every_second() const { return seconds_ == (std::uint64_t{1} << 60u) - 1; }

 private:
  struct Days {
    std::uint32_t days = 0, nearest = 0;  // bit n = day n, or the workday (MON-FRI) nearest to it
    std::uint32_t from_last = 0;          // bit n = n days before the last one
    bool last_workday = false;
    std::uint32_t weekdays = 0,
                  last = 0;              // bit n = weekday n from Sunday, every one or the last of the month
    std::array<std::uint32_t, 6> nth{};  // by number in the month: weekdays
    bool any_day = false, any_weekday = false, either = false;
  };
  [[nodiscard]] bool matches(const CivilDate& day) const;

  std::uint64_t seconds_ = 0, minutes_ = 0, hours_ = 0, months_ = 0;
  std::vector<bool> years_;  // from 1970, empty = all
  Days days_;
};

}  // namespace weir::value
