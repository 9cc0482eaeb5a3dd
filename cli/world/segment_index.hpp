// Where things stand in files of instances/, in memory and as a file of index/: flat arrays in the
// machine's own byte order. It is a cache: when it is missing, damaged or of another file, it is made again
// from the lines themselves.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/execute/journal.hpp"

namespace weir::cli::world {

/// A line without its end. Places are in the order in which their instances began.
struct Place {
  std::uint64_t begun = 0;  // Record::begun
  std::uint64_t offset = 0;
  std::uint32_t size = 0, crc = 0;
};

/// Text with this hash leads to that place.
struct Posting {
  std::uint64_t hash = 0;
  std::uint32_t place = 0, unused = 0;
};

/// A timer or the next attempt of a call.
struct DuePosting {
  value::Instant due = 0;
  std::uint32_t place = 0;
  std::uint32_t kind = 0;  // an execute::WaitKind; no gap whose bytes would be anything
};

/// What an instance is found by: its id, what it was started with, what it waits for.
enum class By : std::uint8_t { instance, key, wait };

std::uint64_t instance_hash(std::string_view instance);
std::uint64_t key_hash(std::string_view process, std::string_view key);
/// Without a key: all of that name. An empty key is one that fits every other.
std::uint64_t wait_hash(execute::WaitKind kind, std::string_view name, std::optional<std::string_view> key);
/// The hashes and due times under which a wait is found.
void post(const execute::Wait& wait, std::vector<std::uint64_t>& hashes, std::vector<DuePosting>& due);

class SegmentIndex {
 public:
  /// Which file it is of: its size in bytes and the sum that its first line tells.
  struct Of {
    std::uint64_t bytes = 0, crc = 0;
    friend bool operator==(const Of&, const Of&) = default;
  };

  [[nodiscard]] std::span<const Place> places() const { return array<Place>(0); }
  [[nodiscard]] std::span<const Posting> find(By by, std::uint64_t hash) const;
  [[nodiscard]] std::span<const DuePosting> due() const { return array<DuePosting>(4); }  // by time

  /// Empty when it is not that file's.
  static std::optional<SegmentIndex> read(std::string bytes, const Of& of);
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

  class Builder {
   public:
    /// The head of a record is enough.
    void add(const execute::Record& record, Place place);
    /// What `from` knows of its places that go on as to[place]; no_place = they do not.
    static constexpr std::uint32_t no_place = 0xffffffffu;
    std::uint32_t add(Place place);
    void take(const SegmentIndex& from, std::span<const std::uint32_t> to);
    /// Of places that were added without their record.
    void take(By by, std::span<const Posting> postings, std::span<const std::uint32_t> to);
    void take(std::span<const DuePosting> due, std::span<const std::uint32_t> to);
    [[nodiscard]] std::size_t size() const { return places_.size(); }
    void reserve(std::size_t places) {
      places_.reserve(places);
      postings_[0].reserve(places);
    }
    /// All lines stand that much later.
    void move(std::uint64_t bytes);
    SegmentIndex finish(const Of& of);

   private:
    std::vector<Place> places_;
    std::array<std::vector<Posting>, 3> postings_;
    std::vector<DuePosting> due_;
  };

 private:
  static constexpr std::size_t arrays = 5;
  struct Header;
  template <class T>
  [[nodiscard]] std::span<const T> array(std::size_t number) const {
    return {reinterpret_cast<const T*>(bytes_.data() + begin_[number]),
            (begin_[number + 1] - begin_[number]) / sizeof(T)};
  }

  std::string bytes_;
  std::array<std::uint64_t, arrays + 1> begin_{};  // of each array, and the end
};

}  // namespace weir::cli::world
