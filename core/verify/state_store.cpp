// FNV-1a over 8-byte words, finished by a multiply: keys are short, so the hash must be cheap to start.
#include "core/verify/state_store.hpp"

#include <algorithm>
#include <cstring>

namespace weir::verify {

namespace {

std::uint32_t hash_of(std::span<const std::uint8_t> key) {
  std::uint64_t hash = 0xcbf29ce484222325ull ^ key.size();
  std::size_t at = 0;
  for (; at + 8 <= key.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, key.data() + at, 8);
    hash = (hash ^ word) * 0x9e3779b97f4a7c15ull;
    hash ^= hash >> 29;
  }
  for (; at < key.size(); ++at) hash = (hash ^ key[at]) * 0x100000001b3ull;
  hash ^= hash >> 32;
  hash *= 0xd6e8feb86659fd93ull;
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

StateStore::StateStore() : starts_{0}, table_(64, 0) {}

std::pair<std::uint32_t, bool> StateStore::insert(std::span<const std::uint8_t> key) {
  if ((hashes_.size() + 1) * 2 > table_.size()) grow();
  const std::uint32_t hash = hash_of(key);
  const std::size_t mask = table_.size() - 1;
  std::size_t slot = hash & mask;
  for (; table_[slot] != 0; slot = (slot + 1) & mask) {
    const std::uint32_t number = table_[slot] - 1;
    if (hashes_[number] != hash) continue;
    const auto found = (*this)[number];
    if (std::equal(found.begin(), found.end(), key.begin(), key.end())) return {number, false};
  }
  const std::uint32_t number = size();
  table_[slot] = number + 1;
  hashes_.push_back(hash);
  arena_.insert(arena_.end(), key.begin(), key.end());
  starts_.push_back(arena_.size());
  return {number, true};
}

void StateStore::grow() {
  std::vector<std::uint32_t> larger(table_.size() * 4, 0);
  const std::size_t mask = larger.size() - 1;
  for (std::uint32_t number = 0; number < size(); ++number) {
    std::size_t slot = hashes_[number] & mask;
    while (larger[slot] != 0) slot = (slot + 1) & mask;
    larger[slot] = number + 1;
  }
  table_ = std::move(larger);
}

std::size_t StateStore::bytes() const {
  return arena_.capacity() + starts_.capacity() * sizeof(starts_[0]) +
         hashes_.capacity() * sizeof(hashes_[0]) + table_.capacity() * sizeof(table_[0]);
}

}  // namespace weir::verify
