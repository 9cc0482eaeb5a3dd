#include "cli/world/segment_index.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>
#include <utility>

#include "core/base/crc32c.hpp"
#include "core/base/hash.hpp"

namespace weir::cli::world {

using execute::Wait;
using execute::WaitKind;

namespace {

constexpr std::array<std::size_t, 5> sizes{sizeof(Place), sizeof(Posting), sizeof(Posting), sizeof(Posting),
                                           sizeof(DuePosting)};

}  // namespace

/// The number tells other byte orders and layouts from ours.
struct SegmentIndex::Header {
  static constexpr std::uint64_t ours = 0x3178646972696577u;  // "weiridx1"
  std::uint64_t magic = ours;
  Of of;
  std::array<std::uint64_t, arrays> counts{};
  std::uint64_t crc = 0;  // of the header with 0 here, and of what follows
};

std::uint64_t instance_hash(std::string_view instance) {
  return hash_text(instance);
}

std::uint64_t key_hash(std::string_view process, std::string_view key) {
  return hash_text(key, hash_text(process));
}

std::uint64_t wait_hash(WaitKind kind, std::string_view name, std::optional<std::string_view> key) {
  const std::uint64_t named = hash_text(name, static_cast<std::uint64_t>(kind) + 1);
  return key ? hash_text(*key, named) : named;
}

void post(const Wait& wait, std::vector<std::uint64_t>& hashes, std::vector<DuePosting>& due) {
  if (wait.kind == WaitKind::receiver && wait.name.empty()) return;  // of a message that nobody waits for now
  if (wait.kind == WaitKind::message || wait.kind == WaitKind::signal || wait.kind == WaitKind::job ||
      wait.kind == WaitKind::receiver)
    hashes.push_back(wait_hash(wait.kind, wait.name, std::nullopt));
  if (wait.kind == WaitKind::message) hashes.push_back(wait_hash(wait.kind, wait.name, wait.key));
  if (wait.kind == WaitKind::timer || wait.kind == WaitKind::call || wait.kind == WaitKind::receiver)
    due.push_back({wait.due, 0, static_cast<std::uint32_t>(wait.kind)});
}

std::span<const Posting> SegmentIndex::find(By by, std::uint64_t hash) const {
  const auto all = array<Posting>(1 + static_cast<std::size_t>(by));
  const auto [begin, end] =
      std::equal_range(all.begin(), all.end(), Posting{hash, 0, 0},
                       [](const Posting& a, const Posting& b) { return a.hash < b.hash; });
  return {begin, end};
}

std::optional<SegmentIndex> SegmentIndex::read(std::string bytes, const Of& of) {
  Header header;
  if (bytes.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != Header::ours || !(header.of == of)) return std::nullopt;
  SegmentIndex index;
  std::uint64_t at = sizeof header;
  for (std::size_t i = 0; i < arrays; ++i) {
    index.begin_[i] = at;
    if (header.counts[i] > (bytes.size() - at) / sizes[i]) return std::nullopt;
    at += header.counts[i] * sizes[i];
  }
  index.begin_[arrays] = at;
  const std::uint64_t crc = std::exchange(header.crc, 0);
  const std::string_view first(reinterpret_cast<const char*>(&header), sizeof header);
  if (at != bytes.size() || crc != crc32c(std::string_view(bytes).substr(sizeof header), crc32c(first)))
    return std::nullopt;
  index.bytes_ = std::move(bytes);
  return index;
}

std::uint32_t SegmentIndex::Builder::add(Place place) {
  places_.push_back(place);
  return static_cast<std::uint32_t>(places_.size() - 1);
}

void SegmentIndex::Builder::add(const execute::Record& record, Place place) {
  const std::uint32_t number = add(place);
  const auto post_under = [&](By by, std::uint64_t hash) {
    postings_[static_cast<std::size_t>(by)].push_back({hash, number, 0});
  };
  post_under(By::instance, instance_hash(record.instance));
  if (!record.key.empty()) post_under(By::key, key_hash(record.process, record.key));
  std::vector<std::uint64_t> hashes;
  const std::size_t before = due_.size();
  for (const Wait& wait : record.changes.waits) post(wait, hashes, due_);
  for (const std::uint64_t hash : hashes) post_under(By::wait, hash);
  for (std::size_t i = before; i < due_.size(); ++i) due_[i].place = number;
}

void SegmentIndex::Builder::take(const SegmentIndex& from, std::span<const std::uint32_t> to) {
  for (std::size_t by = 0; by < postings_.size(); ++by)
    take(static_cast<By>(by), from.array<Posting>(1 + by), to);
  take(from.due(), to);
}

void SegmentIndex::Builder::take(By by, std::span<const Posting> postings,
                                 std::span<const std::uint32_t> to) {
  for (const Posting& each : postings)
    if (to[each.place] != no_place)
      postings_[static_cast<std::size_t>(by)].push_back({each.hash, to[each.place], 0});
}

void SegmentIndex::Builder::take(std::span<const DuePosting> due, std::span<const std::uint32_t> to) {
  for (const DuePosting& each : due)
    if (to[each.place] != no_place) due_.push_back({each.due, to[each.place], each.kind});
}

void SegmentIndex::Builder::move(std::uint64_t bytes) {
  for (Place& each : places_) each.offset += bytes;
}

namespace {

bool is_before(const Posting& a, const Posting& b) {
  return a.hash != b.hash ? a.hash < b.hash : a.place < b.place;
}

/// Hashes are spread evenly, so most are in order once they are dealt out by their first bits.
void sort(std::vector<Posting>& postings) {
  constexpr std::size_t few = 1000;
  if (std::is_sorted(postings.begin(), postings.end(), is_before)) return;
  if (postings.size() < few) return std::sort(postings.begin(), postings.end(), is_before);
  const unsigned shift = 64 - static_cast<unsigned>(std::bit_width(postings.size() / 4));
  std::vector<std::uint32_t> ends((std::size_t{1} << (64 - shift)) + 1);
  for (const Posting& each : postings) ++ends[(each.hash >> shift) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());  // beginnings until they are filled
  std::vector<Posting> dealt(postings.size());
  for (const Posting& each : postings) dealt[ends[each.hash >> shift]++] = each;
  for (std::size_t i = 0, begin = 0; i + 1 < ends.size(); begin = ends[i++])
    std::sort(dealt.begin() + static_cast<std::ptrdiff_t>(begin),
              dealt.begin() + static_cast<std::ptrdiff_t>(ends[i]), is_before);
  postings = std::move(dealt);
}

}  // namespace

SegmentIndex SegmentIndex::Builder::finish(const Of& of) {
  for (auto& each : postings_) sort(each);
  std::sort(due_.begin(), due_.end(), [](const DuePosting& a, const DuePosting& b) {
    return a.due != b.due ? a.due < b.due : a.place < b.place;
  });
  Header header;
  header.of = of;
  header.counts = {places_.size(), postings_[0].size(), postings_[1].size(), postings_[2].size(),
                   due_.size()};
  std::string bytes(sizeof header, '\0');
  SegmentIndex index;
  std::uint64_t size = sizeof header;
  for (std::size_t i = 0; i < arrays; ++i) size += header.counts[i] * sizes[i];
  bytes.reserve(size);
  const auto put = [&](std::size_t number, const auto& elements) {
    index.begin_[number] = bytes.size();
    if (!elements.empty())
      bytes.append(reinterpret_cast<const char*>(elements.data()), elements.size() * sizeof elements[0]);
  };
  put(0, places_);
  for (std::size_t i = 0; i < postings_.size(); ++i) put(1 + i, postings_[i]);
  put(4, due_);
  index.begin_[arrays] = bytes.size();
  std::memcpy(bytes.data(), &header, sizeof header);
  header.crc = crc32c(bytes);
  std::memcpy(bytes.data(), &header, sizeof header);
  index.bytes_ = std::move(bytes);
  return index;
}

}  // namespace weir::cli::world
