// Files of instances/ under one index, mostly one: whole and only records, a line each, in the order in which
// their instances began. They never change; what is newer stands in later segments and in the journal.
// "4.jsonl" is one batch. "4-120.jsonl" was a journal of 120 batches that needed no change. Segments of which
// every line still counts become one by getting one index; offsets go on from file to file then.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/world/segment_index.hpp"
#include "cli/world/state_disk.hpp"

namespace weir::cli::world {

class Segment {
 public:
  /// Files below the state directory, "instances/4.jsonl". The index is read; that of one file is made from
  /// its lines where it is missing, several have none then: null.
  static Result<std::unique_ptr<Segment>> open(StateDisk& disk, const std::string& directory,
                                               std::span<const std::string> names);
  /// Writes a new one, durably; the text holds all lines with their ends. Offsets in `index` are those in the
  /// text.
  static Result<std::unique_ptr<Segment>> write(StateDisk& disk, const std::string& directory,
                                                std::uint64_t number, std::string text,
                                                SegmentIndex::Builder& index);

  /// Name of a journal that becomes a segment.
  static std::string name_of_journal(std::uint64_t number, std::uint64_t batches);
  /// It has got that name; this is its text. It comes behind these segments, which become part of it.
  static std::unique_ptr<Segment> adopt(StateDisk& disk, const std::string& directory,
                                        std::span<const std::unique_ptr<Segment>> before,
                                        const std::string& name, std::string_view journal,
                                        SegmentIndex::Builder& index);

  [[nodiscard]] std::vector<std::string> names() const;
  /// Of the index of these files: "4.idx", of four "4+3.idx".
  static std::string index_name(std::span<const std::string> names);
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
  /// "instances/4.jsonl: record at byte 200", for messages.
  [[nodiscard]] std::string where(std::uint64_t offset) const;
  /// Where a line that is not as it was written stands, likewise.
  [[nodiscard]] std::string damage(const Place& place) const;
  /// Its files go.
  void remove();

 private:
  struct Part {
    std::string name;
    std::uint64_t begin = 0;  // where its bytes are
    SegmentIndex::Of of;
  };
  Segment(StateDisk& disk, const std::string& directory) : disk_(&disk), directory_(directory) {}
  [[nodiscard]] std::string path(const Part& part) const { return directory_ + "/" + part.name; }
  [[nodiscard]] std::string index_path() const { return directory_ + "/index/" + index_name(names()); }
  [[nodiscard]] const Part& part_of(std::uint64_t offset) const;
  void add(std::string name, const SegmentIndex::Of& of);
  Result<SegmentIndex> make_index() const;
  void write_index();

  StateDisk* disk_;
  std::string directory_;
  std::vector<Part> parts_;
  SegmentIndex::Of of_;  // all parts
  SegmentIndex index_;
};

}  // namespace weir::cli::world
