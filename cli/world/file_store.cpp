// Under the lock the directory is ours. Before anything is added, what others have appended is read; the
// beginning of a batch at the very end of the journal was torn when its writer died: nobody was told that it
// happened, so it is cut. Anything else that is not whole is damage and is never touched.
//
// Checkpoints are segments that never change: of each instance the newest counts, and the journal after it.
// Their indexes say where what stands, so that a command reads what it asks for.
#include "cli/world/file_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/execute/fold.hpp"
#include "formats/state/batch.hpp"

namespace weir::cli::world {

using execute::Record;
using value::Arena;

namespace {

constexpr std::uint64_t done = 0;
constexpr std::size_t most_lines = 16;  // that are read again for one instance

std::string without_end(std::string line) {
  line.pop_back();
  return line;
}

}  // namespace

FileStore::FileStore(StateDisk& disk, std::string directory, Options options)
    : disk_(disk),
      directory_(std::move(directory)),
      options_(std::move(options)),
      definitions_(disk, directory_ + "/definitions", refusals_) {}

std::string FileStore::journal_path(std::uint64_t number) const {
  return path(fmt::format("journal/{}.jsonl", number));
}

std::string FileStore::history_path(std::uint64_t number) const {
  return path(fmt::format("history/{}.jsonl", number));
}

Result<execute::Store::Changed> FileStore::lock() {
  refusals_.last = Refusal::none;
  const Result<bool> there = disk_.exists(path("state.json"));
  if (!there) return refuse(Refusal::disk, there.error().message);
  if (!*there)
    for (const char* each : {"journal", "instances", "history"})
      if (const auto names = disk_.list(path(each)))
        for (const std::string& name : *names) {
          const std::string file = path(std::string(each) + "/" + name);
          // An empty journal is what remains when whoever made the directory died.
          if (const auto size = disk_.size(file); size && *size == 0) continue;
          return refuse(
              Refusal::damaged,
              fmt::format("{} is missing, but '{}' is there: 'weir state restore' brings a backup back",
                          path("state.json"), file));
        }
  if (!*there && !options_.create)
    return refuse(Refusal::missing, fmt::format("there is no state in '{}'", directory_));
  if (!*there)
    if (const auto made = disk_.make_directory(directory_); !made)
      return refuse(Refusal::disk, made.error().message);
  auto locked = disk_.lock(path("lock"), options_.wait_ms);
  if (!locked) return refuse(Refusal::busy, locked.error().message);
  lock_ = std::move(*locked);
  State now;
  definitions_.look_again();
  Changed changed;
  auto result = [&]() -> Result<std::uint64_t> {
    if (const auto read = read_state(now); !read) return read;
    if (loaded_ && now.journal == state_.journal && now.checkpoints == state_.checkpoints) {
      state_.journal_exists = now.journal_exists;
      return read_journal(changed.instances);
    }
    // Somebody has made a checkpoint, or this is the first look.
    changed.all = true;
    state_ = now;
    loaded_ = false;  // until all of it has been read
    if (const auto read = load(); !read) return read;
    std::vector<std::string> ignored;
    return read_journal(ignored);
  }();
  if (!result) {
    lock_.reset();
    return result.error();
  }
  loaded_ = true;
  return changed;
}

void FileStore::unlock() {
  // Nobody asks any more how it ended, but others must not append before that.
  if (under_way_.valid() && !under_way_.get()) loaded_ = false;
  lock_.reset();
}

Result<std::uint64_t> FileStore::load() {
  forget_journal();
  started_ = state_.started;
  sequence_ = state_.sequence;
  std::vector<std::unique_ptr<Segment>> before = std::move(segments_);
  segments_.clear();
  const std::vector<std::string>& names = state_.checkpoints;
  const Result<std::vector<std::string>> indexes = disk_.list(path("index"));
  for (std::size_t at = 0; at < names.size();) {
    const auto same = std::find_if(before.begin(), before.end(), [&](const auto& each) {
      if (each == nullptr) return false;
      const std::vector<std::string> its = each->names();
      return its.size() <= names.size() - at && std::equal(its.begin(), its.end(), &names[at]);
    });
    const std::size_t known = same != before.end() ? (*same)->names().size() : 0;
    // The most files that one index is of: somebody else may have made one of more than are known.
    std::unique_ptr<Segment> made;
    for (std::size_t count = names.size() - at; count > known && made == nullptr; --count) {
      const std::span<const std::string> some(names.data() + at, count);
      if (count > 1 && (!indexes || std::find(indexes->begin(), indexes->end(), Segment::index_name(some)) ==
                                        indexes->end()))
        continue;
      auto opened = Segment::open(disk_, directory_, some);
      if (!opened) {
        for (const std::string& name : some)
          if (const Result<bool> there = disk_.exists(path(name)); there && !*there)
            return refuse(Refusal::damaged, fmt::format("{} is missing, and with it instances: 'weir state "
                                                        "restore' brings a backup back",
                                                        path(name)));
        return refuse(Refusal::damaged, opened.error().message);
      }
      made = std::move(*opened);
    }
    segments_.push_back(made != nullptr ? std::move(made) : std::move(*same));
    at += segments_.back()->names().size();
  }
  return done;
}

void FileStore::forget_journal() {
  journal_.clear();
  batch_ = 0;
  known_.clear();
  by_id_.clear();
  lines_.clear();
  settled_ = 0;
  keys_.clear();
  posted_waits_.clear();
  posted_due_.clear();
  posted_ = 0;
  waits_.clear();
  due_.clear();
  by_begun_.clear();
}

std::uint32_t FileStore::find_known(std::string_view id, std::uint64_t hash) const {
  return by_id_.find(hash, [&](std::uint32_t each) { return id_of(known_[each]) == id; });
}

/// What a line that somebody else has written says of itself.
FileStore::About FileStore::about(std::string_view line) {
  const std::string_view id = formats::state::instance_of(line);
  const std::string_view rest = line.substr(static_cast<std::size_t>(id.data() - line.data()) + id.size());
  const std::string_view head = line.substr(0, line.find(",\"status\":"));
  return {static_cast<std::uint32_t>(line.size()),
          rest.starts_with("\",\"definition\":") && head.find(",\"whole\":") == std::string_view::npos,
          head.find(",\"key\":\"") != std::string_view::npos, formats::state::stands_alone(line)};
}

/// One line of the journal.
void FileStore::take_in(const About& about, std::uint64_t offset, std::vector<std::string>* changed) {
  const std::string_view line = std::string_view(journal_).substr(offset, about.size);
  const std::string_view id = formats::state::instance_of(line);
  const std::uint64_t hash = instance_hash(id);
  std::uint32_t number = about.is_first ? IdTable::none : find_known(id, hash);
  ++sequence_;
  if (number == IdTable::none) {
    number = static_cast<std::uint32_t>(known_.size());
    by_id_.add(hash, number);
    Known& fresh = known_.emplace_back();
    fresh.id = static_cast<std::uint64_t>(id.data() - journal_.data());
    fresh.id_size = static_cast<std::uint32_t>(id.size());
    if (about.begins) {
      fresh.begun = ++started_;
      if (about.has_key) {
        Arena arena;
        if (const auto record = formats::state::read_record(line, arena, formats::state::Part::head)) {
          keys_[fmt::format("{}\n{}", record->process, record->key)] = id;
          fresh.key_hash = key_hash(record->process, record->key);
        }
      }
    }
  }
  Known& known = known_[number];
  const auto place = static_cast<std::uint32_t>(lines_.size());
  lines_.push_back({offset, about.size, number});
  known.alone = known.first == nowhere && about.stands_alone;
  (known.first == nowhere ? known.first : lines_[known.last].next) = place;
  known.last = place;
  if (changed != nullptr) changed->emplace_back(id);
}

Result<std::uint64_t> FileStore::read_journal(std::vector<std::string>& changed) {
  const std::string file = journal_path(state_.journal);
  Result<std::string> more = disk_.read(file, journal_.size());
  if (!more) {
    const Result<bool> there = disk_.exists(file);
    if (!there || *there) return refuse(Refusal::disk, more.error().message);
    if (!state_.journal_exists && journal_.empty()) return done;  // nothing was written yet
    loaded_ = false;
    return refuse(
        Refusal::damaged,
        fmt::format("{0} is missing, and with it what has happened since the last checkpoint: 'weir state "
                    "restore' brings a backup back, 'touch {0}' goes on with what was before",
                    file));
  }
  std::size_t at = journal_.size();
  if (journal_.empty())
    journal_ = std::move(*more);
  else
    journal_ += *more;
  while (at < journal_.size()) {
    const std::string_view rest = std::string_view(journal_).substr(at);
    formats::state::BatchHeader header;
    if (!formats::state::read_batch(rest, header) || header.batch != batch_ + 1) {
      // A good batch further on means that this one was good once.
      for (std::size_t next = rest.find("\n{\"batch\":"); next != std::string_view::npos;
           next = rest.find("\n{\"batch\":", next + 1)) {
        formats::state::BatchHeader later;
        if (formats::state::read_batch(rest.substr(next + 1), later) && later.batch > batch_) {
          journal_.resize(at);
          loaded_ = false;
          return refuse(Refusal::damaged, fmt::format("{}: damaged at byte {}", file, at));
        }
      }
      const bool torn = formats::state::is_torn(rest, batch_ + 1);
      journal_.resize(at);
      if (!torn) {
        loaded_ = false;
        return refuse(
            Refusal::damaged,
            fmt::format("{}: damaged at byte {}: the last batch is all there, but not as it was written; "
                        "'truncate -s {} {}' goes back to what is good before it",
                        file, at, at, file));
      }
      if (const auto cut = disk_.truncate(file, at); !cut) return refuse(Refusal::disk, cut.error().message);
      break;
    }
    batch_ = header.batch;
    const std::size_t end = at + header.size + header.bytes;
    for (at += header.size; at < end;) {
      const std::size_t stop = std::min(end, journal_.find('\n', at));
      take_in(about(std::string_view(journal_).substr(at, stop - at)), at, &changed);
      at = stop + 1;
    }
  }
  return done;
}

Result<FileStore::At> FileStore::find_base(std::string_view id) {
  const std::uint64_t hash = instance_hash(id);
  for (std::size_t segment = segments_.size(); segment-- > 0;)
    for (const Posting& each : segments_[segment]->index().find(By::instance, hash)) {
      const At at{static_cast<std::uint32_t>(segment), each.place};
      const auto run = segments_[segment]->read(each.place, each.place);
      if (!run) return refuse(Refusal::disk, run.error().message);
      const std::string_view line = run->line(place(at));
      if (line.empty()) return refuse(Refusal::damaged, segments_[segment]->damage(place(at)));
      if (formats::state::instance_of(line) == id) return at;
    }
  return At{};
}

Result<FileStore::Item> FileStore::find_item(std::string_view id) {
  Item item;
  if (const std::uint32_t found = find_known(id, instance_hash(id)); found != IdTable::none) {
    item.known = found;
    item.begun = known_[item.known].begun;
    item.base = known_[item.known].base;
  }
  if (item.begun != 0) return item;
  const Result<At> base = find_base(id);
  if (!base) return base.error();
  item.base = *base;
  if (base->segment != nowhere) item.begun = place(*base).begun;
  if (item.known != nowhere) {
    if (base->segment == nowhere)
      return refuse(Refusal::damaged,
                    fmt::format("{}: instance '{}' has no beginning", journal_path(state_.journal), id));
    known_[item.known].base = *base;
    known_[item.known].begun = item.begun;
  }
  return item;
}

Result<Record> FileStore::folded(const Item& item, std::string_view base, Arena& arena,
                                 formats::state::Part part) const {
  std::uint32_t at = item.known != nowhere ? known_[item.known].first : nowhere;
  const Known::Folded* before = item.known != nowhere ? known_[item.known].folded.get() : nullptr;
  if (before != nullptr) at = lines_[before->last].next;
  std::size_t lines = 0;
  for (std::uint32_t each = at; each != nowhere; each = lines_[each].next) ++lines;
  if (lines > most_lines) part = formats::state::Part::all;  // it is kept
  std::vector<Record> records;
  const auto add = [&](std::string_view line, const Segment* segment,
                       std::uint64_t offset) -> Result<std::uint64_t> {
    Result<Record> record = formats::state::read_record(line, arena, part);
    if (!record)
      return Error{fmt::format(
          "{}: {}",
          segment != nullptr ? segment->where(offset)
                             : fmt::format("{}: record at byte {}", journal_path(state_.journal), offset),
          record.error().message)};
    records.push_back(std::move(*record));
    return done;
  };
  if (before != nullptr) {
    if (const auto added = add(before->record, nullptr, lines_[before->last].offset); !added)
      return added.error();
  } else if (item.base.segment != nowhere) {
    if (base.empty()) return Error{segments_[item.base.segment]->damage(place(item.base))};
    if (const auto added = add(base, segments_[item.base.segment].get(), place(item.base).offset); !added)
      return added.error();
  }
  for (; at != nowhere; at = lines_[at].next)
    if (const auto added = add(line_text(lines_[at]), nullptr, lines_[at].offset); !added)
      return added.error();
  if (item.known != nowhere && records.front().instance != id_of(known_[item.known]))
    return Error{fmt::format("{}: instance '{}' has no beginning", journal_path(state_.journal),
                             id_of(known_[item.known]))};
  const bool as_it_is =
      records.size() == 1 && (records[0].changes.whole || part == formats::state::Part::head);
  Record record = as_it_is ? std::move(records[0]) : execute::fold(records, arena);
  record.begun = item.begun;
  if (lines > most_lines && !record.removed)
    known_[item.known].folded.reset(
        new Known::Folded{known_[item.known].last, without_end(formats::state::write_record(record))});
  return record;
}

Result<std::optional<Record>> FileStore::find(std::string_view instance, Arena& arena) {
  if (batch_removed_.contains(instance)) return std::optional<Record>();
  const Result<Item> item = find_item(instance);
  if (!item) return item.error();
  if (item->begun == 0) return find_like(instance, arena);
  Result<Segment::Run> run = Segment::Run();
  std::string_view base;
  if (item->base.segment != nowhere) {
    run = segments_[item->base.segment]->read(item->base.place, item->base.place);
    if (!run) return refuse(Refusal::disk, run.error().message);
    base = run->line(place(item->base));
  }
  Result<Record> record = folded(*item, base, arena, formats::state::Part::all);
  if (!record) return refuse(Refusal::damaged, record.error().message);
  if (record->removed) return std::optional<Record>();
  return std::optional<Record>(std::move(*record));
}

Result<std::string> FileStore::find_key(std::string_view process, std::string_view key) {
  Arena arena;
  const std::string text = fmt::format("{}\n{}", process, key);
  if (const auto begun = batch_keys_.find(text);
      begun != batch_keys_.end() && !batch_removed_.contains(begun->second))
    return begun->second;
  // The latest instance with it counts: earlier ones were removed.
  if (const auto found = keys_.find(text); found != keys_.end()) {
    const auto record = find(found->second, arena);
    if (!record) return record.error();
    if (*record) return found->second;
  }
  const std::uint64_t hash = key_hash(process, key);
  for (const auto& segment : segments_)
    for (const Posting& each : segment->index().find(By::key, hash)) {
      const auto run = segment->read(each.place, each.place);
      if (!run) return refuse(Refusal::disk, run.error().message);
      const Place& place = segment->index().places()[each.place];
      const auto record = formats::state::read_record(run->line(place), arena, formats::state::Part::head);
      if (!record) return refuse(Refusal::damaged, segment->damage(place));
      if (record->process != process || record->key != key) continue;
      const auto there = find(record->instance, arena);
      if (!there) return there.error();
      if (*there) return std::string(record->instance);
    }
  return std::string();
}

FileStore::~FileStore() = default;

}  // namespace weir::cli::world
