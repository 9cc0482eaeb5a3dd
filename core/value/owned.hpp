// Values that live longer than an evaluation: process variables, results, test data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/value/value.hpp"

namespace weir::value {

/// A value together with what it points at, in one block; scalars and short texts need none. Copies are deep.
/// Functions inside become null.
class OwnedValue {
 public:
  OwnedValue() = default;
  OwnedValue(const Value& value);  // NOLINT: the owning form of the same thing
  OwnedValue(const OwnedValue& other) : OwnedValue(other.value_) {}
  OwnedValue(OwnedValue&& other) noexcept;
  OwnedValue& operator=(const OwnedValue& other);
  OwnedValue& operator=(OwnedValue&& other) noexcept;
  ~OwnedValue() = default;

  /// Valid as long as this object is, moves included.
  [[nodiscard]] const Value& get() const { return value_; }
  /// Bytes outside the object.
  [[nodiscard]] std::size_t extra_bytes() const { return size_; }

 private:
  friend class Variables;
  Value value_;
  std::unique_ptr<std::byte[]> block_;
  std::size_t size_ = 0;
};

/// The variables of one scope, as evaluation reads them: an array of entries that owns its names and values.
class Variables {
 public:
  Variables() = default;
  Variables(const Variables& other);
  Variables(Variables&&) noexcept = default;
  Variables& operator=(const Variables& other);
  Variables& operator=(Variables&&) noexcept = default;
  ~Variables() = default;

  /// Adds (then true) or replaces. The value is copied.
  bool set(std::string_view name, const Value& value);
  /// Replaces one item of a list, whose others stay where they are; false when there is no such item.
  bool set_item(std::string_view name, std::size_t item, const Value& value);
  /// False when there was none.
  bool erase(std::string_view name);
  /// Null when there is none.
  [[nodiscard]] const Value* find(std::string_view name) const;
  /// Valid until the next change.
  [[nodiscard]] std::span<const Entry> entries() const { return entries_; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  void clear();

 private:
  struct Storage {
    std::string name;
    OwnedValue value;
    std::vector<OwnedValue> items;  // that have taken the place of those in `value`
    std::uint64_t weight = 0;       // of the list when there are such, exactly
  };
  std::vector<Entry> entries_;
  std::vector<std::unique_ptr<Storage>> storage_;  // names must not move
};

}  // namespace weir::value
