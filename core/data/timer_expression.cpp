#include "core/data/timer_expression.hpp"

#include "core/data/texts.hpp"
#include "core/feel/expression.hpp"
#include "core/value/cron.hpp"
#include "core/value/duration_text.hpp"

namespace weir::data {

bool is_timer_expression(std::string_view text, std::string_view language) {
  if (text.empty()) return false;
  if (is_expression(text)) return true;
  if (value::parse_period(text) || value::parse_repetition(text) || value::parse_timer_date(text) ||
      value::Cron::parse(text, 0) || value::Cron::parse(text, 1))
    return false;
  const feel::Choice choice = feel::choose_language(text, language);
  return !choice.guessed && choice.language != feel::Language::foreign;
}

}  // namespace weir::data
