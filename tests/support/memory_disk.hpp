// A disk in memory that fails, dies and loses power when a test says so. It forgets what real disks forget:
// bytes that were not synced, names in directories that were not synced.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "cli/world/state_disk.hpp"

namespace weir::test {

using cli::world::Done;

/// Thrown where the process dies.
struct Killed {};

class MemoryDisk : public cli::world::StateDisk {
 public:
  Result<bool> exists(const std::string& path) override;
  Result<std::uint64_t> size(const std::string& path) override;
  Result<std::string> read(const std::string& path, std::uint64_t from = 0,
                           std::uint64_t most = to_end) override;
  Result<Done> append(const std::string& path, std::string_view bytes) override;
  Result<Done> sync(const std::string& path) override;
  Result<Done> truncate(const std::string& path, std::uint64_t size) override;
  Result<Done> replace(const std::string& path, std::string_view bytes,
                       Durably durably = Durably::yes) override;
  Result<Done> rename(const std::string& from, const std::string& to) override;
  /// The names have the same bytes until one of them is changed: what is linked does not change any more.
  Result<Done> link(const std::string& from, const std::string& to) override;
  Result<Done> remove(const std::string& path, Durably durably = Durably::yes) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
  Result<Done> make_directory(const std::string& path) override;
  /// Does not count as a change. Never waits: nobody could end the wait.
  Result<std::unique_ptr<Lock>> lock(const std::string& path, int wait_ms) override;

  /// How many changes were asked for: append, sync, truncate, replace, remove, make_directory.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }
  /// How many bytes were written, by append and replace.
  [[nodiscard]] std::uint64_t written() const { return written_; }
  /// The n-th change from now fails once and changes nothing; 1 = the next. A failed sync is final as on a
  /// real disk.
  void fail_after(std::uint64_t n) { fail_at_ = changes_ + n; }
  /// When the process dies: `during` leaves half of the bytes, or a change that is not durable yet.
  enum class Moment : unsigned char { before, during, after };
  /// The n-th change from now throws Killed. Then everything fails until restart() or crash(), so that
  /// destructors cannot change the past.
  void kill_after(std::uint64_t n, Moment moment = Moment::during) {
    kill_at_ = changes_ + n;
    moment_ = moment;
  }

  /// How many changes have failed as fail_after() wanted.
  [[nodiscard]] std::uint64_t failures() const { return failures_; }
  /// A sync has failed in this process.
  [[nodiscard]] bool is_broken() const;

  /// Every file there is, by path, and another content for one; durable.
  [[nodiscard]] std::map<std::string, std::string> files() const;
  void put(const std::string& path, std::string bytes);

  /// A new process: everything written is there, synced or not. Locks ended with the old one.
  void restart();
  /// Power was lost: only what was synced is there.
  void crash();
  /// The same, but of what was appended and not synced a part may have reached the disk.
  void crash(std::uint64_t random);

 private:
  /// Two views: as processes see the file now, and as it is after the power was lost.
  struct File {
    std::optional<std::string> now, durable;  // empty = there is no such file
    bool longer = true;                       // `durable` is the beginning of `now`
    bool broken = false;                      // a sync failed
  };
  enum class Fate : unsigned char { success, failure, death_before, death_during, death_after };
  Fate next_change();
  [[noreturn]] void die();
  static void make_durable(File& file);
  File* find(const std::string& path);
  [[nodiscard]] bool has_directory(const std::string& path) const;

  std::map<std::string, File> files_;
  std::set<std::string> directories_;
  std::shared_ptr<std::set<std::string>> locked_ = std::make_shared<std::set<std::string>>();
  std::uint64_t changes_ = 0, fail_at_ = 0, kill_at_ = 0, failures_ = 0, written_ = 0;
  Moment moment_ = Moment::during;
  bool dead_ = false;
};

}  // namespace weir::test
