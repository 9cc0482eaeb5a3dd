// Which texts of timers are expressions.
#pragma once

#include <string_view>

namespace weir::data {

/// Literal dates, durations, repetitions and cron texts come first (BPMN 2.0.2 table 10.101), whatever the
/// language; what is none of them is an expression when it looks like one or its language is known.
/// `language`: the expression's own, else the definitions', empty when there is none.
bool is_timer_expression(std::string_view text, std::string_view language);

}  // namespace weir::data
