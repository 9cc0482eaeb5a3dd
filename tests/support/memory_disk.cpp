#include "tests/support/memory_disk.hpp"

#include <algorithm>

#include "core/base/random.hpp"

namespace weir::test {

namespace {

Error failed(std::string_view what, const std::string& path, std::string_view why = "the test wants it") {
  return Error{"cannot " + std::string(what) + " '" + path + "': " + std::string(why)};
}

std::string parent(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

constexpr std::string_view missing = "No such file or directory";

}  // namespace

MemoryDisk::Fate MemoryDisk::next_change() {
  if (dead_) return Fate::failure;
  ++changes_;
  if (changes_ == fail_at_) {
    ++failures_;
    return Fate::failure;
  }
  if (changes_ != kill_at_) return Fate::success;
  return moment_ == Moment::before   ? Fate::death_before
         : moment_ == Moment::during ? Fate::death_during
                                     : Fate::death_after;
}

void MemoryDisk::die() {
  dead_ = true;
  throw Killed{};
}

void MemoryDisk::make_durable(File& file) {
  if (file.longer && file.now && file.durable)
    file.durable->append(*file.now, file.durable->size());
  else
    file.durable = file.now;
  file.longer = true;
}

MemoryDisk::File* MemoryDisk::find(const std::string& path) {
  const auto found = files_.find(path);
  return found == files_.end() || !found->second.now ? nullptr : &found->second;
}

bool MemoryDisk::has_directory(const std::string& path) const {
  return path.empty() || path == "." || directories_.contains(path);
}

Result<bool> MemoryDisk::exists(const std::string& path) {
  return find(path) != nullptr || has_directory(path);
}

Result<std::uint64_t> MemoryDisk::size(const std::string& path) {
  const File* file = find(path);
  return std::uint64_t{file == nullptr ? 0 : file->now->size()};
}

Result<std::string> MemoryDisk::read(const std::string& path, std::uint64_t from, std::uint64_t most) {
  const File* file = find(path);
  if (file == nullptr) return failed("read", path, missing);
  return from < file->now->size() ? file->now->substr(from, most) : std::string();
}

Result<Done> MemoryDisk::append(const std::string& path, std::string_view bytes) {
  const Fate fate = next_change();
  if (fate == Fate::death_before) die();
  if (fate == Fate::failure) return failed("append to", path);
  if (!has_directory(parent(path))) return failed("open", path, missing);
  File& file = files_[path];
  if (file.broken) return failed("append to", path, "a sync failed before");
  written_ += bytes.size();
  const bool created = !file.now;
  if (created) {
    file.now.emplace();
    if (fate != Fate::death_during)
      make_durable(file);
    else
      file.longer = !file.durable;
  }
  file.now->append(bytes.substr(0, fate == Fate::death_during ? bytes.size() / 2 : bytes.size()));
  if (fate != Fate::success) die();
  return Done{};
}

Result<Done> MemoryDisk::sync(const std::string& path) {
  const Fate fate = next_change();
  if (fate == Fate::death_before) die();
  File* file = find(path);
  if (file == nullptr) return failed("sync", path, missing);
  if (file->broken) return failed("sync", path, "a sync failed before");
  if (fate == Fate::failure) {
    file->broken = true;
    return failed("sync", path);
  }
  if (fate == Fate::death_during && file->longer && file->durable) {
    const std::size_t done = file->durable->size();
    file->durable->append(*file->now, done, (file->now->size() - done) / 2);
  } else if (fate != Fate::death_during) {
    make_durable(*file);
  }
  if (fate != Fate::success) die();
  return Done{};
}

Result<Done> MemoryDisk::truncate(const std::string& path, std::uint64_t size) {
  const Fate fate = next_change();
  if (fate == Fate::death_before) die();
  File* file = find(path);
  if (file == nullptr) return failed("truncate", path, missing);
  if (file->broken) return failed("truncate", path, "a sync failed before");
  if (size > file->now->size()) return failed("truncate", path, "Invalid argument");
  if (fate == Fate::failure) return failed("truncate", path);
  file->now->resize(size);
  file->longer = file->longer && file->durable && file->durable->size() <= size;
  if (fate != Fate::death_during) make_durable(*file);
  if (fate != Fate::success) die();
  return Done{};
}

Result<Done> MemoryDisk::replace(const std::string& path, std::string_view bytes, Durably durably) {
  const Fate fate = next_change();
  if (fate == Fate::death_before) die();
  if (fate == Fate::failure) return failed("write", path);
  if (!has_directory(parent(path))) return failed("write", path, missing);
  File& file = files_[path];
  written_ += bytes.size();
  file.now = bytes;
  file.longer = false;
  if (fate != Fate::death_during && durably == Durably::yes) make_durable(file);
  if (fate != Fate::success) die();
  return Done{};
}

Result<Done> MemoryDisk::rename(const std::string& from, const std::string& to) {
  const Fate fate = next_change();
  if (fate == Fate::death_before) die();
  if (fate == Fate::failure || find(from) == nullptr) return failed("rename", from);
  files_[to] = files_[from];
  files_.erase(from);
  if (fate != Fate::success) die();
  return Done{};
}

Result<Done> MemoryDisk::link(const std::string& from, const std::string& to) {
  const Fate fate = next_change();
  if (fate == Fate::death_before) die();
  const File* file = find(from);
  if (fate == Fate::failure || file == nullptr || !has_directory(parent(to))) return failed("link", from);
  File& made = files_[to];
  made.now = file->now;
  made.longer = false;
  if (fate != Fate::death_during) made.durable = file->durable;  // of the bytes, what was synced
  if (fate != Fate::success) die();
  return Done{};
}

Result<Done> MemoryDisk::remove(const std::string& path, Durably durably) {
  const Fate fate = next_change();
  if (fate == Fate::death_before) die();
  if (fate == Fate::failure) return failed("remove", path);
  if (File* file = find(path)) {
    file->now.reset();
    file->longer = false;
    if (fate != Fate::death_during && durably == Durably::yes) make_durable(*file);
  }
  if (fate != Fate::success) die();
  return Done{};
}

Result<std::vector<std::string>> MemoryDisk::list(const std::string& directory) {
  std::set<std::string> names;
  const auto look_at = [&](const std::string& path) {
    if (!path.empty() && parent(path) == directory && !path.ends_with(".tmp"))
      names.insert(path.substr(directory.empty() ? 0 : directory.size() + 1));
  };
  for (const auto& [path, file] : files_)
    if (file.now) look_at(path);
  for (const std::string& path : directories_) look_at(path);
  return std::vector<std::string>(names.begin(), names.end());
}

Result<Done> MemoryDisk::make_directory(const std::string& path) {
  const Fate fate = next_change();
  if (fate == Fate::death_before) die();
  if (fate == Fate::failure) return failed("make the directory", path);
  std::string made = path;
  if (fate == Fate::death_during) made = parent(path);  // the last one is missing
  for (; !made.empty(); made = parent(made)) {
    if (find(made) != nullptr) return failed("make the directory", path, "File exists");
    directories_.insert(made);
  }
  if (fate != Fate::success) die();
  return Done{};
}

Result<std::unique_ptr<cli::world::StateDisk::Lock>> MemoryDisk::lock(const std::string& path, int) {
  class MemoryLock : public Lock {
   public:
    MemoryLock(std::shared_ptr<std::set<std::string>> locked, std::string path)
        : locked_(std::move(locked)), path_(std::move(path)) {}
    ~MemoryLock() override { locked_->erase(path_); }

   private:
    std::shared_ptr<std::set<std::string>> locked_;
    std::string path_;
  };
  if (dead_) return failed("lock", path);
  if (!has_directory(parent(path))) return failed("lock", path, missing);
  if (!locked_->insert(path).second) return Error{"'" + path + "' is locked by process 1"};
  File& file = files_[path];
  if (!file.now) file.now.emplace();
  return std::unique_ptr<Lock>(std::make_unique<MemoryLock>(locked_, path));
}

bool MemoryDisk::is_broken() const {
  return std::any_of(files_.begin(), files_.end(), [](const auto& each) { return each.second.broken; });
}

std::map<std::string, std::string> MemoryDisk::files() const {
  std::map<std::string, std::string> all;
  for (const auto& [path, file] : files_)
    if (file.now) all.emplace(path, *file.now);
  return all;
}

void MemoryDisk::put(const std::string& path, std::string bytes) {
  File& file = files_[path];
  file.now = std::move(bytes);
  file.longer = false;
  make_durable(file);
}

void MemoryDisk::restart() {
  dead_ = false;
  fail_at_ = kill_at_ = 0;
  locked_ = std::make_shared<std::set<std::string>>();  // locks that are still around end nothing
  for (auto& [path, file] : files_) file.broken = false;
}

void MemoryDisk::crash() {
  restart();
  for (auto& [path, file] : files_) {
    file.now = file.durable;
    file.longer = true;
  }
}

void MemoryDisk::crash(std::uint64_t random) {
  Random dice(random);
  for (auto& [path, file] : files_) {
    if (!file.longer || !file.now || !file.durable) {
      if (dice.chance(50)) file.durable = file.now;
      continue;
    }
    const std::size_t done = file.durable->size();
    const auto rest = static_cast<std::uint32_t>(file.now->size() - done);
    file.durable->append(*file.now, done, dice.below(rest + 1));
  }
  crash();
}

}  // namespace weir::test
