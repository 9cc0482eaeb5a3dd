// Events of a dry run. Nothing comes with them, so their output mappings see what is there already.
#include <algorithm>

#include "core/execute/dry_player.hpp"
#include "core/value/temporal.hpp"

namespace weir::execute {

using graph::Trigger;
using semantics::Ask;
using value::Value;

namespace {

/// Length of a duration or of the period of a repetition; 0 for dates and cron schedules, which are due at
/// once.
double seconds_of(std::string_view text) {
  std::optional<value::Period> period = value::parse_period(text);
  if (!period)
    if (const auto repetition = value::parse_repetition(text)) period = repetition->period;
  if (!period) return 0;
  constexpr double seconds_per_month = 30.436875 * 86400;
  return std::max(0.0, static_cast<double>(period->years_months.months) * seconds_per_month +
                           static_cast<double>(period->days_time.seconds) +
                           static_cast<double>(period->days_time.nanoseconds) * 1e-9);
}

}  // namespace

std::optional<std::size_t> DryRun::next_event() const {
  std::optional<std::size_t> best;
  const auto earlier = [&](std::size_t i) { return !best || open_[i].due < open_[*best].due; };
  for (std::size_t i = 0; i < open_.size(); ++i)
    if (!is_armed(open_[i].question) && earlier(i)) best = i;
  if (best) return best;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const Question& question = open_[i].question;
    if (graph_[question.node].trigger == Trigger::timer && state_.tokens[question.token.slot].count == 0 &&
        earlier(i))
      best = i;
  }
  return best;
}

void DryRun::happen(const Question& question) {
  data_.receive(state_, question.token.slot, written(question.node), {}, workspace_, result_.diagnostics);
  Action action;
  action.question = question;
  act(action);
}

double DryRun::due(const Question& question) {
  if (question.ask != Ask::event || graph_[question.node].trigger != Trigger::timer) return now_;
  std::string text;
  if (const feel::Expression* expression = expressions_.timer(question.node)) {
    const Value value = evaluate(*expression, variables(question));
    if (value.is(value::Kind::days_time_duration))
      return now_ + static_cast<double>(value.days_time_duration().seconds);
    if (value.is(value::Kind::string)) text = std::string(value.text());
  } else {
    const auto& definitions = written(question.node).event_definitions;
    if (!definitions.empty()) {
      const model::EventDefinition& timer = definitions[0];
      text = std::string(timer.time_duration.written ? timer.time_duration.body : timer.time_cycle.body);
    }
  }
  return now_ + seconds_of(text);
}

}  // namespace weir::execute
