// FileStore: the journal becomes a segment. When there are several that are not larger than what is written
// anyway, or most of what is kept is out of date, they are taken along: so there are few of them, and a
// record is written again once while the whole grows eight times as large.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "cli/world/file_store.hpp"
#include "core/base/crc32c.hpp"
#include "formats/state/batch.hpp"

namespace weir::cli::world {

using execute::Record;
using value::Arena;

namespace {

constexpr std::uint64_t done = 0;
constexpr std::size_t together = 16'384;
constexpr std::size_t most_alike = 7;  // segments that are about as large as the journal

void add_names(const Segment& segment, std::vector<std::string>& names) {
  for (const std::string& each : segment.names()) names.push_back(each);
}

}  // namespace

/// What the journal tells and the checkpoint does not keep: its lines but those of `kept` (of lines_), and
/// first lines of older checkpoints that are replaced now.
Result<std::uint64_t> FileStore::write_history(const std::vector<bool>& kept, std::string_view replaced) {
  // One that is there already is of a checkpoint that died; what it lacks may have come since.
  const Result<bool> there = disk_.exists(history_path(state_.journal));
  if (!there) return refuse(Refusal::disk, there.error().message);
  if (!*there && replaced.empty() && std::find(kept.begin(), kept.end(), true) == kept.end())
    return done;  // the file moves
  std::string text(replaced);
  text.reserve(replaced.size() + journal_.size());
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (kept[i]) continue;
    text += line_text(lines_[i]);
    text += '\n';
  }
  const auto records = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  text.insert(0, formats::state::batch_header(batch_, records, text));
  if (const auto written = disk_.replace(history_path(state_.journal), text); !written)
    return refuse(Refusal::disk, written.error().message);
  return done;
}

/// Segments from here on are merged with the journal.
std::size_t FileStore::first_to_merge() const {
  std::size_t first = segments_.size(), records = known_.size();
  std::uint64_t size = journal_.size();
  for (const auto& each : segments_) records += each->index().places().size();
  while (first > 0 && segments_[first - 1]->bytes() <= size) size += segments_[--first]->bytes();
  return segments_.size() - first >= most_alike || records > 2 * started_ ? first : segments_.size();
}

/// Whether every line of the journal and of the segments from `first` on stays, so that they are the segment
/// as they are: the journal begins instances only, and none of the segments has a newer record of an older
/// one.
bool FileStore::stays_as_it_is(std::size_t first) const {
  for (std::size_t i = first + 1; i < segments_.size(); ++i) {
    const auto before = segments_[i - 1]->index().places(), after = segments_[i]->index().places();
    if (!before.empty() && !after.empty() && before.back().begun >= after.front().begun) return false;
  }
  return lines_.size() == known_.size() && std::all_of(known_.begin(), known_.end(), [](const Known& each) {
           return each.base.segment == nowhere && each.alone;
         });
}

/// The index of those, under this name; the journal's file has got it already.
std::unique_ptr<Segment> FileStore::adopt(std::size_t first, const std::string& name) {
  SegmentIndex::Builder index;
  std::vector<std::uint32_t> to;
  std::uint64_t begin = 0;  // where the bytes of a segment come to stand
  std::size_t size = known_.size();
  for (std::size_t i = first; i < segments_.size(); ++i) size += segments_[i]->index().places().size();
  index.reserve(size);
  const auto number_all = [&](std::size_t count) {
    to.resize(count);
    std::iota(to.begin(), to.end(), static_cast<std::uint32_t>(index.size()));
  };
  for (std::size_t i = first; i < segments_.size(); ++i) {
    const SegmentIndex& from = segments_[i]->index();
    number_all(from.places().size());
    for (Place each : from.places()) {
      each.offset += begin;
      index.add(each);
    }
    index.take(from, to);
    begin += segments_[i]->bytes();
  }
  post_lines();
  number_all(known_.size());
  std::vector<Posting> ids(known_.size()), keys;
  for (std::uint32_t i = 0; i < known_.size(); ++i) {
    const Known& known = known_[i];
    const Line& line = lines_[known.first];
    index.add({known.begun, begin + line.offset, line.size, crc32c(line_text(line))});
    ids[i] = {instance_hash(id_of(known)), i, 0};
    if (known.key_hash != 0) keys.push_back({known.key_hash, i, 0});
  }
  index.take(By::instance, ids, to);
  index.take(By::key, keys, to);
  index.take(By::wait, posted_waits_, to);
  index.take(posted_due_, to);
  return Segment::adopt(disk_, directory_, std::span(segments_).subspan(first), name, journal_, index);
}

