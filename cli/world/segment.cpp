#include "cli/world/segment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

#include "core/base/crc32c.hpp"
#include "formats/state/batch.hpp"
#include "formats/state/record.hpp"

namespace weir::cli::world {

using formats::state::BatchHeader;

namespace {

/// "instances/4-120.jsonl" -> "4-120".
std::string_view stem(std::string_view name) {
  name.remove_prefix(name.rfind('/') + 1);
  return name.substr(0, name.rfind('.'));
}

/// How many batches the file's name promises.
std::uint64_t batches(std::string_view path) {
  const std::string_view name = stem(path);  // directories may be called anything
  std::uint64_t batches = 1;
  if (const std::size_t dash = name.rfind('-'); dash != std::string_view::npos)
    std::from_chars(name.data() + dash + 1, name.data() + name.size(), batches);
  return batches;
}

/// "pa-17", "message:17" -> 17: the number of its beginning, which what says that it was removed does not
/// tell otherwise.
std::optional<std::uint64_t> number_of(std::string_view instance) {
  const std::string_view digits = instance.substr(instance.find_last_of("-:") + 1);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || number == 0) return std::nullopt;
  return number;
}

/// What the file's beginning says it is; an error when it is not whole.
Result<SegmentIndex::Of> look_at(StateDisk& disk, const std::string& path) {
  const Result<std::string> begin = disk.read(path, 0, 200);
  if (!begin) return begin.error();
  const Result<std::uint64_t> size = disk.size(path);
  if (!size) return size.error();
  BatchHeader header;
  if (!formats::state::read_header(*begin, header) ||
      (batches(path) == 1 && header.size + header.bytes != *size))
    return Error{fmt::format("{}: the checkpoint is damaged", path)};
  return SegmentIndex::Of{*size, header.crc};
}

}  // namespace

std::string Segment::name_of_journal(std::uint64_t number, std::uint64_t batches) {
  return fmt::format("instances/{}-{}.jsonl", number, batches);
}

std::vector<std::string> Segment::names() const {
  std::vector<std::string> names;
  for (const Part& each : parts_) names.push_back(each.name);
  return names;
}

std::string Segment::index_name(std::span<const std::string> names) {
  const std::string_view first = stem(names.front());
  return names.size() == 1 ? fmt::format("{}.idx", first) : fmt::format("{}+{}.idx", first, names.size() - 1);
}

const Segment::Part& Segment::part_of(std::uint64_t offset) const {
  const auto after = std::upper_bound(parts_.begin(), parts_.end(), offset,
                                      [](std::uint64_t at, const Part& part) { return at < part.begin; });
  return *std::prev(after);
}

void Segment::add(std::string name, const SegmentIndex::Of& of) {
  parts_.push_back({std::move(name), of_.bytes, of});
  const std::string_view sum(reinterpret_cast<const char*>(&of), sizeof of);
  of_ = {of_.bytes + of.bytes,
         parts_.size() == 1 ? of.crc : crc32c(sum, static_cast<std::uint32_t>(of_.crc))};
}

Result<std::unique_ptr<Segment>> Segment::open(StateDisk& disk, const std::string& directory,
                                               std::span<const std::string> names) {
  std::unique_ptr<Segment> made(new Segment(disk, directory));
  for (const std::string& name : names) {
    const Result<SegmentIndex::Of> of = look_at(disk, directory + "/" + name);
    if (!of) return of.error();
    made->add(name, *of);
  }
  if (Result<std::string> bytes = disk.read(made->index_path()))
    if (auto index = SegmentIndex::read(std::move(*bytes), made->of_)) {
      made->index_ = std::move(*index);
      return made;
    }
  if (names.size() > 1) return std::unique_ptr<Segment>();
  Result<SegmentIndex> index = made->make_index();
  if (!index) return index.error();
  made->index_ = std::move(*index);
  made->write_index();
  return made;
}

/// Without it the next one makes it again.
void Segment::write_index() {
  if (disk_->make_directory(directory_ + "/index"))
    (void)disk_->replace(index_path(), index_.bytes(), StateDisk::Durably::no);
}

