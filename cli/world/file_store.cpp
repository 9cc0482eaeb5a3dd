// Under the lock the directory is ours. Before anything is added, what others have appended is read; the
// beginning of a batch at the very end of the journal was torn when its writer died: nobody was told that it
// happened, so it is cut. Anything else that is not whole is damage and is never touched.
#include "cli/world/file_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "core/base/crc32c.hpp"
#include "core/execute/fold.hpp"
#include "formats/json/value.hpp"
#include "formats/json/writer.hpp"
#include "formats/state/batch.hpp"
#include "formats/state/record.hpp"

namespace weir::cli::world {

using execute::Record;
using value::Arena;
using value::Key;
using value::Value;

namespace {

constexpr std::uint64_t done = 0;

/// The text behind `"name":"` near the beginning of a line that we wrote; our own ids hold nothing to escape.
std::string_view quick_text(std::string_view line, std::string_view name) {
  const std::size_t at = line.find(name);
  if (at == std::string_view::npos) return {};
  line.remove_prefix(at + name.size());
  return line.substr(0, line.find('"'));
}

/// What a file that is read as a whole says of its own content.
std::string sum_of(std::string_view text) {
  return fmt::format("{:08x}", crc32c(text));
}

std::uint64_t whole_number(const Value& object, std::string_view key) {
  const Value* found = object.is(value::Kind::context) ? object.find(Key(key)) : nullptr;
  const auto number =
      found != nullptr && found->is(value::Kind::number) ? found->decimal().to_integer() : std::nullopt;
  return number && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}

std::string text_of(const Value& object, std::string_view key) {
  const Value* found = object.is(value::Kind::context) ? object.find(Key(key)) : nullptr;
  return found != nullptr && found->is(value::Kind::string) ? std::string(found->text()) : std::string();
}

}  // namespace

FileStore::FileStore(StateDisk& disk, std::string directory, Options options)
    : disk_(disk), directory_(std::move(directory)), options_(std::move(options)) {}

Error FileStore::refuse(Refusal refusal, std::string message) {
  refusal_ = refusal;
  return Error{std::move(message)};
}

std::string FileStore::journal_path(std::uint64_t number) const {
  return path(fmt::format("journal/{}.jsonl", number));
}

std::string_view FileStore::line(const Place& place) const {
  return std::string_view(place.in == In::checkpoint ? checkpoint_ : journal_)
      .substr(place.offset, place.size);
}

std::string FileStore::summed(const State& state) const {
  return fmt::format("{} {} {} {} {}", id_, state.checkpoint, state.journal, state.started, state.sequence);
}

Result<std::uint64_t> FileStore::read_state(State& state) {
  const Result<bool> there = disk_.exists(path("state.json"));
  if (!there) return refuse(Refusal::disk, there.error().message);
  if (!*there) {
    for (const char* each : {"journal", "instances", "history", "definitions"})
      if (const auto made = disk_.make_directory(path(each)); !made)
        return refuse(Refusal::disk, made.error().message);
    id_ = options_.new_id;
    return write_state(state);
  }
  const Result<std::string> text = disk_.read(path("state.json"));
  if (!text) return refuse(Refusal::disk, text.error().message);
  const Result<value::OwnedValue> read = formats::json::read(*text);
  if (!read) return refuse(Refusal::damaged, fmt::format("{}: {}", path("state.json"), read.error().message));
  const Value& object = read->get();
  const std::string schema = text_of(object, "schema");
  if (schema != formats::state::schema)
    return refuse(
        Refusal::damaged,
        fmt::format(
            "{}: the schema '{}' is none that this version knows ({}); a newer weir may have written it",
            path("state.json"), schema, formats::state::schema));
  id_ = text_of(object, "id");
  state.checkpoint = text_of(object, "checkpoint");
  state.journal = std::max<std::uint64_t>(1, whole_number(object, "journal"));
  state.started = whole_number(object, "started");
  state.sequence = whole_number(object, "sequence");
  const std::string sum = text_of(object, "crc");
  if (!sum.empty() && sum != sum_of(summed(state)))
    return refuse(Refusal::damaged,
                  fmt::format("{}: damaged: it does not match its checksum", path("state.json")));
  return done;
}

Result<std::uint64_t> FileStore::write_state(const State& state) {
  formats::json::Writer json(formats::json::Style::pretty);
  json.begin_object().key("schema").string(formats::state::schema).key("id").string(id_);
  if (!state.checkpoint.empty()) json.key("checkpoint").string(state.checkpoint);
  json.key("journal").number(state.journal).key("started").number(state.started);
  json.key("sequence").number(state.sequence).key("crc").string(sum_of(summed(state))).end_object();
  const auto written = disk_.replace(path("state.json"), std::string(json.text()) + "\n");
  if (!written) return refuse(Refusal::disk, written.error().message);
  return done;
}

Result<std::vector<std::string>> FileStore::lock() {
  refusal_ = Refusal::none;
  const Result<bool> there = disk_.exists(path("state.json"));
  if (!there) return refuse(Refusal::disk, there.error().message);
  if (!*there && !options_.create)
    return refuse(Refusal::missing, fmt::format("there is no state in '{}'", directory_));
  if (!*there)
    if (const auto made = disk_.make_directory(directory_); !made)
      return refuse(Refusal::disk, made.error().message);
  auto locked = disk_.lock(path("lock"), options_.wait_ms);
  if (!locked) return refuse(Refusal::busy, locked.error().message);
  lock_ = std::move(*locked);
  State now;
  versions_read_ = false;  // somebody may have deployed something
  std::vector<std::string> changed;
  auto result = [&]() -> Result<std::uint64_t> {
    if (const auto read = read_state(now); !read) return read;
    if (loaded_ && now.journal == state_.journal && now.checkpoint == state_.checkpoint)
      return read_journal(changed);
    // Somebody has made a checkpoint, or this is the first look.
    for (const Known& each : known_) changed.push_back(each.id);
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
  lock_.reset();
}

Result<std::uint64_t> FileStore::load() {
  checkpoint_.clear();
  journal_.clear();
  known_.clear();
  by_id_.clear();
  keys_.clear();
  versions_read_ = false;
  batch_ = 0;
  started_ = state_.started;
  sequence_ = state_.sequence;
  if (state_.checkpoint.empty()) return done;
  Result<std::string> text = disk_.read(path(state_.checkpoint));
  if (!text) return refuse(Refusal::damaged, text.error().message);
  formats::state::BatchHeader header;
  if (!formats::state::read_batch(*text, header) || header.size + header.bytes != text->size())
    return refuse(Refusal::damaged, fmt::format("{}: the checkpoint is damaged", path(state_.checkpoint)));
  checkpoint_ = std::move(*text);
  const std::uint64_t expected = std::min(header.records, header.bytes / 100);  // a line is longer
  known_.reserve(expected);
  by_id_.reserve(expected);
  for (std::size_t at = header.size; at < checkpoint_.size();) {
    const std::size_t end = checkpoint_.find('\n', at);
    index(std::string_view(checkpoint_).substr(at, end - at), In::checkpoint, at, nullptr);
    at = end + 1;
  }
  return done;
}

void FileStore::index(std::string_view line, In in, std::uint64_t offset, std::vector<std::string>* changed) {
  const std::string id(quick_text(line, "\"instance\":\""));
  const auto [place, fresh] = by_id_.try_emplace(id, static_cast<std::uint32_t>(known_.size()));
  if (fresh) {
    known_.push_back({id, {in, offset, line.size()}, {}});
    if (in == In::journal) ++started_;
    const std::string_view head = line.substr(0, line.find(",\"started\":"));
    if (head.find(",\"key\":\"") != std::string_view::npos) {
      Arena arena;
      if (const auto record = formats::state::read_record(line, arena))
        keys_.emplace(fmt::format("{}\n{}", record->process, record->key), id);
    }
  }
  if (!fresh) known_[place->second].more.push_back({in, offset, line.size()});
  if (changed != nullptr) changed->push_back(id);
}

Result<std::uint64_t> FileStore::read_journal(std::vector<std::string>& changed) {
  const std::string file = journal_path(state_.journal);
  Result<std::string> more = disk_.read(file, journal_.size());
  if (!more) {
    if (const Result<bool> there = disk_.exists(file); there && !*there)
      return done;  // nothing was written yet
    return refuse(Refusal::disk, more.error().message);
  }
  const std::size_t before = journal_.size();
  journal_ += *more;
  std::size_t at = before;
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
      index(std::string_view(journal_).substr(at, stop - at), In::journal, at, &changed);
      ++sequence_;
      at = stop + 1;
    }
  }
  return done;
}

