#include "cli/world/segment.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/base/crc32c.hpp"
#include "formats/state/batch.hpp"
#include "formats/state/record.hpp"

namespace weir::cli::world {

using formats::state::BatchHeader;

std::string Segment::index_path() const {
  const std::size_t slash = path_.rfind("/instances/");
  const std::string number = path_.substr(path_.rfind('/') + 1);
  return path_.substr(0, slash) + "/index/" + number.substr(0, number.rfind('.')) + ".idx";
}

std::string Segment::name_of_journal(std::uint64_t number, std::uint64_t batches) {
  return fmt::format("instances/{}-{}.jsonl", number, batches);
}

/// How many batches the name promises.
std::uint64_t Segment::batches() const {
  std::uint64_t batches = 1;
  if (const std::size_t dash = name_.rfind('-'); dash != std::string::npos)
    std::from_chars(name_.data() + dash + 1, name_.data() + name_.size(), batches);
  return batches;
}

Result<std::unique_ptr<Segment>> Segment::open(StateDisk& disk, const std::string& directory,
                                               const std::string& name) {
  std::unique_ptr<Segment> made(new Segment(disk, directory, name));
  const Result<std::string> begin = disk.read(made->path_, 0, 200);
  if (!begin) return begin.error();
  const Result<std::uint64_t> size = disk.size(made->path_);
  if (!size) return size.error();
  BatchHeader header;
  if (!formats::state::read_header(*begin, header) ||
      (made->batches() == 1 && header.size + header.bytes != *size))
    return Error{fmt::format("{}: the checkpoint is damaged", made->path_)};
  made->of_ = {*size, header.crc};
  if (Result<std::string> bytes = disk.read(made->index_path()))
    if (auto index = SegmentIndex::read(std::move(*bytes), made->of_)) {
      made->index_ = std::move(*index);
      return made;
    }
  Result<SegmentIndex> index = made->make_index();
  if (!index) return index.error();
  made->index_ = std::move(*index);
  made->write_index(directory);
  return made;
}

/// Without it the next one makes it again.
void Segment::write_index(const std::string& directory) {
  if (disk_->make_directory(directory + "/index"))
    (void)disk_->replace(index_path(), index_.bytes(), StateDisk::Durably::no);
}

Result<SegmentIndex> Segment::make_index() const {
  const Result<std::string> text = disk_->read(path_);
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
              problem = fmt::format("{}: record at byte {}: {}", path_, at, record.error().message);
            return;
          }
          // Before records told their number there was one segment only, with all instances there had ever
          // been.
          begun = record->begun != 0 ? record->begun : begun + 1;
          builder.add(*record, {begun, at, static_cast<std::uint32_t>(line.size()), crc32c(line)});
        });
      });
  if (problem.empty() && (damaged != std::string_view::npos || batches != this->batches()))
    problem = fmt::format("{}: the checkpoint is damaged", path_);
  if (!problem.empty()) return Error{problem};
  return builder.finish(of_);
}

Result<std::unique_ptr<Segment>> Segment::write(StateDisk& disk, const std::string& directory,
                                                std::uint64_t number, std::string text,
                                                SegmentIndex::Builder& index) {
  std::unique_ptr<Segment> made(new Segment(disk, directory, fmt::format("instances/{}.jsonl", number)));
  const std::string header = formats::state::batch_header(number, index.size(), text);
  index.move(header.size());
  text.insert(0, header);
  BatchHeader written;
  (void)formats::state::read_header(header, written);
  made->of_ = {text.size(), written.crc};
  if (const auto replaced = disk.replace(made->path_, text); !replaced) return replaced.error();
  made->index_ = index.finish(made->of_);
  made->write_index(directory);
  return made;
}

std::unique_ptr<Segment> Segment::adopt(StateDisk& disk, const std::string& directory,
                                        const std::string& name, std::string_view journal,
                                        SegmentIndex::Builder& index) {
  std::unique_ptr<Segment> made(new Segment(disk, directory, name));
  BatchHeader first;
  (void)formats::state::read_header(journal, first);
  made->of_ = {journal.size(), first.crc};
  made->index_ = index.finish(made->of_);
  made->write_index(directory);
  return made;
}

Result<Segment::Run> Segment::read(std::uint32_t first, std::uint32_t last) const {
  const auto places = index_.places();
  Run run;
  run.begin_ = places[first].offset;
  Result<std::string> bytes =
      disk_->read(path_, run.begin_, places[last].offset + places[last].size - run.begin_);
  if (!bytes) return bytes.error();
  run.bytes_ = std::move(*bytes);
  return run;
}

std::string_view Segment::Run::line(const Place& place) const {
  if (place.offset < begin_ || place.offset - begin_ > bytes_.size()) return {};
  const std::string_view line = std::string_view(bytes_).substr(place.offset - begin_, place.size);
  return line.size() == place.size && crc32c(line) == place.crc ? line : std::string_view();
}

std::string Segment::damage(const Place& place) const {
  return fmt::format("{}: damaged at byte {}", path_, place.offset);
}

void Segment::remove() {
  (void)disk_->remove(path_, StateDisk::Durably::no);
  (void)disk_->remove(index_path(), StateDisk::Durably::no);
}

}  // namespace weir::cli::world
