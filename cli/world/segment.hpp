// One file of instances/: whole and only records, a line each, in the order in which their instances began,
// and its index. It never changes; what is newer stands in later segments and in the journal. "4.jsonl" is
// one batch. "4-120.jsonl" was a journal of 120 batches that needed no change.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cli/world/segment_index.hpp"
#include "cli/world/state_disk.hpp"

namespace weir::cli::world {

class Segment {
 public:
  /// `name` below the state directory, "instances/4.jsonl". Reads the index, or makes it from the lines.
  static Result<std::unique_ptr<Segment>> open(StateDisk& disk, const std::string& directory,
                                               const std::string& name);
  /// Writes a new one, durably; the text holds all lines with their ends. Offsets in `index` are those in the
  /// text.
  static Result<std::unique_ptr<Segment>> write(StateDisk& disk, const std::string& directory,
                                                std::uint64_t number, std::string text,
                                                SegmentIndex::Builder& index);

  /// Name of a journal that becomes a segment.
  static std::string name_of_journal(std::uint64_t number, std::uint64_t batches);
  /// It has got that name; this is its text.
  static std::unique_ptr<Segment> adopt(StateDisk& disk, const std::string& directory,
                                        const std::string& name, std::string_view journal,
                                        SegmentIndex::Builder& index);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::uint64_t bytes() const { return of_.bytes; }
  [[nodiscard]] const SegmentIndex& index() const { return index_; }

  /// Lines that were read together: of places first..last.
  class Run {
   public:
    /// The line of one of these places; empty when it is not as it was written.
    [[nodiscard]] std::string_view line(const Place& place) const;

   private:
    friend class Segment;
    std::uint64_t begin_ = 0;
    std::string bytes_;
  };
  [[nodiscard]] Result<Run> read(std::uint32_t first, std::uint32_t last) const;
  /// Where a line that is not as it was written stands, for messages.
  [[nodiscard]] std::string damage(const Place& place) const;
  void remove();

 private:
  Segment(StateDisk& disk, const std::string& directory, std::string name)
      : disk_(&disk), path_(directory + "/" + name), name_(std::move(name)) {}
  [[nodiscard]] std::string index_path() const;
  [[nodiscard]] std::uint64_t batches() const;
  Result<SegmentIndex> make_index() const;
  void write_index(const std::string& directory);

  StateDisk* disk_;
  std::string path_, name_;
  SegmentIndex::Of of_;
  SegmentIndex index_;
};

}  // namespace weir::cli::world
