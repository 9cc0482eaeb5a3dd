#include "cli/world/random_seed.hpp"

#include <random>

namespace weir::cli::world {

std::uint64_t random_seed() {
  std::random_device device;
  return static_cast<std::uint64_t>(device()) << 32 | device();
}

}  // namespace weir::cli::world
