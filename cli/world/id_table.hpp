// Text -> number, in one flat array: for millions of short texts that somebody else keeps, where a node each
// would cost more than all the rest.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace weir::cli::world {

class IdTable {
 public:
  static constexpr std::uint32_t none = 0xffffffffu;

  /// The number of a text with this hash of which `is_it(number)` holds, or none.
  template <class IsIt>
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, const IsIt& is_it) const {
    if (slots_.empty()) return none;
    for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[at];
      if (slot.number == none || (slot.hash == hash && is_it(slot.number))) return slot.number;
    }
  }
  /// A text that is not there yet.
  void add(std::uint64_t hash, std::uint32_t number) {
    if (2 * (used_ + 1) > slots_.size()) {
      const std::vector<Slot> before =
          std::exchange(slots_, std::vector<Slot>(slots_.empty() ? 64 : 2 * slots_.size()));
      for (const Slot& each : before)
        if (each.number != none) put(each);
    }
    put({hash, number});
    ++used_;
  }
  /// Keeps the memory.
  void clear() {
    std::fill(slots_.begin(), slots_.end(), Slot());
    used_ = 0;
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t number = none;
  };
  void put(const Slot& slot) {
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].number != none) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }

  std::vector<Slot> slots_;  // a power of two of them, at most half used
  std::size_t used_ = 0;
};

}  // namespace weir::cli::world
