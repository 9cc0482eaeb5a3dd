// FileStore: instances one after the other, all of them or those that an index leads to.
#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "cli/world/file_store.hpp"

namespace weir::cli::world {

using execute::Record;
using execute::Wait;
using execute::WaitKind;
using value::Arena;

namespace {

constexpr std::uint64_t done = 0;
constexpr std::size_t together = 400;       // items: what is read of them stays in the caches
constexpr std::uint64_t small_gap = 65536;  // bytes that are read along rather than jumped over

}  // namespace

/// Finds out what came before the journal.
Result<std::uint64_t> FileStore::settle() {
  for (; settled_ < known_.size(); ++settled_) {
    Known& known = known_[settled_];
    if (known.begun == 0) {
      // Texts with the same hash are very rare; then the lines are looked at. folded() checks the others.
      const std::uint64_t hash = instance_hash(id_of(known));
      for (std::size_t segment = segments_.size(); segment-- > 0 && known.begun == 0;) {
        const auto found = segments_[segment]->index().find(By::instance, hash);
        if (found.size() == 1) {
          known.base = {static_cast<std::uint32_t>(segment), found[0].place};
          known.begun = place(known.base).begun;
        } else if (!found.empty()) {
          break;
        }
      }
      if (known.begun == 0)
        if (const auto item = find_item(id_of(known)); !item) return item.error();
    }
  }
  return done;
}

bool FileStore::is_newest(const At& at) const {
  const std::uint64_t begun = place(at).begun;
  for (std::size_t later = at.segment + 1; later < segments_.size(); ++later) {
    const auto places = segments_[later]->index().places();
    const auto found = std::lower_bound(places.begin(), places.end(), begun,
                                        [](const Place& a, std::uint64_t b) { return a.begun < b; });
    if (found != places.end() && found->begun == begun) return false;
  }
  return true;
}

/// What the journal and the segments from `first` on tell of, in the order of beginnings. Needs settle().
std::vector<FileStore::Item> FileStore::all_items(std::size_t first) const {
  std::vector<std::uint32_t> known(known_.size());
  for (std::uint32_t i = 0; i < known.size(); ++i) known[i] = i;
  std::sort(known.begin(), known.end(),
            [&](std::uint32_t a, std::uint32_t b) { return known_[a].begun < known_[b].begun; });
  std::vector<std::span<const Place>> places(segments_.size());
  std::vector<std::size_t> next(segments_.size());
  std::size_t most = known.size();
  for (std::size_t i = first; i < segments_.size(); ++i) most += segments_[i]->index().places().size();
  for (std::size_t i = first; i < segments_.size(); ++i) places[i] = segments_[i]->index().places();
  std::vector<Item> items;
  items.reserve(most);
  constexpr std::uint64_t end = ~std::uint64_t{0};
  for (std::size_t at_known = 0;;) {
    Item item;
    item.begun = at_known < known.size() ? known_[known[at_known]].begun : end;
    for (std::size_t i = first; i < segments_.size(); ++i)
      if (next[i] < places[i].size()) item.begun = std::min(item.begun, places[i][next[i]].begun);
    if (item.begun == end) return items;
    for (std::size_t i = first; i < segments_.size(); ++i) {
      if (next[i] == places[i].size() || places[i][next[i]].begun != item.begun) continue;
      item.base = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(next[i])};
      ++next[i];
    }
    if (at_known < known.size() && known_[known[at_known]].begun == item.begun) {
      item.known = known[at_known++];
      item.base = known_[item.known].base;
    }
    items.push_back(item);
  }
}

