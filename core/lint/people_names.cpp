// A name that is nowhere in a project does nothing, and nothing says so when it runs: a four-eyes rule keeps
// nobody from anything, a group is open to everybody or never asked for. Only somebody who sees all files of
// the project can tell. Where names of people are computed, every name may be meant.
#include "core/lint/people_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/did_you_mean.hpp"
#include "core/data/texts.hpp"

namespace weir::lint {

void PeopleFacts::add(const model::Definitions& definitions) {
  const auto take = [](std::string_view text, std::set<std::string>& names, bool& computed) {
    if (text.empty()) return;
    if (data::is_expression(text))
      computed = true;
    else
      names.emplace(text);
  };
  for (const model::Process& each : definitions.processes) {
    (void)elements[std::string(each.id)];
    for (const std::string_view group : each.starters) take(group, groups, computes_groups);
  }
  for (const model::FlowNode& node : definitions.nodes) {
    if (node.scope != model::ScopeIndex::none)
      if (const model::ProcessIndex process = definitions[node.scope].process;
          process != model::ProcessIndex::none)
        elements[std::string(definitions[process].id)].emplace(node.id);
    take(node.work.human_performer, users, computes_users);
    for (const std::string_view user : node.work.potential_users) take(user, users, computes_users);
    for (const std::string_view group : node.work.potential_groups) take(group, groups, computes_groups);
  }
}

void PeopleFacts::add(const PeopleFacts& others) {
  for (const auto& [process, ids] : others.elements) elements[process].insert(ids.begin(), ids.end());
  users.insert(others.users.begin(), others.users.end());
  groups.insert(others.groups.begin(), others.groups.end());
  computes_users = computes_users || others.computes_users;
  computes_groups = computes_groups || others.computes_groups;
}

void check_people(std::span<const PeopleName> names, const PeopleFacts& facts,
                  const std::map<std::string, std::vector<std::string>, std::less<>>& members,
                  Diagnostics& diagnostics) {
  std::vector<std::string> processes;
  for (const auto& [process, ids] : facts.elements) processes.push_back(process);
  std::set<std::string> users = facts.users;
  for (const auto& [group, all] : members) users.insert(all.begin(), all.end());
  // A group that no [groups] has is open to everybody.
  const bool anybody = facts.computes_users || facts.computes_groups ||
                       std::any_of(facts.groups.begin(), facts.groups.end(), [&](const std::string& group) {
                         return members.find(group) == members.end();
                       });
  const auto report = [&](Severity severity, const PeopleName& name, std::string message) {
    Diagnostic made;
    made.severity = severity;
    made.code = "people-setting";
    made.group = "references";
    made.message = std::move(message);
    made.span = name.span;
    diagnostics.add(std::move(made));
  };
  for (const PeopleName& each : names) {
    switch (each.kind) {
      case PeopleName::Kind::process:
        if (!facts.elements.contains(each.name))
          report(Severity::warning, each,
                 fmt::format("[four-eyes]: no file of the project has a process '{}'{}", each.name,
                             did_you_mean_text(each.name, processes)));
        break;
      case PeopleName::Kind::element:
        if (const auto known = facts.elements.find(each.process);
            known != facts.elements.end() && !known->second.contains(each.name))
          report(
              Severity::warning, each,
              fmt::format("[four-eyes]: process '{}' has no element '{}', so nobody may do what this rule is "
                          "about{}",
                          each.process, each.name, did_you_mean_text(each.name, known->second)));
        break;
      case PeopleName::Kind::group:
        if (!facts.computes_groups && !facts.groups.contains(each.name))
          report(Severity::info, each,
                 fmt::format("[groups]: nothing in the project is for group '{}'{}", each.name,
                             did_you_mean_text(each.name, facts.groups)));
        break;
      case PeopleName::Kind::user:
        if (!anybody && !users.contains(each.name))
          report(Severity::info, each,
                 fmt::format("[substitutes]: nothing in the project is for '{}'{}", each.name,
                             did_you_mean_text(each.name, users)));
        break;
    }
  }
}

}  // namespace weir::lint