Result<Record> FileStore::folded(const Known& known, Arena& arena, formats::state::Part part) const {
  std::vector<Record> records;
  for (std::size_t i = 0; i <= known.more.size(); ++i) {
    const Place& place = i == 0 ? known.first : known.more[i - 1];
    Result<Record> record = formats::state::read_record(line(place), arena, part);
    if (!record)
      return Error{
          fmt::format("{}: record at byte {}: {}",
                      place.in == In::checkpoint ? path(state_.checkpoint) : journal_path(state_.journal),
                      place.offset, record.error().message)};
    records.push_back(std::move(*record));
  }
  return execute::fold(records);
}

Result<std::optional<Record>> FileStore::find(std::string_view instance, Arena& arena) {
  const auto found = by_id_.find(std::string(instance));
  if (found == by_id_.end()) return std::optional<Record>();
  Result<Record> record = folded(known_[found->second], arena);
  if (!record) return refuse(Refusal::damaged, record.error().message);
  return std::optional<Record>(std::move(*record));
}

Result<std::uint64_t> FileStore::each(const std::function<bool(const Record&)>& f) {
  // Reading is most of the work, so all cores read; `f` sees the records one after the other.
  constexpr std::size_t together = 16'384;
  const std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
  std::vector<Result<Record>> records;
  std::vector<Arena> arenas(threads);
  for (std::size_t begin = 0; begin < known_.size(); begin += together) {
    const std::size_t count = std::min(together, known_.size() - begin);
    records.assign(count, Result<Record>(Record{}));
    const auto read = [&](std::size_t part) {
      arenas[part].reset();
      for (std::size_t i = count * part / threads; i < count * (part + 1) / threads; ++i)
        records[i] = folded(known_[begin + i], arenas[part], formats::state::Part::head);
    };
    if (count < 1000) {
      for (std::size_t part = 0; part < threads; ++part) read(part);
    } else {
      std::vector<std::jthread> workers;
      for (std::size_t part = 1; part < threads; ++part) workers.emplace_back(read, part);
      read(0);
    }
    for (const Result<Record>& record : records) {
      if (!record) return refuse(Refusal::damaged, record.error().message);
      if (!f(*record)) return done;
    }
  }
  return done;
}