/// The instances that these places are the newest of, and these of the journal. Needs settle().
std::vector<FileStore::Item> FileStore::items_of(const std::vector<At>& places,
                                                 const std::vector<std::uint32_t>& known) const {
  std::vector<Item> items;
  for (const At& at : places) {
    if (!is_newest(at)) continue;
    Item item{place(at).begun, at, nowhere};
    if (const auto found = by_begun_.find(item.begun); found != by_begun_.end()) item.known = found->second;
    items.push_back(item);
  }
  for (const std::uint32_t each : known) items.push_back({known_[each].begun, known_[each].base, each});
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.begun < b.begun; });
  items.erase(std::unique(items.begin(), items.end(),
                          [](const Item& a, const Item& b) { return a.begun == b.begun; }),
              items.end());
  return items;
}

Result<FileStore::Lines> FileStore::lines_of(std::span<const Item> items) const {
  struct Plan {
    std::uint32_t segment = 0, first = 0, last = 0;
  };
  std::vector<Plan> plans;
  std::vector<std::size_t> open(segments_.size(), ~std::size_t{0}), plan_of(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const At& base = items[i].base;
    if (base.segment == nowhere) continue;
    std::size_t& current = open[base.segment];
    if (current == ~std::size_t{0} ||
        place(base).offset > place({base.segment, plans[current].last}).offset + small_gap) {
      current = plans.size();
      plans.push_back({base.segment, base.place, base.place});
    }
    plans[current].last = base.place;
    plan_of[i] = current;
  }
  Lines lines;
  for (const Plan& each : plans) {
    auto run = segments_[each.segment]->read(each.first, each.last);
    if (!run) return run.error();
    lines.runs.push_back(std::move(*run));
  }
  lines.base.resize(items.size());
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].base.segment != nowhere) lines.base[i] = lines.runs[plan_of[i]].line(place(items[i].base));
  return lines;
}

namespace {

/// Some items that are read and visited together.
struct Chunk {
  enum class Phase : std::uint8_t { empty, lines, records };
  Phase phase = Phase::empty;
  std::size_t begin = 0, size = 0;
  std::vector<std::string_view> base;
  std::vector<Result<Record>> records;
  Arena arena;
};

}  // namespace

/// Reading records is most of the work, so all cores do it while `f` sees, one after the other, those that
/// have been read. Chunks are small enough for the caches, and used again in a circle.
Result<std::uint64_t> FileStore::visit(const std::vector<Item>& items, const Visitor& f) {
  const std::size_t threads =
      items.size() < together ? 0 : std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
  std::vector<Chunk> chunks(2 * threads + 1);
  std::vector<Lines> lines(chunks.size());
  std::mutex mutex;
  std::condition_variable_any changed;
  std::size_t to_read = 0;  // the next chunk of all that somebody will read records of
  const auto read = [&](Chunk& chunk) {
    chunk.arena.reset();
    chunk.records.clear();
    chunk.records.reserve(chunk.size);
    for (std::size_t i = 0; i < chunk.size; ++i)
      chunk.records.push_back(
          folded(items[chunk.begin + i], chunk.base[i], chunk.arena, formats::state::Part::head));
  };
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < threads; ++i)
    workers.emplace_back([&](const std::stop_token& stop) {
      std::unique_lock lock(mutex);
      for (;;) {
        const auto next = [&]() -> Chunk& { return chunks[to_read % chunks.size()]; };
        if (!changed.wait(lock, stop, [&] { return next().phase == Chunk::Phase::lines; })) return;
        Chunk& mine = next();
        mine.phase = Chunk::Phase::empty;
        ++to_read;
        lock.unlock();
        read(mine);
        lock.lock();
        mine.phase = Chunk::Phase::records;
        changed.notify_all();
      }
    });
  const std::size_t all = (items.size() + together - 1) / together;
  for (std::size_t filled = 0, visited = 0; visited < all; ++visited) {
    for (; filled < all && filled < visited + chunks.size(); ++filled) {
      Chunk& chunk = chunks[filled % chunks.size()];
      chunk.begin = filled * together;
      chunk.size = std::min(together, items.size() - chunk.begin);
      auto some = lines_of({items.data() + chunk.begin, chunk.size});
      if (!some) return refuse(Refusal::disk, some.error().message);
      chunk.base = std::move(some->base);
      lines[filled % chunks.size()] = std::move(*some);
      const std::lock_guard lock(mutex);
      chunk.phase = Chunk::Phase::lines;
      changed.notify_all();
    }
    Chunk& chunk = chunks[visited % chunks.size()];
    if (threads == 0) {
      read(chunk);
    } else {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return chunk.phase == Chunk::Phase::records; });
    }
    for (const Result<Record>& record : chunk.records) {
      if (!record) return refuse(Refusal::damaged, record.error().message);
      if (!record->removed && !f(*record)) return done;
    }
    const std::lock_guard lock(mutex);
    chunk.phase = Chunk::Phase::empty;
  }
  return done;
}

