// Round numbers that a reader recognises as invented: half an hour for people, a second for machines.
#include "core/simulate/defaults.hpp"

#include <string_view>

#include "core/value/temporal.hpp"

namespace weir::simulate {

using graph::ElementKind;

namespace {

constexpr double an_hour = 3600;
constexpr double days_per_month = 365.2425 / 12;

/// Seconds of a period, months at their mean length.
double seconds_of(const value::Period& period) {
  return static_cast<double>(period.years_months.months) * days_per_month * 86'400 +
         static_cast<double>(period.days_time.total()) * 1e-9;
}

/// A literal text: "PT5M", also as FEEL writes it, ="PT5M" or =duration("PT5M").
std::string_view literal(std::string_view text) {
  const auto trim = [&text] {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  };
  trim();
  if (text.starts_with('=')) text.remove_prefix(1);
  trim();
  if (text.starts_with("duration(") && text.ends_with(')')) {
    text.remove_prefix(9);
    text.remove_suffix(1);
    trim();
  }
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text.remove_prefix(1);
    text.remove_suffix(1);
  }
  return text;
}

/// How long a timer of the model waits, when that is a plain text.
bool written_time(const model::FlowNode& node, Distribution& time) {
  for (const model::EventDefinition& each : node.event_definitions) {
    if (each.kind != ElementKind::timer_event_definition) continue;
    if (const auto period = value::parse_period(literal(each.time_duration.body))) {
      time = Distribution::fixed(seconds_of(*period));
      return true;
    }
    if (const auto cycle = value::parse_repetition(literal(each.time_cycle.body))) {
      time = Distribution::fixed(seconds_of(cycle->period));
      return true;
    }
  }
  return false;
}

}  // namespace

Distribution default_arrivals() {
  return Distribution::exponential(an_hour);
}

Distribution default_time(const graph::ProcessGraph& graph, const model::Definitions& definitions,
                          NodeId node, bool& invented) {
  const graph::Node& at = graph[node];
  const model::NodeIndex origin = graph.origin[index(node)];
  invented = true;
  if (at.trigger == graph::Trigger::timer) {
    Distribution time;
    if (origin != model::NodeIndex::none && written_time(definitions[origin], time)) {
      invented = false;
      return time;
    }
    return Distribution::fixed(an_hour);
  }
  switch (at.kind) {
    case ElementKind::service_task:
    case ElementKind::send_task:
    case ElementKind::script_task:
    case ElementKind::business_rule_task:
      return Distribution::fixed(1);
    case ElementKind::call_activity:
      return Distribution::exponential(an_hour);
    case ElementKind::receive_task:
    case ElementKind::intermediate_catch_event:
      return Distribution::exponential(4 * an_hour);
    default:
      return Distribution::exponential(an_hour / 2);
  }
}

}  // namespace weir::simulate
