// What [groups], [substitutes] and [four-eyes] of a weir.toml name, judged by all definitions of its project.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/model/definitions.hpp"

namespace weir::lint {

/// A name in a weir.toml.
struct PeopleName {
  enum class Kind : unsigned char { process, element, group, user };
  Kind kind = Kind::process;
  std::string name;
  std::string process;  // of an element
  Span span;
};

/// What definitions say of processes and people.
class PeopleFacts {
 public:
  void add(const model::Definitions& definitions);
  /// Of other files of the same project.
  void add(const PeopleFacts& others);

  std::map<std::string, std::set<std::string>> elements;  // by process, those of versions together
  std::set<std::string> users, groups;                    // that tasks name as they are
  bool computes_users = false, computes_groups = false;   // others come from expressions
};

/// Warnings where a four-eyes rule names what there is not, hints where a group or somebody with substitutes
/// never does anything. They point into the weir.toml.
void check_people(std::span<const PeopleName> names, const PeopleFacts& facts,
                  const std::map<std::string, std::vector<std::string>, std::less<>>& members,
                  Diagnostics& diagnostics);

}  // namespace weir::lint