Result<std::vector<Record>> FileStore::history(std::string_view instance, Arena& arena) {
  std::vector<Record> records;
  const std::string mark = fmt::format("\"instance\":\"{}\"", instance);
  for (std::uint64_t number = 1; number <= state_.journal; ++number) {
    const std::string file = number < state_.journal ? path(fmt::format("history/{}.jsonl", number)) : "";
    Result<std::string> text = file.empty() ? Result<std::string>(journal_) : disk_.read(file);
    if (!text) text = disk_.read(journal_path(number));  // a checkpoint that died before it tidied up
    if (!text) continue;                                 // history may be cleared away
    const std::string_view kept = arena.copy(*text);
    for (std::size_t at = 0; !file.empty() && at < kept.size();) {
      formats::state::BatchHeader header;
      if (!formats::state::read_batch(kept.substr(at), header))
        return refuse(Refusal::damaged, fmt::format("{}: damaged at byte {}", file, at));
      at += header.size + header.bytes;
    }
    for (std::size_t at = kept.find(mark); at != std::string_view::npos; at = kept.find(mark, at + 1)) {
      const std::size_t begin = kept.rfind('\n', at) + 1, end = kept.find('\n', at);
      if (at - begin > 100) continue;  // the same text inside a record of another instance
      Result<Record> record = formats::state::read_record(kept.substr(begin, end - begin), arena);
      if (!record)
        return refuse(Refusal::damaged, fmt::format("history of '{}': {}", instance, record.error().message));
      records.push_back(std::move(*record));
    }
  }
  return records;
}

Result<std::string> FileStore::find_key(std::string_view process, std::string_view key) {
  const auto found = keys_.find(fmt::format("{}\n{}", process, key));
  return found == keys_.end() ? std::string() : found->second;
}

void FileStore::add(Record& record) {
  record.sequence = sequence_ + ++batch_records_;
  batch_text_ += formats::state::write_record(record);
  if (!record.definition.empty()) {
    ++started_;
    ++batch_started_;
    if (!record.key.empty()) {
      batch_keys_.push_back(fmt::format("{}\n{}", record.process, record.key));
      keys_.emplace(batch_keys_.back(), record.instance);
    }
  }
}

void FileStore::discard() {
  started_ -= batch_started_;
  for (const std::string& each : batch_keys_) keys_.erase(each);
  batch_text_.clear();
  batch_keys_.clear();
  batch_records_ = batch_started_ = 0;
}

