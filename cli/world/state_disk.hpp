// What the engine asks of a disk: files that grow at their end, files that change as a whole, a lock.
// real_disk.hpp has the operating system's; tests have one in memory that can lose power. For one thread.
#pragma once

#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace weir::cli::world {

/// Success without a value.
struct Done {};

class StateDisk {
 public:
  virtual ~StateDisk() = default;

  virtual Result<bool> exists(const std::string& path) = 0;
  /// 0 when there is no such file.
  virtual Result<std::uint64_t> size(const std::string& path) = 0;
  static constexpr std::uint64_t to_end = ~std::uint64_t{0};
  /// At most that many bytes; nothing when `from` is behind the end. A missing file is an error.
  virtual Result<std::string> read(const std::string& path, std::uint64_t from = 0,
                                   std::uint64_t most = to_end) = 0;
  /// Appends, with one write where possible. Creates the file, and then its name is durable. After an error
  /// the file has its old size.
  virtual Result<Done> append(const std::string& path, std::string_view bytes) = 0;
  /// Makes durable what was appended. A failure is final: every later append, sync and truncate of that path
  /// fails too, since nobody knows any more what is on the disk.
  virtual Result<Done> sync(const std::string& path) = 0;
  /// append() and sync().
  std::future<Result<Done>> append_durably(const std::string& path, std::string_view bytes);
  /// The same, maybe while the caller goes on with other files. The bytes must stay where they are.
  virtual std::future<Result<Done>> append_aside(const std::string& path, std::string_view bytes) {
    return append_durably(path, bytes);
  }
  /// Cuts the file to `size`, durably; never longer.
  virtual Result<Done> truncate(const std::string& path, std::uint64_t size) = 0;
  /// Whether a change has to outlive a loss of power, which costs syncs.
  enum class Durably : std::uint8_t { yes, no };
  /// Makes the file hold exactly this, atomically: others see the old bytes or the new ones.
  virtual Result<Done> replace(const std::string& path, std::string_view bytes,
                               Durably durably = Durably::yes) = 0;
  /// Gives a file another name, in place of what has it.
  virtual Result<Done> rename(const std::string& from, const std::string& to) = 0;
  /// Gives a file a second name, durably, in place of what has it. Some file systems cannot.
  virtual Result<Done> link(const std::string& from, const std::string& to) = 0;
  /// Fine when there is no such file.
  virtual Result<Done> remove(const std::string& path, Durably durably = Durably::yes) = 0;
  /// Names of what is in a directory, sorted; empty when there is none. Not those that end in ".tmp", which
  /// are remains of replace().
  virtual Result<std::vector<std::string>> list(const std::string& directory) = 0;
  /// With its parents, durable; fine when it exists.
  virtual Result<Done> make_directory(const std::string& path) = 0;

  /// Held until it is destroyed or its process ends, however that happens.
  class Lock {
   public:
    Lock() = default;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    virtual ~Lock() = default;
    /// Somebody waits for it.
    [[nodiscard]] virtual bool is_wanted() const { return false; }
  };
  /// An exclusive lock of the file, which is created when missing and says who holds it. Waits that long for
  /// others; the error names the process that has it.
  virtual Result<std::unique_ptr<Lock>> lock(const std::string& path, int wait_ms) = 0;
};

inline std::future<Result<Done>> StateDisk::append_durably(const std::string& path, std::string_view bytes) {
  std::promise<Result<Done>> done;
  Result<Done> result = append(path, bytes);
  done.set_value(result ? sync(path) : std::move(result));
  return done.get_future();
}

}  // namespace weir::cli::world
