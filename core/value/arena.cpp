// Blocks double in size. After a reset that follows growth, one block of the total size replaces them all, so
// a warm arena never allocates.
#include "core/value/arena.hpp"

#include <algorithm>
#include <cstring>

namespace weir::value {

namespace {
constexpr std::size_t first_block = 4096;
}  // namespace

void* Arena::allocate_block(std::size_t bytes) {
  before_ += offset_;
  const std::size_t size = std::max({first_block, 2 * capacity_, bytes});
  blocks_.push_back(
      {std::make_unique_for_overwrite<std::byte[]>(size), size});  // aligned for everything stored here
  block_ = blocks_.back().bytes.get();
  capacity_ = size;
  offset_ = bytes;
  return block_;
}

std::string_view Arena::copy(std::string_view text) {
  if (text.empty()) return {};
  char* bytes = array<char>(text.size());
  std::memcpy(bytes, text.data(), text.size());
  return {bytes, text.size()};
}

void* Arena::grow_bytes(void* begin, std::size_t bytes, std::size_t new_bytes, std::size_t alignment) {
  auto* first = static_cast<std::byte*>(begin);
  if (block_ != nullptr && first != nullptr && first >= block_ && first + bytes == block_ + offset_ &&
      static_cast<std::size_t>(first - block_) + new_bytes <= capacity_) {
    offset_ = static_cast<std::size_t>(first - block_) + new_bytes;
    return begin;
  }
  void* moved = allocate(new_bytes, alignment);
  if (bytes != 0) std::memcpy(moved, begin, bytes);
  return moved;
}

void Arena::reset() {
  if (blocks_.size() > 1) {
    std::size_t total = 0;
    for (const Block& block : blocks_) total += block.size;
    blocks_.clear();
    blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(total), total});
    block_ = blocks_.back().bytes.get();
    capacity_ = total;
  }
  offset_ = 0;
  before_ = 0;
}

}  // namespace weir::value
