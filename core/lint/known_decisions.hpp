// The decisions that the files hold which belong together with the one that is linted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/dmn/definitions.hpp"

namespace weir::lint {

struct KnownDecisions {
  struct Decision {
    std::string file, id, name;
  };
  std::vector<std::string> files;  // those with decisions
  std::vector<Decision> decisions;

  /// Adds what tasks can ask in a file: decisions and decision services.
  void add(std::string_view file, const dmn::Definitions& definitions);
  void add(const KnownDecisions& others);
};

}  // namespace weir::lint
