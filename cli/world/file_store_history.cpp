// FileStore: what has happened, oldest first: journals that were replaced, what of them still stands in
// checkpoints, the journal.
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "cli/world/file_store.hpp"
#include "formats/state/batch.hpp"

namespace weir::cli::world {

using execute::Record;
using value::Arena;

namespace {

constexpr std::uint64_t done = 0;
constexpr std::size_t together = 400;  // records: what is read of them stays in the caches

}  // namespace

/// What a checkpoint keeps of an instance as it was written, if anything.
Result<std::uint64_t> FileStore::kept_line(std::string_view instance, const LineVisitor& f) {
  const Result<Item> item = find_item(instance);
  if (!item) return item.error();
  if (item->base.segment == nowhere) return done;
  const auto run = segments_[item->base.segment]->read(item->base.place, item->base.place);
  if (!run) return refuse(Refusal::disk, run.error().message);
  return tell_kept(item->base, run->line(place(item->base)), f);
}

/// The same of all instances.
Result<std::uint64_t> FileStore::each_kept_line(const LineVisitor& f) {
  for (std::uint32_t segment = 0; segment < segments_.size(); ++segment) {
    const std::span<const Place> places = segments_[segment]->index().places();
    for (std::size_t begin = 0; begin < places.size(); begin += together) {
      const std::size_t end = std::min(begin + together, places.size());
      const auto run =
          segments_[segment]->read(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - 1));
      if (!run) return refuse(Refusal::disk, run.error().message);
      for (std::size_t i = begin; i < end; ++i) {
        const At at{segment, static_cast<std::uint32_t>(i)};
        if (!is_newest(at)) continue;
        if (const auto told = tell_kept(at, run->line(places[i]), f); !told) return told;
      }
    }
  }
  return done;
}

Result<std::uint64_t> FileStore::tell_kept(const At& at, std::string_view line, const LineVisitor& f) {
  if (line.empty()) return refuse(Refusal::damaged, segments_[at.segment]->damage(place(at)));
  if (formats::state::tells_whole(line) || formats::state::tells_removal(line)) return done;
  if (const auto told = f(line); !told)
    return refuse(Refusal::damaged, fmt::format("{}: {}", segments_[at.segment]->where(place(at).offset),
                                                told.error().message));
  return done;
}

Result<std::uint64_t> FileStore::each_past_line(const LineVisitor& f, std::string_view instance) {
  const auto of_file = [&](const std::string& file, std::string_view text) -> Result<std::uint64_t> {
    std::string problem;
    const std::size_t damaged = formats::state::each_batch(
        text, [&](const formats::state::BatchHeader&, std::string_view lines, std::size_t begin) {
          formats::state::each_line(lines, begin, [&](std::string_view line, std::size_t offset) {
            if (!problem.empty()) return;
            if (const auto done_with = f(line); !done_with)
              problem = fmt::format("{}: record at byte {}: {}", file, offset, done_with.error().message);
          });
        });
    if (problem.empty() && damaged != std::string_view::npos)
      problem = fmt::format("{}: damaged at byte {}", file, damaged);
    if (!problem.empty()) return refuse(Refusal::damaged, problem);
    return done;
  };
  for (std::uint64_t number = 1; number < state_.journal; ++number) {
    const std::string file = history_path(number);
    Result<std::string> read = disk_.read(file);
    if (!read) read = disk_.read(journal_path(number));  // a checkpoint that died before it tidied up
    if (!read) continue;                                 // history may be cleared away
    if (const auto told = of_file(file, *read); !told) return told;
  }
  if (const auto told = instance.empty() ? each_kept_line(f) : kept_line(instance, f); !told) return told;
  return of_file(journal_path(state_.journal), journal_);
}

Result<std::vector<Record>> FileStore::history(std::string_view instance, Arena& arena) {
  std::vector<Record> records;
  const auto read = each_past_line(
      [&](std::string_view line) -> Result<std::uint64_t> {
        if (formats::state::instance_of(line) != instance) return done;
        Result<Record> record = formats::state::read_record(line, arena);
        if (!record) return record.error();
        records.push_back(std::move(*record));
        return done;
      },
      instance);
  if (!read) return read.error();
  return records;
}

Result<std::uint64_t> FileStore::each_record(const std::function<void(const Record&)>& f) {
  Arena arena;
  return each_past_line([&](std::string_view line) -> Result<std::uint64_t> {
    arena.reset();
    const Result<Record> record = formats::state::read_record(line, arena);
    if (!record) return record.error();
    f(*record);
    return done;
  });
}

Result<std::uint64_t> FileStore::each_operation(
    std::string_view prefix, const std::function<void(std::string_view, std::string_view)>& f) {
  struct Told {
    std::uint64_t sequence = 0;
    std::string operation, instance;
  };
  std::vector<Told> all;
  const auto read = each_past_line([&](std::string_view line) -> Result<std::uint64_t> {
    if (const std::string_view operation = formats::state::operation_of(line);
        !operation.empty() && operation.starts_with(prefix))
      all.push_back({formats::state::sequence_of(line), std::string(operation),
                     std::string(formats::state::instance_of(line))});
    return done;
  });
  if (!read) return read;
  std::sort(all.begin(), all.end(), [](const Told& a, const Told& b) { return a.sequence < b.sequence; });
  for (const Told& each : all) f(each.operation, each.instance);
  return done;
}

}  // namespace weir::cli::world
