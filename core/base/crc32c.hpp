// CRC-32C (Castagnoli), as iSCSI and ext4 use it: tells a record that was written whole from one that was
// torn or rotted.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir {

/// `seed` is the sum of what came before: crc32c(b, crc32c(a)) is the sum of a and b joined.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t seed = 0);
/// The same on every machine, more slowly.
std::uint32_t crc32c_by_tables(std::string_view bytes, std::uint32_t seed = 0);

}  // namespace weir