Result<std::uint64_t> FileStore::commit() {
  if (batch_records_ == 0) return done;
  if (!loaded_) {
    discard();
    return refuse(Refusal::disk, fmt::format("'{}' must be read again before more is written", directory_));
  }
  const std::string file = journal_path(state_.journal);
  const std::string text =
      formats::state::batch_header(batch_ + 1, batch_records_, batch_text_) + batch_text_;
  auto written = disk_.append(file, text);
  if (written) written = disk_.sync(file);
  if (!written) {
    discard();
    loaded_ = false;  // whether it is there is seen when the journal is read again
    return refuse(Refusal::disk, written.error().message);
  }
  // As if somebody else had written it; started_ has counted its instances already.
  started_ -= batch_started_;
  for (const std::string& each : batch_keys_) keys_.erase(each);
  ++batch_;
  const std::uint64_t records = batch_records_;
  std::size_t at = journal_.size() + (text.size() - batch_text_.size());
  journal_ += text;
  while (at < journal_.size()) {
    const std::size_t stop = journal_.find('\n', at);
    index(std::string_view(journal_).substr(at, stop - at), In::journal, at, nullptr);
    ++sequence_;
    at = stop + 1;
  }
  batch_text_.clear();
  batch_keys_.clear();
  batch_records_ = batch_started_ = 0;
  if (journal_.size() > std::max<std::uint64_t>(options_.checkpoint_bytes, checkpoint_.size() / 2))
    if (!checkpoint())
      refusal_ = Refusal::none;  // the batch is durable all the same; the next one tries again
  return records;
}

/// Whatever step a crash comes after: state.json says which files count, and everything else is put in order
/// by the next checkpoint.
Result<std::uint64_t> FileStore::checkpoint() {
  std::string lines;
  lines.reserve(checkpoint_.size() + journal_.size() / 2);
  std::vector<Known> known;
  known.reserve(known_.size());
  Arena arena;
  for (const Known& each : known_) {
    std::string_view text;
    std::string made;
    if (each.more.empty() && each.first.in == In::checkpoint) {
      text = line(each.first);
      made = std::string(text) + "\n";
    } else {
      arena.reset();
      const Result<Record> record = folded(each, arena);
      if (!record) return refuse(Refusal::damaged, record.error().message);
      made = formats::state::write_record(*record);
    }
    known.push_back({each.id, {In::checkpoint, lines.size(), made.size() - 1}, {}});
    lines += made;
  }
  State next = state_;
  next.journal = state_.journal + 1;
  next.checkpoint = fmt::format("instances/{}.jsonl", next.journal);
  next.started = started_;
  next.sequence = sequence_;
  const std::string header = formats::state::batch_header(next.journal, known.size(), lines);
  for (Known& each : known) each.first.offset += header.size();
  std::string text = header + lines;
  if (const auto written = disk_.replace(path(next.checkpoint), text); !written)
    return refuse(Refusal::disk, written.error().message);
  if (const auto written = write_state(next); !written) {
    loaded_ = false;  // nobody knows which files count until state.json is read again
    return written;
  }
  const State before = state_;
  state_ = next;
  known_ = std::move(known);
  checkpoint_ = std::move(text);
  journal_.clear();
  batch_ = 0;
  // From here on nothing depends on what is tidied up.
  for (std::uint64_t number = 1; number <= before.journal; ++number)
    (void)disk_.rename(journal_path(number), path(fmt::format("history/{}.jsonl", number)));
  if (!before.checkpoint.empty()) (void)disk_.remove(path(before.checkpoint));
  return done;
}

// --- definitions ---

Result<std::uint64_t> FileStore::read_versions() {
  if (versions_read_) return done;
  versions_.clear();
  decisions_.clear();
  const Result<bool> there = disk_.exists(path("definitions/versions.jsonl"));
  if (!there) return refuse(Refusal::disk, there.error().message);
  if (*there) {
    const Result<std::string> text = disk_.read(path("definitions/versions.jsonl"));
    if (!text) return refuse(Refusal::disk, text.error().message);
    for (std::size_t at = 0; at < text->size();) {
      const std::size_t end = std::min(text->size(), text->find('\n', at));
      const std::string_view each = std::string_view(*text).substr(at, end - at);
      const auto read = formats::json::read(each);
      const std::string decision = read ? text_of(read->get(), "decision") : "";
      const std::string id = !read ? "" : decision.empty() ? text_of(read->get(), "process") : decision;
      const std::string definition = read ? text_of(read->get(), "definition") : "";
      if (read && text_of(read->get(), "crc") == sum_of(id + "\n" + definition)) {
        (decision.empty() ? versions_ : decisions_).emplace_back(id, definition);
      } else if (end < text->size() || each.find('}') != std::string_view::npos) {
        return refuse(Refusal::damaged,
                      fmt::format("{}: damaged at byte {}", path("definitions/versions.jsonl"), at));
      }  // else a torn last line: its writer died before anybody was told
      at = end + 1;
    }
  }
  versions_read_ = true;
  return done;
}

