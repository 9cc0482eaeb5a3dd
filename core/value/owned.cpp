// The size of the one block is counted first; deep_copy() then fills it through an arena laid over it.
#include "core/value/owned.hpp"

#include <algorithm>
#include <utility>

namespace weir::value {

namespace {

std::size_t rounded_up(std::size_t bytes) {
  constexpr std::size_t alignment = alignof(std::max_align_t);
  return (bytes + alignment - 1) / alignment * alignment;
}

std::size_t room_for(const Value& value) {
  switch (value.kind()) {
    case Kind::number:
      return value.is_small() ? 0 : rounded_up(sizeof(Decimal));
    case Kind::string:
      return value.is_borrowed_text() ? rounded_up(value.text().size()) : 0;
    case Kind::list: {
      std::size_t sum = rounded_up(value.items().size_bytes());
      for (const Value& item : value.items()) sum += room_for(item);
      return sum;
    }
    case Kind::context: {
      std::size_t sum = rounded_up(value.entries().size_bytes());
      for (const Entry& entry : value.entries()) sum += rounded_up(entry.key.size) + room_for(entry.value);
      return sum;
    }
    case Kind::range:
      return rounded_up(sizeof(Range)) + room_for(value.range().low) + room_for(value.range().high);
    default:
      return 0;
  }
}

}  // namespace

OwnedValue::OwnedValue(const Value& value) : size_(room_for(value)) {
  if (size_ == 0 && value.kind() < Kind::list) {
    value_ = value;
    return;
  }
  if (size_ != 0) block_ = std::make_unique_for_overwrite<std::byte[]>(size_);
  Arena over_block(std::span<std::byte>(block_.get(), size_));
  value_ = deep_copy(value, over_block);
  WEIR_CHECK(over_block.used() <= size_);
}

OwnedValue::OwnedValue(OwnedValue&& other) noexcept
    : value_(std::exchange(other.value_, Value{})),
      block_(std::move(other.block_)),
      size_(std::exchange(other.size_, 0)) {}

OwnedValue& OwnedValue::operator=(const OwnedValue& other) {
  if (this != &other) *this = OwnedValue(other.value_);
  return *this;
}

OwnedValue& OwnedValue::operator=(OwnedValue&& other) noexcept {
  value_ = std::exchange(other.value_, Value{});
  block_ = std::move(other.block_);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

Variables::Variables(const Variables& other) {
  for (const Entry& entry : other.entries_) set(entry.key.text(), entry.value);
}

Variables& Variables::operator=(const Variables& other) {
  if (this != &other) {
    Variables copy(other);
    *this = std::move(copy);
  }
  return *this;
}

bool Variables::set(std::string_view name, const Value& value) {
  const Key key(name);
  const auto at =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.key == key; });
  if (at != entries_.end()) {
    OwnedValue& owned = storage_[static_cast<std::size_t>(at - entries_.begin())]->value;
    owned = OwnedValue(value);  // `value` may be part of the old one: copied before that goes
    storage_[static_cast<std::size_t>(at - entries_.begin())]->items.clear();
    at->value = owned.get();
    return false;
  }
  auto storage = std::make_unique<Storage>(Storage{std::string(name), OwnedValue(value), {}, 0});
  entries_.push_back({Key(storage->name), storage->value.get()});
  storage_.push_back(std::move(storage));
  return true;
}

bool Variables::set_item(std::string_view name, std::size_t item, const Value& value) {
  const Key key(name);
  const auto at =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.key == key; });
  if (at == entries_.end() || !at->value.is(Kind::list) || item >= at->value.items().size()) return false;
  Storage& storage = *storage_[static_cast<std::size_t>(at - entries_.begin())];
  const std::span<const Value> items = at->value.items();
  if (storage.items.empty()) {
    storage.items.resize(items.size());
    storage.weight = 1;
    for (const Value& each : items) storage.weight += each.weight();
  }
  OwnedValue made(value);  // `value` may be part of what it replaces
  storage.weight += made.get().weight();
  storage.weight -= items[item].weight();
  // The array is in the block that we own. Its depth may be that of an item which is gone: that does no harm.
  const_cast<Value*>(items.data())[item] = made.get();
  storage.items[item] = std::move(made);
  at->value = Value::list(items, std::max(at->value.depth(), items[item].depth() + 1), storage.weight);
  storage.value.value_ = at->value;
  return true;
}

bool Variables::erase(std::string_view name) {
  const Key key(name);
  const auto at =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.key == key; });
  if (at == entries_.end()) return false;
  storage_.erase(storage_.begin() + (at - entries_.begin()));
  entries_.erase(at);
  return true;
}

const Value* Variables::find(std::string_view name) const {
  return Scope{entries_}.find(Key(name));
}

void Variables::clear() {
  entries_.clear();
  storage_.clear();
}

}  // namespace weir::value
