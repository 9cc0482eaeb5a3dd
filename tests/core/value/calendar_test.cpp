#include "core/value/calendar.hpp"

#include <fmt/format.h>

#include "core/base/random.hpp"
#include "core/value/duration_text.hpp"
#include "tests/support/catch.hpp"

using namespace weir;
using value::Calendar;
using value::Instant;
using value::Microseconds;

namespace {

constexpr Instant monday = 1'704'067'200 * value::per_second;  // 2024-01-01T00:00Z

/// Day of that week (0 = Monday) and hour.
Instant at(std::int64_t day, double hour) {
  return monday + day * value::per_day + static_cast<Instant>(hour * static_cast<double>(value::per_hour));
}

Calendar office() {
  std::vector<value::Shift> shifts;
  for (std::int64_t day = 0; day < 5; ++day) {
    shifts.push_back(
        {day * value::per_day + 9 * value::per_hour, day * value::per_day + 12 * value::per_hour});
    shifts.push_back(
        {day * value::per_day + 13 * value::per_hour, day * value::per_day + 17 * value::per_hour});
  }
  return Calendar(std::move(shifts));
}

}  // namespace

TEST_CASE("work pauses off duty") {
  const Calendar calendar = office();
  struct Row {
    Instant begin;
    double hours;
    Instant end;
  };
  for (const Row& row : {
           Row{at(0, 9), 1, at(0, 10)},
           Row{at(0, 9), 3, at(0, 12)},       // done when the shift ends, not when the next begins
           Row{at(0, 11.5), 1, at(0, 13.5)},  // over lunch
           Row{at(0, 16), 2, at(1, 10)},      // over night
           Row{at(4, 16.5), 1, at(7, 9.5)},   // over the weekend
           Row{at(5, 3), 0.5, at(7, 9.5)},    // begun off duty
           Row{at(0, 9), 7, at(0, 17)}, Row{at(0, 9), 35, at(4, 17)},         // the whole week
           Row{at(0, 9), 35.5, at(7, 9.5)}, Row{at(2, 10), 350, at(72, 10)},  // ten weeks
           Row{at(-3, 12), 1, at(-3, 14)},                                    // before: Friday
       }) {
    CAPTURE(row.begin - monday, row.hours);
    const auto work = static_cast<Microseconds>(row.hours * static_cast<double>(value::per_hour));
    CHECK(calendar.after_work(row.begin, work) - monday == row.end - monday);
    CHECK(calendar.working_time(row.begin, row.end) == work);
  }
}

TEST_CASE("when duty begins next") {
  const Calendar calendar = office();
  CHECK(calendar.weekly_work() == 35 * value::per_hour);
  CHECK(calendar.next_on_duty(at(0, 9)) == at(0, 9));
  CHECK(calendar.next_on_duty(at(0, 12)) == at(0, 13));  // the end of a shift is off duty
  CHECK(calendar.next_on_duty(at(0, 17)) == at(1, 9));
  CHECK(calendar.next_on_duty(at(4, 18)) == at(7, 9));
  CHECK(calendar.duty(at(0, 10)) == value::Shift{at(0, 9), at(0, 12)});
  CHECK(calendar.duty(at(6, 10)) == value::Shift{at(7, 9), at(7, 12)});
}

TEST_CASE("shifts wrap around the week, overlap and touch") {
  using namespace value;
  // Sunday 22:00 to Monday 06:00.
  const Calendar night({{6 * per_day + 22 * per_hour, 7 * per_day + 6 * per_hour}});
  CHECK(night.weekly_work() == 8 * per_hour);
  CHECK(night.next_on_duty(at(0, 5)) == at(0, 5));
  CHECK(night.next_on_duty(at(0, 7)) == at(6, 22));
  CHECK(night.after_work(at(6, 23), 3 * per_hour) == at(7, 2));
  CHECK(Calendar({{0, per_day}, {per_day / 2, 2 * per_day}, {2 * per_day, 3 * per_day}}).weekly_work() ==
        3 * per_day);
  CHECK(Calendar({{0, 4 * per_day}, {4 * per_day, per_week}}).always());
  CHECK(Calendar({{5 * per_day, 5 * per_day + per_week}}).always());
  CHECK(Calendar().always());
  CHECK(Calendar().after_work(at(3, 3), 100) == at(3, 3) + 100);
}