/// What counts of the segments from `first` on and of the journal, in a new file. `kept`: of lines_, those
/// that stand in it as they are; `replaced`: first lines of instances that do not.
Result<std::unique_ptr<Segment>> FileStore::merge(std::size_t first, std::vector<bool>& kept,
                                                  std::string& replaced) {
  std::uint64_t size = journal_.size();
  for (std::size_t i = first; i < segments_.size(); ++i) size += segments_[i]->bytes();
  const std::vector<Item> items = all_items(first);
  SegmentIndex::Builder index;
  std::vector<std::vector<std::uint32_t>> to(segments_.size());
  for (std::size_t i = first; i < segments_.size(); ++i)
    to[i].assign(segments_[i]->index().places().size(), SegmentIndex::Builder::no_place);
  post_lines();
  // Of instances whose only record stays as it is; places are those of known_.
  std::vector<std::uint32_t> to_known(known_.size(), SegmentIndex::Builder::no_place);
  std::vector<Posting> ids, keys;
  std::string text;
  text.reserve(size + 200);
  Arena arena;
  for (std::size_t begin = 0; begin < items.size(); begin += together) {
    const std::span<const Item> some(items.data() + begin, std::min(together, items.size() - begin));
    const Result<Lines> lines = lines_of(some);
    if (!lines) return refuse(Refusal::disk, lines.error().message);
    for (std::size_t i = 0; i < some.size(); ++i) {
      const Item& item = some[i];
      Place made{item.begun, text.size(), 0, 0};
      if (item.known == nowhere) {
        if (lines->base[i].empty())
          return refuse(Refusal::damaged, segments_[item.base.segment]->damage(place(item.base)));
        // What says that an instance was removed is needed as long as an older segment has it.
        if (first == 0 && formats::state::tells_removal(lines->base[i])) continue;
        text += lines->base[i];
        text += '\n';
        made.size = place(item.base).size;
        made.crc = place(item.base).crc;
        to[item.base.segment][item.base.place] = index.add(made);
        continue;
      }
      const Known& known = known_[item.known];
      const auto measure = [&] {
        const std::string_view line =
            std::string_view(text).substr(made.offset, text.size() - made.offset - 1);
        made.size = static_cast<std::uint32_t>(line.size());
        made.crc = crc32c(line);
      };
      if (item.base.segment == nowhere && known.alone) {
        kept[known.first] = true;
        text += line_text(lines_[known.first]);
        text += '\n';
        measure();
        to_known[item.known] = index.add(made);
        ids.push_back({instance_hash(id_of(known)), item.known, 0});
        if (known.key_hash != 0) keys.push_back({known.key_hash, item.known, 0});
        continue;
      }
      if (const std::string_view first_line = lines->base[i]; !first_line.empty() &&
                                                              !formats::state::tells_whole(first_line) &&
                                                              !formats::state::tells_removal(first_line)) {
        replaced += first_line;
        replaced += '\n';
      }
      arena.reset();
      const Result<Record> record = folded(item, lines->base[i], arena, formats::state::Part::all);
      if (!record) return refuse(Refusal::damaged, record.error().message);
      if (first == 0 && record->removed) continue;
      formats::state::append_record(*record, writer_, text);
      measure();
      index.add(*record, made);
    }
  }
  for (std::size_t i = first; i < segments_.size(); ++i) index.take(segments_[i]->index(), to[i]);
  index.take(By::instance, ids, to_known);
  index.take(By::key, keys, to_known);
  index.take(By::wait, posted_waits_, to_known);
  index.take(posted_due_, to_known);
  Result<std::unique_ptr<Segment>> made =
      Segment::write(disk_, directory_, state_.journal + 1, std::move(text), index);
  if (!made) return refuse(Refusal::disk, made.error().message);
  return made;
}

