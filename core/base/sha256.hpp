// SHA-256 (FIPS 180-4): names a definition by what it says.
#pragma once

#include <string>
#include <string_view>

namespace weir {

/// 64 lowercase hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace weir