Result<std::uint64_t> FileStore::deploy(const execute::Source& source,
                                        const std::vector<std::string>& processes,
                                        const std::vector<std::string>& decisions) {
  if (const auto read = read_versions(); !read) return read;
  const std::string file = path(fmt::format("definitions/{}.json", source.sha256));
  const Result<bool> there = disk_.exists(file);
  if (!there) return refuse(Refusal::disk, there.error().message);
  if (!*there) {
    formats::json::Writer json;
    json.begin_object().key("schema").string("weir.definition/1").key("name").string(source.name);
    if (!source.uses.empty()) {
      json.key("uses").begin_array();
      for (const std::string& each : source.uses) json.string(each);
      json.end_array();
    }
    json.key("source").string(source.text).end_object();
    const auto written = disk_.replace(file, std::string(json.text()) + "\n");
    if (!written) return refuse(Refusal::disk, written.error().message);
  }
  std::string lines;
  const auto add = [&](std::string_view kind, const std::vector<std::string>& ids, Versions& all) {
    for (const std::string& id : ids) {
      if (newest_of(all, id) == source.sha256) continue;
      const auto version =
          1 + std::count_if(all.begin(), all.end(), [&](const auto& each) { return each.first == id; });
      formats::json::Writer json;
      json.begin_object().key(kind).string(id).key("version").number(static_cast<std::int64_t>(version));
      json.key("definition").string(source.sha256);
      json.key("crc").string(sum_of(id + "\n" + source.sha256)).end_object();
      lines += std::string(json.text()) + "\n";
      all.emplace_back(id, source.sha256);
    }
  };
  add("process", processes, versions_);
  add("decision", decisions, decisions_);
  if (lines.empty()) return done;
  const std::string versions = path("definitions/versions.jsonl");
  // A torn line before ours must not swallow it; a whole one lacks nothing but its end.
  const Result<std::string> before = disk_.read(versions);
  Result<Done> written = Done{};
  if (before && !before->empty() && before->back() != '\n') {
    const std::size_t end = before->rfind('\n') + 1;  // 0 when there is none
    if (before->find('}', end) != std::string::npos)
      lines.insert(0, "\n");
    else
      written = disk_.truncate(versions, end);
  }
  if (written) written = disk_.append(versions, lines);
  if (written) written = disk_.sync(versions);
  if (!written) {
    versions_read_ = false;
    return refuse(Refusal::disk, written.error().message);
  }
  return done;
}

Result<execute::Source> FileStore::source(std::string_view sha256) {
  const std::string file = path(fmt::format("definitions/{}.json", sha256));
  const Result<std::string> text = disk_.read(file);
  if (!text) return refuse(Refusal::damaged, text.error().message);
  const auto read = formats::json::read(*text);
  if (!read) return refuse(Refusal::damaged, fmt::format("{}: {}", file, read.error().message));
  execute::Source source{
      std::string(sha256), text_of(read->get(), "name"), text_of(read->get(), "source"), {}};
  const Value* uses = read->get().is(value::Kind::context) ? read->get().find(Key("uses")) : nullptr;
  if (uses != nullptr && uses->is(value::Kind::list))
    for (const Value& each : uses->items())
      if (each.is(value::Kind::string)) source.uses.emplace_back(each.text());
  if (execute::identity(source.text, source.uses) != sha256)
    return refuse(Refusal::damaged,
                  fmt::format("{}: damaged: it is not the definition that was deployed", file));
  return source;
}

Result<std::vector<std::string>> FileStore::processes() {
  if (const auto read = read_versions(); !read) return read.error();
  std::vector<std::string> ids;
  for (const auto& [process, definition] : versions_)
    if (std::find(ids.begin(), ids.end(), process) == ids.end()) ids.push_back(process);
  return ids;
}

Result<std::string> FileStore::newest(std::string_view process) {
  if (const auto read = read_versions(); !read) return read.error();
  return newest_of(versions_, process);
}

Result<std::string> FileStore::decision(std::string_view id, std::uint64_t version) {
  if (const auto read = read_versions(); !read) return read.error();
  if (version == 0) return newest_of(decisions_, id);
  for (const auto& each : decisions_)
    if (each.first == id && --version == 0) return each.second;
  return std::string();
}

std::string FileStore::newest_of(const Versions& versions, std::string_view id) {
  for (auto each = versions.rbegin(); each != versions.rend(); ++each)
    if (each->first == id) return each->second;
  return {};
}

}  // namespace weir::cli::world
