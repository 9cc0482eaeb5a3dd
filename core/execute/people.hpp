// Who may do a user task: its assignee, else its candidates (10.3.4 potentialOwner), else anybody; those who
// stand in for them; and never somebody whom a four-eyes rule keeps from it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/execute/instance.hpp"

namespace weir::execute {

/// What a project says about its people; weir has no accounts, names are what callers say they are.
struct People {
  struct Substitute {
    std::string user;
    value::Instant from = 0, until = value::never;
  };
  /// Members by group. Of a group that is not listed everybody is a member: nobody says who is not.
  std::map<std::string, std::vector<std::string>, std::less<>> groups;
  std::map<std::string, std::vector<Substitute>, std::less<>> substitutes;  // by the user they stand in for
  /// By process: lists of elements of which one person does one at most; an element that is named twice is
  /// done by nobody twice. A start event stands for whoever started the instance.
  std::map<std::string, std::vector<std::vector<std::string>>, std::less<>> four_eyes;
};

struct Entitlement {
  std::string problem;       // why the user may not, empty = may
  std::string on_behalf_of;  // whom the user stands in for, empty = nobody
};

/// May this user do the open task now?
Entitlement may_do(const People& people, const Instance& instance, const Wait& task, std::string_view user,
                   value::Instant now);

}  // namespace weir::execute
