// All states seen, by content: an arena of byte strings and an open-addressing table of 32-bit state numbers.
// Keys are always compared in full; a hash alone is never an identity.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace weir::verify {

class StateStore {
 public:
  StateStore();
  /// The number of a key and whether it is new. Numbers count up from 0 in the order of insertion.
  std::pair<std::uint32_t, bool> insert(std::span<const std::uint8_t> key);
  /// Bytes of a state; valid until the next insert.
  [[nodiscard]] std::span<const std::uint8_t> operator[](std::uint32_t number) const {
    return std::span(arena_).subspan(starts_[number], starts_[number + 1] - starts_[number]);
  }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(hashes_.size()); }
  /// Memory held, in bytes.
  [[nodiscard]] std::size_t bytes() const;

 private:
  void grow();
  std::vector<std::uint8_t> arena_;
  std::vector<std::size_t> starts_;    // size() + 1 entries
  std::vector<std::uint32_t> hashes_;  // by number
  std::vector<std::uint32_t> table_;   // number + 1, 0 = empty; a power of two, at most half full
};

}  // namespace weir::verify
