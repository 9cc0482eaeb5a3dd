// Random numbers that are the same on every machine, compiler and library: nothing of <random> decides them.
// Counter-based: number n of a stream is a pure function of (seed, stream, n), so streams can be split off
// without order mattering, and a stream can be resumed at any point. The function is SplitMix64 (Steele, Lea,
// Flood 2014): a Weyl sequence behind a 64-bit mixer.
#pragma once

#include <cstdint>

namespace weir {

class Random {
 public:
  explicit constexpr Random(std::uint64_t seed, std::uint64_t stream = 0)
      : key_(mix(seed + gamma * mix(stream + gamma))) {}

  /// The next 64 random bits.
  constexpr std::uint64_t bits() { return mix(key_ + gamma * ++drawn_); }
  /// Uniform in [0, bound), without bias; bound > 0.
  constexpr std::uint32_t below(std::uint32_t bound) {
    const std::uint32_t unfair = (0u - bound) % bound;  // 2^32 mod bound: that many products come too often
    while (true) {
      const std::uint64_t product = (bits() >> 32) * bound;
      if (static_cast<std::uint32_t>(product) >= unfair) return static_cast<std::uint32_t>(product >> 32);
    }
  }
  /// Uniform in [0, 1), 53 bits.
  constexpr double unit() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
  /// True in `percent` of 100 cases.
  constexpr bool chance(std::uint32_t percent) { return below(100) < percent; }
  /// An independent stream; does not depend on how much was drawn from this one.
  [[nodiscard]] constexpr Random split(std::uint64_t stream) const { return Random(key_, stream); }

  /// How many times bits() was called, and back to that point.
  [[nodiscard]] constexpr std::uint64_t drawn() const { return drawn_; }
  constexpr void resume(std::uint64_t drawn) { drawn_ = drawn; }

 private:
  static constexpr std::uint64_t gamma = 0x9e3779b97f4a7c15u;
  static constexpr std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  std::uint64_t key_;
  std::uint64_t drawn_ = 0;
};

}  // namespace weir