/// Whatever step a crash comes after: state.json says which files count, and everything else is put in order
/// by the next checkpoint.
Result<std::uint64_t> FileStore::checkpoint(Merge merge) {
  if (const auto settled = settle(); !settled) return settled;
  const std::size_t first = merge == Merge::all ? 0 : first_to_merge();
  const std::string adopted = Segment::name_of_journal(state_.journal + 1, batch_);
  const bool as_it_is = merge == Merge::small && stays_as_it_is(first) &&
                        disk_.link(journal_path(state_.journal), path(adopted));
  std::vector<bool> kept(lines_.size(), as_it_is);
  std::string replaced;
  Result<std::unique_ptr<Segment>> made =
      as_it_is ? Result(adopt(first, adopted)) : this->merge(first, kept, replaced);
  if (!made) return made.error();
  if (const auto written = write_history(kept, replaced); !written) return written;
  State next = state_;
  next.journal = state_.journal + 1;
  next.started = started_ - batch_started_;
  next.sequence = sequence_;
  next.checkpoints.clear();
  for (std::size_t i = 0; i < first; ++i) add_names(*segments_[i], next.checkpoints);
  add_names(**made, next.checkpoints);
  if (const auto made_journal = make_journal(next); !made_journal) return made_journal;
  if (const auto written = write_state(next); !written) {
    loaded_ = false;  // nobody knows which files count until state.json is read again
    return written;
  }
  state_ = next;
  state_text_.clear();
  const std::vector<std::unique_ptr<Segment>> older(
      std::make_move_iterator(segments_.begin() + static_cast<std::ptrdiff_t>(first)),
      std::make_move_iterator(segments_.end()));
  segments_.resize(first);
  segments_.push_back(std::move(*made));
  forget_journal();
  // From here on nothing depends on what is tidied up.
  if (!as_it_is)
    for (const auto& each : older) each->remove();
  tidy();
  return done;
}

/// Journals that a checkpoint has replaced, of one that died too, go where their history is; segments that
/// one has made that died go.
void FileStore::tidy() {
  std::vector<std::string> wanted = state_.checkpoints;
  for (const auto& each : segments_) wanted.push_back("index/" + Segment::index_name(each->names()));
  for (const std::string folder : {"instances", "index"}) {
    const auto names = disk_.list(path(folder));
    if (!names) continue;
    for (const std::string& name : *names)
      if (std::find(wanted.begin(), wanted.end(), folder + "/" + name) == wanted.end())
        (void)disk_.remove(path(folder + "/" + name), StateDisk::Durably::no);
  }
  for (std::uint64_t number = state_.journal - 1; number > 0; --number) {
    const Result<bool> there = disk_.exists(journal_path(number)),
                       written = disk_.exists(history_path(number));
    if (!there || !written || !*there) return;
    if (*written ? !disk_.remove(journal_path(number), StateDisk::Durably::no)
                 : !disk_.rename(journal_path(number), history_path(number)))
      return;
  }
}

Result<std::uint64_t> FileStore::compact() {
  if (const auto written = batch_written(); !written) return written;
  tidy();
  // Files that share an index may still say what was removed.
  if (segments_.size() == 1 && segments_.front()->names().size() == 1 && journal_.empty()) return done;
  return checkpoint(Merge::all);
}

}  // namespace weir::cli::world
