#include "core/execute/store.hpp"

#include "core/base/sha256.hpp"

namespace weir::execute {

std::string identity(std::string_view text, std::span<const Use> uses) {
  std::string all(text);
  for (const Use& each : uses) all += "\n" + each.sha256 + (each.name.empty() ? "" : " " + each.name);
  return sha256(all);
}

}  // namespace weir::execute
