// Literal texts of timers, as the author wrote them: ISO 8601 dates, durations and repetitions, and cron. The
// question here is only "what is wrong with it?", answered in words for the author; computing when a timer
// fires is the business of core/value.
#pragma once

#include <string>
#include <string_view>

namespace weir::lint {

/// What a text turned out to be.
struct TimerText {
  std::string problem;         // empty = fine; else the end of a sentence: "is no ISO 8601 duration ..."
  double seconds = 0;          // length of a duration, period of a repetition; 0 when unknown
  bool endless = false;        // a repetition without a number or an end
  bool may_not_exist = false;  // a date in a named zone, without offset, in the hours when clocks are changed
};

/// 2024-02-29, 2024-02-29T12:00, ...:30.5, with Z, +01:00 or [Europe/Berlin] behind it.
TimerText check_date(std::string_view text);
/// P1Y2M3DT4H5M6.7S, P2W. Not negative.
TimerText check_duration(std::string_view text);
/// R3/PT10M, R/2024-01-01T00:00Z/P1D, R/start/end, or cron with 5 to 7 fields.
TimerText check_cycle(std::string_view text);

/// The object whose method a JUEL expression calls, as "runtime" in ${runtime.exec('id')}; empty when there
/// is none.
std::string_view called_bean(std::string_view expression);

}  // namespace weir::lint