Result<std::uint64_t> FileStore::each(const Visitor& f) {
  if (const auto settled = settle(); !settled) return settled;
  return visit(all_items(0), f);
}

/// What others have written to the journal.
void FileStore::post_lines() {
  Arena arena;
  for (; posted_ < lines_.size(); ++posted_) {
    const Line& line = lines_[posted_];
    arena.reset();
    const auto record = formats::state::read_record(line_text(line), arena, formats::state::Part::head);
    if (!record) continue;  // whoever reads the instance is told
    hashes_.clear();
    const std::size_t before = posted_due_.size();
    for (const Wait& each : record->changes.waits) post(each, hashes_, posted_due_);
    for (const std::uint64_t hash : hashes_) posted_waits_.push_back({hash, line.known, 0});
    for (std::size_t i = before; i < posted_due_.size(); ++i) posted_due_[i].place = line.known;
  }
}

/// Needs settle().
void FileStore::map_posts() {
  post_lines();
  for (std::size_t i = waits_.size(); i < posted_waits_.size(); ++i)
    waits_.emplace(posted_waits_[i].hash, posted_waits_[i].place);
  for (std::size_t i = due_.size(); i < posted_due_.size(); ++i)
    due_.emplace(posted_due_[i].due, std::pair(posted_due_[i].kind, posted_due_[i].place));
  for (std::size_t i = by_begun_.size(); i < known_.size(); ++i)
    by_begun_.emplace(known_[i].begun, static_cast<std::uint32_t>(i));
}

Result<std::uint64_t> FileStore::each_waiting(WaitKind kind, std::string_view name,
                                              std::optional<std::string_view> key, const Visitor& f) {
  if (const auto settled = settle(); !settled) return settled;
  map_posts();
  std::vector<std::uint64_t> hashes{wait_hash(kind, name, key)};
  if (key && !key->empty()) hashes.push_back(wait_hash(kind, name, std::string_view()));  // fits every key
  std::vector<At> places;
  std::vector<std::uint32_t> known;
  for (const std::uint64_t hash : hashes) {
    for (std::uint32_t segment = 0; segment < segments_.size(); ++segment)
      for (const Posting& each : segments_[segment]->index().find(By::wait, hash))
        places.push_back({segment, each.place});
    const auto [begin, end] = waits_.equal_range(hash);
    for (auto each = begin; each != end; ++each) known.push_back(each->second);
  }
  return visit(items_of(places, known), f);
}

Result<std::uint64_t> FileStore::each_due(WaitKind kind, value::Instant until, const Visitor& f) {
  if (const auto settled = settle(); !settled) return settled;
  map_posts();
  const auto wanted = static_cast<std::uint32_t>(kind);
  std::vector<At> places;
  std::vector<std::uint32_t> known;
  for (std::uint32_t segment = 0; segment < segments_.size(); ++segment)
    for (const DuePosting& each : segments_[segment]->index().due()) {
      if (each.due > until) break;
      if (each.kind == wanted) places.push_back({segment, each.place});
    }
  for (auto each = due_.begin(); each != due_.end() && each->first <= until; ++each)
    if (each->second.first == wanted) known.push_back(each->second.second);
  return visit(items_of(places, known), f);
}

}  // namespace weir::cli::world
