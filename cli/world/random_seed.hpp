// Where chance comes from.
#pragma once

#include <cstdint>

namespace weir::cli::world {

/// 64 bits of the operating system's randomness: for what must differ from one run to the next.
std::uint64_t random_seed();

}  // namespace weir::cli::world
