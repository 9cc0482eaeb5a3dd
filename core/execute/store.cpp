#include "core/execute/store.hpp"

#include "core/base/sha256.hpp"

namespace weir::execute {

std::string identity(std::string_view text, std::span<const std::string> uses) {
  std::string all(text);
  for (const std::string& each : uses) all += "\n" + each;
  return sha256(all);
}

}  // namespace weir::execute
