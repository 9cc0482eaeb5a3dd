// The parts of the engine that know whom a user task is for and by when. What cannot be known is an incident:
// a task that nobody may do is found and mended, one that anybody may do is not noticed.
#include <fmt/format.h>

#include "core/execute/engine.hpp"
#include "core/execute/timers.hpp"

namespace weir::execute {

using semantics::Question;
using value::Value;

namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n\r") - begin + 1);
}

/// As people know it.
std::string_view shown(std::string_view data_text) {
  return data_text.starts_with('=') ? trimmed(data_text.substr(1)) : data_text;
}

}  // namespace

std::string Engine::names(std::string_view data_text, const Question& question,
                          std::vector<std::string>& out) {
  if (data_text.empty()) return {};
  const std::size_t before = notes_.size();
  const Value value = text_value(data_text, question);
  // Camunda 7 and those that come from it take "ann, bob" for two, also when an expression gives it.
  const bool separated = bare() == data::Bare::holds && data::is_expression(data_text);
  const auto take = [&](const Value& each) {
    if (!each.is(value::Kind::string) || trimmed(each.text()).empty()) return false;
    std::string_view rest = each.text();
    for (std::size_t comma = 0; separated && (comma = rest.find(',')) != std::string_view::npos;) {
      if (const std::string_view name = trimmed(rest.substr(0, comma)); !name.empty()) out.emplace_back(name);
      rest.remove_prefix(comma + 1);
    }
    if (!separated)
      out.emplace_back(rest);
    else if (!trimmed(rest).empty())
      out.emplace_back(trimmed(rest));
    return true;
  };
  bool good = true;
  if (value.is(value::Kind::list))
    for (const Value& each : value.items()) good = good && take(each);
  else
    good = take(value);
  if (good) return {};
  return fmt::format("{} is no name and no list of names{}", shown(data_text), troubles(before));
}

void Engine::user_task(const Question& question, const model::FlowNode& activity) {
  const model::Work& work = activity.work;
  Wait wait = waiting(question, WaitKind::user_task);
  std::vector<std::string> assignee;
  std::string problem = names(work.human_performer, question, assignee);
  for (const std::string_view each : work.potential_users)
    if (problem.empty()) problem = names(each, question, wait.users);
  for (const std::string_view each : work.potential_groups)
    if (problem.empty()) problem = names(each, question, wait.groups);
  const bool meant =
      !work.human_performer.empty() || !work.potential_users.empty() || !work.potential_groups.empty();
  if (problem.empty() && assignee.size() > 1)
    problem = fmt::format("{} gives {} names, and an assignee is one", shown(work.human_performer),
                          assignee.size());
  if (problem.empty() && meant && assignee.empty() && wait.users.empty() && wait.groups.empty())
    problem = "its lists of names are empty";
  if (!problem.empty())
    return incident(question, "assignment",
                    fmt::format("whom '{}' is for is not known: {}", wait.label, problem));
  if (!assignee.empty()) wait.assignee = std::move(assignee.front());
  if (!work.due_date.empty()) {
    const std::size_t before = notes_.size();
    const Value date = text_value(work.due_date, question);
    const auto when = due(date, now_);
    if (when)
      wait.due = when->at;
    else if (!date.is_null() || notes_.size() != before)  // null that is meant is no date
      return incident(question, "assignment",
                      fmt::format("when '{}' is due is not known: {} is no date and no duration{}",
                                  wait.label, shown(work.due_date), troubles(before)));
  }
  open(std::move(wait));
}

}  // namespace weir::execute