TEST_CASE("a gap of a microsecond at midnight pauses work once a day") {
  using namespace value;
  std::vector<Shift> shifts;
  for (std::int64_t day = 0; day < 7; ++day) shifts.push_back({day * per_day, (day + 1) * per_day - 1});
  const Calendar calendar(std::move(shifts));
  CHECK_FALSE(calendar.always());
  CHECK(calendar.after_work(at(0, 23), 2 * per_hour) == at(1, 1) + 1);
  CHECK(calendar.after_work(at(0, 23), 50 * per_hour) == at(3, 1) + 3);
}

TEST_CASE("nobody is ever on duty in an empty calendar") {
  const Calendar calendar(std::vector<value::Shift>{{5, 5}});
  CHECK(calendar.weekly_work() == 0);
  CHECK(calendar.next_on_duty(0) == value::never);
  CHECK(calendar.after_work(0, 1) == value::never);
  CHECK(calendar.working_time(0, value::per_week) == 0);
}

TEST_CASE("a second of duty a week does not overflow") {
  const Calendar calendar({{0, value::per_second}});
  CHECK(calendar.after_work(monday, std::int64_t{1} << 53) == value::never);
  CHECK(calendar.after_work(monday, 3 * value::per_second) == at(14, 0) + value::per_second);
}

TEST_CASE("random calendars agree with counting microseconds one by one") {
  Random random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<value::Shift> shifts;
    // Shifts of a few ticks around borders, so that counting stays cheap.
    for (std::uint32_t i = 0; i <= random.below(4); ++i) {
      const std::int64_t begin = value::per_week - 10 + random.below(20);
      shifts.push_back({begin, begin + 1 + random.below(4)});
    }
    const Calendar calendar(shifts);
    const auto on_duty = [&](Instant instant) {
      const std::int64_t moment = (instant - monday + 52 * value::per_week) % value::per_week;
      for (const value::Shift& each : shifts)
        for (const std::int64_t turn : {std::int64_t{0}, value::per_week})
          if (moment + turn >= each.begin && moment + turn < each.end) return true;
      return false;
    };
    const Instant begin = monday - 15 + random.below(30);
    Instant done = begin;
    Microseconds work = 1 + random.below(3), left = work;
    while (left > 0 && done < begin + 60) left -= on_duty(done++) ? 1 : 0;
    CAPTURE(round, begin - monday, work);
    if (left == 0) CHECK(calendar.after_work(begin, work) == done);
    CHECK(calendar.working_time(begin, done) == work - left);
    CHECK((calendar.next_on_duty(begin) == begin) == on_duty(begin));
  }
}

TEST_CASE("durations as people write them") {
  using namespace value;
  struct Row {
    const char* text;
    Microseconds time;
  };
  for (const Row& row : {Row{"90s", 90 * per_second}, Row{"2d", 2 * per_day}, Row{"1d 12h", 36 * per_hour},
                         Row{"2h30m", 150 * per_minute}, Row{"1.5h", 90 * per_minute}, Row{"250ms", 250'000},
                         Row{"1w", per_week}, Row{"PT36H", 36 * per_hour},
                         Row{"P1DT1S", per_day + per_second}, Row{"0s", 0}}) {
    CAPTURE(row.text);
    CHECK(parse_duration(row.text) == row.time);
  }
  for (const char* wrong :
       {"", " ", "2", "d", "2x", "-2d", "2d-", "P1M", "-PT1S", "1e3s", "99999w", "PT", "2 days"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_duration(wrong).has_value());
  }
}
