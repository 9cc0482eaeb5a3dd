// FNV-1a with a last mix (SplitMix64's): the same on every machine, so that it may be written down. Not for
// keys that an enemy chooses.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir {

constexpr std::uint64_t hash_text(std::string_view text, std::uint64_t seed = 0) {
  std::uint64_t hash = 0xcbf29ce484222325u ^ seed;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  hash = (hash ^ (hash >> 30u)) * 0xbf58476d1ce4e5b9u;
  hash = (hash ^ (hash >> 27u)) * 0x94d049bb133111ebu;
  return hash ^ (hash >> 31u);
}

}  // namespace weir
