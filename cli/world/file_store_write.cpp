// FileStore: batches. What is known of the journal is brought up to date at once, and the disk may be at the
// batch meanwhile; when it fails, everything is read again.
#include <fmt/format.h>

#include <algorithm>

#include "cli/world/file_store.hpp"
#include "core/execute/fold.hpp"
#include "formats/state/batch.hpp"

namespace weir::cli::world {

using execute::Record;

namespace {

constexpr std::uint64_t done = 0;
constexpr std::size_t many_bytes = std::size_t{1} << 20u;

}  // namespace

void FileStore::add(Record& record) {
  record.sequence = sequence_ + ++batch_records_;
  if (!record.definition.empty() && !record.changes.whole) {
    begin_in_batch(record.instance, record.process, record.key);
    record.begun = started_;
  }
  if (record.removed) batch_removed_.emplace(record.instance);
  const std::size_t before_text = batch_text_.size();
  formats::state::append_record(record, writer_, batch_text_);
  batch_lines_.push_back({static_cast<std::uint32_t>(batch_text_.size() - before_text - 1),
                          !record.definition.empty() && !record.changes.whole, false,
                          formats::state::stands_alone(record)});
  hashes_.clear();
  const auto place = static_cast<std::uint32_t>(batch_records_ - 1);
  const std::size_t before = batch_due_.size();
  for (const execute::Wait& each : record.changes.waits) post(each, hashes_, batch_due_);
  for (const std::uint64_t hash : hashes_) batch_waits_.push_back({hash, place, 0});
  for (std::size_t i = before; i < batch_due_.size(); ++i) batch_due_[i].place = place;
}

void FileStore::begin_in_batch(std::string_view instance, std::string_view process, std::string_view key) {
  ++started_;
  ++batch_started_;
  if (key.empty()) return;
  batch_keys_[fmt::format("{}\n{}", process, key)] = instance;
  batch_key_hashes_.emplace_back(batch_lines_.size(), key_hash(process, key));
}

std::uint32_t FileStore::keep_pattern(const Record& record) {
  Pattern pattern{formats::state::Pattern(record), std::string(record.process), {}};
  std::vector<DuePosting> due;
  for (const execute::Wait& each : record.changes.waits) post(each, pattern.hashes, due);
  const std::uint32_t number = next_pattern_;
  next_pattern_ = (next_pattern_ + 1) % most_patterns;
  if (number == patterns_.size())
    patterns_.push_back(std::move(pattern));
  else
    patterns_[number] = std::move(pattern);
  return number;
}

void FileStore::add_like(const execute::Like& like) {
  Pattern& pattern = patterns_[like.pattern];
  const std::uint64_t sequence = sequence_ + ++batch_records_;
  begin_in_batch(like.instance, pattern.process, like.key);
  const std::size_t before = batch_text_.size();
  pattern.text.append(like, sequence, started_, writer_, batch_text_);
  const auto place = static_cast<std::uint32_t>(batch_lines_.size());
  batch_lines_.push_back(
      {static_cast<std::uint32_t>(batch_text_.size() - before - 1), true, false, true, true});
  for (const std::uint64_t hash : pattern.hashes) batch_waits_.push_back({hash, place, 0});
  batch_like_.push_back({before, batch_lines_.back().size});
}

/// Of this batch, whole.
Result<std::optional<Record>> FileStore::find_like(std::string_view instance, value::Arena& arena) {
  const auto line = [&](std::size_t number) {
    return std::string_view(batch_text_).substr(batch_like_[number].offset, batch_like_[number].size);
  };
  for (std::size_t i = batch_like_ids_.size(); i < batch_like_.size(); ++i)
    batch_like_ids_.emplace(formats::state::instance_of(line(i)), static_cast<std::uint32_t>(i));
  const auto found = batch_like_ids_.find(std::string(instance));
  if (found == batch_like_ids_.end()) return std::optional<Record>();
  Result<Record> record = formats::state::read_record(line(found->second), arena);
  if (!record) return refuse(Refusal::damaged, record.error().message);
  return std::optional<Record>(execute::fold({&*record, 1}, arena));
}

void FileStore::discard() {
  started_ -= batch_started_;
  batch_text_.clear();
  batch_lines_.clear();
  batch_keys_.clear();
  batch_key_hashes_.clear();
  batch_removed_.clear();
  batch_waits_.clear();
  batch_due_.clear();
  batch_like_.clear();
  batch_like_ids_.clear();
  batch_records_ = batch_started_ = 0;
}

Result<std::uint64_t> FileStore::commit() {
  const Result<std::uint64_t> records = write_batch(&StateDisk::append_durably);
  if (!records) return records;
  if (const auto written = batch_written(); !written) return written;
  return records;
}

/// Waits for the batch that is under way.
Result<std::uint64_t> FileStore::batch_written() {
  if (!under_way_.valid()) return done;
  if (const Result<Done> written = under_way_.get(); !written) {
    discard();
    loaded_ = false;  // whether it is there is seen when the journal is read again
    return refuse(Refusal::disk, written.error().message);
  }
  std::uint64_t instances = 0;
  for (const auto& each : segments_) instances += each->bytes();
  if (journal_.size() > std::clamp(instances / 16, options_.checkpoint_bytes, 4 * options_.checkpoint_bytes))
    if (!checkpoint())
      refusals_.last = Refusal::none;  // the batch is durable all the same; the next one tries again
  return done;
}

Result<std::uint64_t> FileStore::write_batch(
    std::future<Result<Done>> (StateDisk::*append)(const std::string&, std::string_view)) {
  if (const auto written = batch_written(); !written) return written;
  if (batch_records_ == 0) return done;
  if (!loaded_) {
    discard();
    return refuse(Refusal::disk, fmt::format("'{}' must be read again before more is written", directory_));
  }
  // Builds that know only the older schema would misread what follows; those that know this one may still
  // not say that the journal has a file.
  if (older_ || !state_.journal_exists) {
    State next = state_;
    auto written = make_journal(next);
    if (written) written = write_state(next);
    if (!written) {
      discard();
      return written;
    }
    state_ = next;
    state_text_.clear();
    older_ = false;
  }
  const std::size_t before = journal_.size();
  const std::string header = formats::state::batch_header(batch_ + 1, batch_records_, batch_text_);
  // It grows until the next checkpoint: not by halves, where what is there would be copied again and again.
  if (const std::size_t size = before + header.size() + batch_text_.size();
      size > journal_.capacity() && size > many_bytes)
    journal_.reserve(std::max<std::size_t>(2 * size, options_.checkpoint_bytes + many_bytes));
  journal_ += header;
  journal_ += batch_text_;
  under_way_ = (disk_.*append)(journal_path(state_.journal), std::string_view(journal_).substr(before));
  // As if somebody else had written it, but for what was known already.
  post_lines();
  const std::uint64_t records = batch_records_;
  const std::size_t first = lines_.size();
  const std::vector<Posting> waits = std::move(batch_waits_);
  const std::vector<DuePosting> due = std::move(batch_due_);
  const std::vector<About> added = std::move(batch_lines_);
  const auto keys = std::move(batch_keys_);
  const auto key_hashes = std::move(batch_key_hashes_);
  discard();
  ++batch_;
  std::size_t at = before + header.size();
  for (const About& each : added) {
    take_in(each, at, nullptr);
    at += each.size + 1;
  }
  for (const auto& [key, instance] : keys) keys_[key] = instance;
  for (const auto& [record, hash] : key_hashes) known_[lines_[first + record].known].key_hash = hash;
  for (const Posting& each : waits) posted_waits_.push_back({each.hash, lines_[first + each.place].known, 0});
  for (const DuePosting& each : due)
    posted_due_.push_back({each.due, lines_[first + each.place].known, each.kind});
  posted_ = lines_.size();
  return records;
}

}  // namespace weir::cli::world