Result<SegmentIndex> Segment::make_index() const {
  const std::string path = this->path(parts_.front());
  const Result<std::string> text = disk_->read(path);
  if (!text) return text.error();
  SegmentIndex::Builder builder;
  value::Arena arena;
  std::uint64_t begun = 0, batches = 0;
  std::string problem;
  const std::size_t damaged =
      formats::state::each_batch(*text, [&](const BatchHeader&, std::string_view lines, std::size_t offset) {
        ++batches;
        formats::state::each_line(lines, offset, [&](std::string_view line, std::size_t at) {
          arena.reset();
          const auto record = formats::state::read_record(line, arena, formats::state::Part::head);
          if (!record) {
            if (problem.empty())
              problem = fmt::format("{}: record at byte {}: {}", path, at, record.error().message);
            return;
          }
          // Before records told their number there was one segment only, with all instances there had ever
          // been.
          begun = record->begun != 0 ? record->begun
                  : record->removed  ? number_of(record->instance).value_or(begun + 1)
                                     : begun + 1;
          builder.add(*record, {begun, at, static_cast<std::uint32_t>(line.size()), crc32c(line)});
        });
      });
  if (problem.empty() && (damaged != std::string_view::npos || batches != weir::cli::world::batches(path)))
    problem = fmt::format("{}: the checkpoint is damaged", path);
  if (!problem.empty()) return Error{problem};
  return builder.finish(of_);
}

Result<std::unique_ptr<Segment>> Segment::write(StateDisk& disk, const std::string& directory,
                                                std::uint64_t number, std::string text,
                                                SegmentIndex::Builder& index) {
  std::unique_ptr<Segment> made(new Segment(disk, directory));
  const std::string header = formats::state::batch_header(number, index.size(), text);
  index.move(header.size());
  text.insert(0, header);
  BatchHeader written;
  (void)formats::state::read_header(header, written);
  made->add(fmt::format("instances/{}.jsonl", number), {text.size(), written.crc});
  if (const auto replaced = disk.replace(made->path(made->parts_.front()), text); !replaced)
    return replaced.error();
  made->index_ = index.finish(made->of_);
  made->write_index();
  return made;
}

std::unique_ptr<Segment> Segment::adopt(StateDisk& disk, const std::string& directory,
                                        std::span<const std::unique_ptr<Segment>> before,
                                        const std::string& name, std::string_view journal,
                                        SegmentIndex::Builder& index) {
  std::unique_ptr<Segment> made(new Segment(disk, directory));
  for (const auto& segment : before)
    for (const Part& each : segment->parts_) made->add(each.name, each.of);
  BatchHeader first;
  (void)formats::state::read_header(journal, first);
  made->add(name, {journal.size(), first.crc});
  made->index_ = index.finish(made->of_);
  made->write_index();
  return made;
}

Result<Segment::Run> Segment::read(std::uint32_t first, std::uint32_t last) const {
  const auto places = index_.places();
  Run run;
  run.begin_ = places[first].offset;
  const std::uint64_t end = places[last].offset + places[last].size;
  for (std::uint64_t at = run.begin_; at < end;) {
    const Part& part = part_of(at);
    const std::uint64_t wanted = std::min(end, part.begin + part.of.bytes) - at;
    Result<std::string> bytes = disk_->read(path(part), at - part.begin, wanted);
    if (!bytes) return bytes.error();
    bytes->resize(wanted);  // of a file that was cut, lines do not match their sums
    at += wanted;
    if (run.bytes_.empty())
      run.bytes_ = std::move(*bytes);
    else
      run.bytes_ += *bytes;
  }
  return run;
}

std::string_view Segment::Run::line(const Place& place) const {
  if (place.offset < begin_ || place.offset - begin_ > bytes_.size()) return {};
  const std::string_view line = std::string_view(bytes_).substr(place.offset - begin_, place.size);
  return line.size() == place.size && crc32c(line) == place.crc ? line : std::string_view();
}

std::string Segment::where(std::uint64_t offset) const {
  const Part& part = part_of(offset);
  return fmt::format("{}: record at byte {}", part.name, offset - part.begin);
}

std::string Segment::damage(const Place& place) const {
  const Part& part = part_of(place.offset);
  return fmt::format("{}: damaged at byte {}", path(part), place.offset - part.begin);
}

void Segment::remove() {
  for (const Part& each : parts_) (void)disk_->remove(path(each), StateDisk::Durably::no);
}

}  // namespace weir::cli::world
