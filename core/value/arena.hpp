// Memory for values that die together: one evaluation, one compiled expression. Bump allocation, no
// destructors, freed wholesale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace weir::value {

class Arena {
 public:
  Arena() = default;
  /// Uses this memory first, which must outlive the arena.
  explicit Arena(std::span<std::byte> room) : block_(room.data()), capacity_(room.size()) {}
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;

  /// Never null; 0 bytes are allowed.
  void* allocate(std::size_t bytes, std::size_t alignment) {
    const std::size_t at = (offset_ + alignment - 1) & ~(alignment - 1);
    if (at + bytes > capacity_) return allocate_block(bytes);
    offset_ = at + bytes;
    return block_ + at;
  }
  /// Uninitialised room for `count` trivially copyable objects.
  template <class T>
  T* array(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
    return static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
  }
  template <class T>
  T* make(const T& object) {
    return ::new (static_cast<void*>(array<T>(1))) T(object);
  }
  /// A copy of the bytes.
  std::string_view copy(std::string_view text);
  /// Grows the newest array in place when it is still the last allocation, else moves it.
  template <class T>
  T* grow(T* array_begin, std::size_t count, std::size_t new_count) {
    return static_cast<T*>(grow_bytes(array_begin, count * sizeof(T), new_count * sizeof(T), alignof(T)));
  }

  /// Forgets everything, keeps the memory.
  void reset();
  /// Bytes in use, waste at block ends included.
  [[nodiscard]] std::size_t used() const { return before_ + offset_; }

 private:
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };
  void* allocate_block(std::size_t bytes);
  void* grow_bytes(void* begin, std::size_t bytes, std::size_t new_bytes, std::size_t alignment);

  std::byte* block_ = nullptr;
  std::size_t offset_ = 0;
  std::size_t capacity_ = 0;
  std::size_t before_ = 0;  // bytes of earlier blocks
  std::vector<Block> blocks_;
};

}  // namespace weir::value
