#include "core/execute/people.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace weir::execute {

namespace {

bool holds(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool is_meant(const People& people, const Wait& task, std::string_view user) {
  if (!task.assignee.empty()) return task.assignee == user;
  if (task.users.empty() && task.groups.empty()) return true;
  return holds(task.users, user) ||
         std::any_of(task.groups.begin(), task.groups.end(), [&](const std::string& group) {
           const auto members = people.groups.find(group);
           return members == people.groups.end() || holds(members->second, user);
         });
}

/// What a four-eyes rule has against it, empty = nothing.
std::string second_pair(const People& people, const Instance& instance, const Wait& task,
                        std::string_view user) {
  const auto rules = people.four_eyes.find(instance.graph().id);
  if (rules == people.four_eyes.end()) return {};
  for (const std::vector<std::string>& rule : rules->second) {
    if (!holds(rule, task.element)) continue;
    for (const std::string& other : rule) {
      if (instance.graph().find_node(other) == NodeId::none)  // better nobody than anybody
        return fmt::format("[four-eyes] names '{}', which '{}' does not have", other, instance.graph().id);
      if (other == task.element && std::count(rule.begin(), rule.end(), other) < 2) continue;
      for (const auto& [element, actor] : instance.actors)
        if (element == other && actor == user)
          return fmt::format("four eyes: {} did '{}' already", user, other);
    }
  }
  return {};
}

}  // namespace

Entitlement may_do(const People& people, const Instance& instance, const Wait& task, std::string_view user,
                   value::Instant now) {
  Entitlement out;
  if (!is_meant(people, task, user)) {
    const auto stands_in = [&](const auto& each) {
      return is_meant(people, task, each.first) &&
             std::any_of(each.second.begin(), each.second.end(), [&](const People::Substitute& one) {
               return one.user == user && one.from <= now && now < one.until;
             });
    };
    const auto absent = std::find_if(people.substitutes.begin(), people.substitutes.end(), stands_in);
    if (absent == people.substitutes.end()) {
      out.problem = !task.assignee.empty() ? fmt::format("it is {}'s", task.assignee)
                                           : fmt::format("{} is none of its candidates", user);
      return out;
    }
    out.on_behalf_of = absent->first;
  }
  out.problem = second_pair(people, instance, task, user);
  if (out.problem.empty() && !out.on_behalf_of.empty())
    out.problem = second_pair(people, instance, task, out.on_behalf_of);
  return out;
}

}  // namespace weir::execute
