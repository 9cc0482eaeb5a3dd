// The operating system's disk.
#pragma once

#include <sys/types.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "cli/world/descriptor.hpp"
#include "cli/world/state_disk.hpp"

namespace weir::cli::world {

class RealDisk : public StateDisk {
 public:
  /// sync() does nothing from here on: what was appended is durable when the system thinks so. Everything
  /// else is as durable as ever.
  void never_sync() { syncs_ = false; }

  Result<bool> exists(const std::string& path) override;
  Result<std::uint64_t> size(const std::string& path) override;
  Result<std::string> read(const std::string& path, std::uint64_t from = 0,
                           std::uint64_t most = to_end) override;
  Result<Done> append(const std::string& path, std::string_view bytes) override;
  Result<Done> sync(const std::string& path) override;
  std::future<Result<Done>> append_aside(const std::string& path, std::string_view bytes) override;
  Result<Done> truncate(const std::string& path, std::uint64_t size) override;
  Result<Done> replace(const std::string& path, std::string_view bytes,
                       Durably durably = Durably::yes) override;
  Result<Done> rename(const std::string& from, const std::string& to) override;
  Result<Done> link(const std::string& from, const std::string& to) override;
  Result<Done> remove(const std::string& path, Durably durably = Durably::yes) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
  Result<Done> make_directory(const std::string& path) override;
  Result<std::unique_ptr<Lock>> lock(const std::string& path, int wait_ms) override;

 private:
  /// A file that was appended to. Its descriptor stays open: an error of writing back is told to descriptors
  /// that were open when it happened, and only once.
  struct Growing {
    Descriptor file;
    dev_t device = 0;
    ino_t inode = 0;
    std::string failure;  // why it must not be used any more; empty = it may
  };
  enum class Missing : unsigned char { create, fail };
  Result<Growing*> open(const std::string& path, Missing missing);
  static Error fail_for_good(Growing& growing, std::string message);

  Growing& growing(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return growing_[path];
  }

  std::mutex mutex_;  // of the map: each file is one thread's
  std::map<std::string, Growing> growing_;
  bool syncs_ = true;
};

}  // namespace weir::cli::world
