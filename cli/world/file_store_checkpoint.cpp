// FileStore: the journal becomes a segment. When there are several that are not larger than what is written
// anyway, or most of what is kept is out of date, they are taken along: so there are few of them, and a
// record is written again once while the whole grows eight times as large.
#include <fmt/format.h>

#include <algorithm>

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

/// Whatever step a crash comes after: state.json says which files count, and everything else is put in order
/// by the next checkpoint.
Result<std::uint64_t> FileStore::checkpoint(Merge merge) {
  if (const auto settled = settle(); !settled) return settled;
  const std::size_t first = merge == Merge::all ? 0 : first_to_merge();
  std::uint64_t size = journal_.size();
  for (std::size_t i = first; i < segments_.size(); ++i) size += segments_[i]->bytes();
  const std::vector<Item> items = all_items(first);
  // A journal of which every line stays is the segment, with another name, and so are those it is merged
  // with.
  const std::string adopted = Segment::name_of_journal(state_.journal + 1, batch_);
  std::size_t lines_there = lines_.size();
  std::vector<std::uint64_t> begins(segments_.size() + 1);  // where the bytes of a segment come to stand
  for (std::size_t i = first; i < segments_.size(); ++i) {
    lines_there += segments_[i]->index().places().size();
    begins[i + 1] = begins[i] + segments_[i]->bytes();
  }
  const bool as_it_is =
      merge == Merge::small && lines_there == items.size() &&
      std::is_sorted(items.begin(), items.end(),
                     [](const Item& a, const Item& b) { return a.base.segment < b.base.segment; }) &&
      std::all_of(known_.begin(), known_.end(),
                  [](const Known& each) { return each.base.segment == nowhere && each.alone; }) &&
      disk_.link(journal_path(state_.journal), path(adopted));
  SegmentIndex::Builder index;
  std::vector<std::vector<std::uint32_t>> to(segments_.size());
  for (std::size_t i = first; i < segments_.size(); ++i)
    to[i].assign(segments_[i]->index().places().size(), SegmentIndex::Builder::no_place);
  post_lines();
  // Of instances whose only record stays as it is; places are those of known_.
  std::vector<std::uint32_t> to_known(known_.size(), SegmentIndex::Builder::no_place);
  std::vector<Posting> ids, keys;
  std::string text, replaced;
  if (!as_it_is) text.reserve(size + 200);
  std::vector<bool> kept(lines_.size());
  Arena arena;
  for (std::size_t begin = 0; begin < items.size(); begin += together) {
    const std::span<const Item> some(items.data() + begin, std::min(together, items.size() - begin));
    const Result<Lines> lines = as_it_is ? Lines() : lines_of(some);
    if (!lines) return refuse(Refusal::disk, lines.error().message);
    for (std::size_t i = 0; i < some.size(); ++i) {
      const Item& item = some[i];
      Place made{item.begun, text.size(), 0, 0};
      if (item.known == nowhere && as_it_is) {
        made = place(item.base);
        made.offset += begins[item.base.segment];
        to[item.base.segment][item.base.place] = index.add(made);
        continue;
      }
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
      const bool alone = item.base.segment == nowhere && known.alone;
      const auto measure = [&] {
        const std::string_view line =
            std::string_view(text).substr(made.offset, text.size() - made.offset - 1);
        made.size = static_cast<std::uint32_t>(line.size());
        made.crc = crc32c(line);
      };
      if (alone) {
        kept[known.first] = true;
        if (as_it_is) {
          const Line& line = lines_[known.first];
          made = {item.begun, begins.back() + line.offset, line.size, crc32c(line_text(line))};
        } else {
          text += line_text(lines_[known.first]);
          text += '\n';
          measure();
        }
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

  State next = state_;
  next.journal = state_.journal + 1;
  next.started = started_ - batch_started_;
  next.sequence = sequence_;
  Result<std::unique_ptr<Segment>> made =
      as_it_is
          ? Segment::adopt(disk_, directory_, std::span(segments_).subspan(first), adopted, journal_, index)
          : Segment::write(disk_, directory_, next.journal, std::move(text), index);
  if (!made) return refuse(Refusal::disk, made.error().message);
  if (const auto written = write_history(kept, replaced); !written) return written;
  next.checkpoints.clear();
  for (std::size_t i = 0; i < first; ++i) add_names(*segments_[i], next.checkpoints);
  add_names(**made, next.checkpoints);
  if (const auto written = write_state(next); !written) {
    loaded_ = false;  // nobody knows which files count until state.json is read again
    return written;
  }
  state_ = next;
  state_text_.clear();
  std::vector<std::unique_ptr<Segment>> older(
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
  if (segments_.size() == 1 && journal_.empty()) return done;
  return checkpoint(Merge::all);
}

}  // namespace weir::cli::world
