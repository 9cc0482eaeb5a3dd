// Linux. What is durable when: bytes after fdatasync of their file, names after fsync of their directory. The
// lock is one of open file descriptions (F_OFD_SETLK): it ends with its process, and other descriptors of the
// same file do not end it.
#include "cli/world/real_disk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <system_error>
#include <thread>

namespace weir::cli::world {

namespace {

Error failed(std::string_view what, const std::string& path, int error) {
  return Error{"cannot " + std::string(what) + " '" + path + "': " + std::strerror(error)};
}

int open_file(const std::string& path, int flags) {
  int number = -1;
  do number = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  while (number < 0 && errno == EINTR);
  return number;
}

/// 0, or the error.
int write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(file, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return 0;
}

/// The rest of the file from an offset on; 0, or the error.
int read_all(int file, std::uint64_t from, std::string& bytes, std::uint64_t most = StateDisk::to_end) {
  struct stat status {};
  if (::fstat(file, &status) != 0) return errno;
  const auto end = static_cast<std::uint64_t>(status.st_size);
  bytes.resize(std::min(most, end > from ? end - from : 0));
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got =
        ::pread(file, bytes.data() + size, bytes.size() - size, static_cast<off_t>(from + size));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;  // cut meanwhile
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return 0;
}

std::string parent(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

/// Makes the names in the directory around a file durable.
Result<Done> sync_parent(const std::string& path) {
  const std::string directory = parent(path);
  const Descriptor file(open_file(directory, O_RDONLY | O_DIRECTORY));
  if (file.valid() && ::fsync(file.number()) == 0) return Done{};
  if (file.valid() && (errno == EINVAL || errno == ENOTSUP)) return Done{};  // file systems that cannot
  return failed("sync the directory", directory, errno);
}

std::string read_boot_id() {
  const Descriptor file(open_file("/proc/sys/kernel/random/boot_id", O_RDONLY));
  char text[64];
  const ssize_t size = file.valid() ? ::read(file.number(), text, sizeof text) : 0;
  const std::string_view read(text, size > 0 ? static_cast<std::size_t>(size) : 0);
  return std::string(read.substr(0, read.find('\n')));
}

const std::string& boot_id() {
  static const std::string id = read_boot_id();
  return id;
}

/// Parts of the lock's file, which need not be that long.
struct Range {
  off_t begin = 0, size = 0;
};
constexpr Range work{0, off_t{1} << 40u}, turn{off_t{1} << 40u, 1};

struct flock range_lock(short type, Range range) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = range.begin;
  lock.l_len = range.size;
  return lock;
}

class RealLock : public StateDisk::Lock {
 public:
  explicit RealLock(Descriptor file) : file_(std::move(file)) {}

  [[nodiscard]] bool is_wanted() const override {
    if (!file_.valid()) return false;
    struct flock lock = range_lock(F_WRLCK, turn);
    return ::fcntl(file_.number(), F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  }

 private:
  Descriptor file_;
};

/// Who holds a lock, as its file says: "123 BOOT-ID".
std::string holder(int file) {
  std::string text;
  if (read_all(file, 0, text) != 0) text.clear();
  const std::size_t blank = text.find(' ');
  int process = 0;
  if (blank != std::string::npos) std::from_chars(text.data(), text.data() + blank, process);
  // Another boot: the file is on a disk that several machines share, or its holder has not written yet.
  if (process <= 0 || text.substr(blank + 1) != boot_id() + "\n") return "another process";
  return "process " + std::to_string(process);
}

using Time = std::chrono::steady_clock::time_point;

int set_range(int file, short type, Range range) {
  struct flock lock = range_lock(type, range);
  return ::fcntl(file, F_OFD_SETLK, &lock) == 0 ? 0 : errno;
}

/// EAGAIN: others had it until then.
int take(int file, Range range, Time patience, short type = F_WRLCK) {
  for (auto pause = std::chrono::microseconds(100);;
       pause = std::min(2 * pause, std::chrono::microseconds(5000))) {
    const int error = set_range(file, type, range);
    if (error != EAGAIN && error != EACCES && error != EINTR) return error;
    if (std::chrono::steady_clock::now() >= patience) return EAGAIN;
    std::this_thread::sleep_for(pause);
  }
}

/// Whoever may only read needs that nobody writes meanwhile. Without a lock's file nobody ever has.
Result<std::unique_ptr<StateDisk::Lock>> lock_to_read(const std::string& path, Time patience) {
  Descriptor file(open_file(path, O_RDONLY));
  if (!file.valid() && errno != ENOENT) return failed("lock", path, errno);
  if (file.valid()) {
    const int error = take(file.number(), work, patience, F_RDLCK);
    if (error == EAGAIN) return Error{"'" + path + "' is locked by " + holder(file.number())};
    if (error != 0) return failed("lock", path, error);
  }
  return std::unique_ptr<StateDisk::Lock>(std::make_unique<RealLock>(std::move(file)));
}

}  // namespace

Result<bool> RealDisk::exists(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return true;
  if (errno == ENOENT || errno == ENOTDIR) return false;
  return failed("look at", path, errno);
}

Result<std::uint64_t> RealDisk::size(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return static_cast<std::uint64_t>(status.st_size);
  if (errno == ENOENT || errno == ENOTDIR) return std::uint64_t{0};
  return failed("look at", path, errno);
}

Result<std::string> RealDisk::read(const std::string& path, std::uint64_t from, std::uint64_t most) {
  const Descriptor file(open_file(path, O_RDONLY));
  if (!file.valid()) return failed("read", path, errno);
  std::string bytes;
  if (const int error = read_all(file.number(), from, bytes, most)) return failed("read", path, error);
  return bytes;
}

Result<RealDisk::Growing*> RealDisk::open(const std::string& path, Missing missing) {
  Growing& growing = this->growing(path);
  if (!growing.failure.empty()) return Error{growing.failure};
  struct stat status {};
  if (growing.file.valid()) {
    // While the descriptor is open, no other file can get its number.
    if (::stat(path.c_str(), &status) == 0 && status.st_dev == growing.device &&
        status.st_ino == growing.inode)
      return &growing;
    growing.file.reset();
  }
  Descriptor file(open_file(path, O_RDWR | O_APPEND));
  if (!file.valid() && errno == ENOENT && missing == Missing::create)
    file.reset(open_file(path, O_RDWR | O_APPEND | O_CREAT));
  if (!file.valid() || ::fstat(file.number(), &status) != 0) return failed("open", path, errno);
  // An empty file is new, or its maker died before its name was durable.
  if (status.st_size == 0)
    if (const Result<Done> named = sync_parent(path); !named) return named.error();
  growing.file = std::move(file);
  growing.device = status.st_dev;
  growing.inode = status.st_ino;
  return &growing;
}

Error RealDisk::fail_for_good(Growing& growing, std::string message) {
  growing.file.reset();
  growing.failure = std::move(message);
  return Error{growing.failure};
}

Result<Done> RealDisk::append(const std::string& path, std::string_view bytes) {
  const Result<Growing*> opened = open(path, Missing::create);
  if (!opened) return opened.error();
  Growing& growing = **opened;
  struct stat status {};
  if (::fstat(growing.file.number(), &status) != 0) return failed("append to", path, errno);
  const int error = write_all(growing.file.number(), bytes);
  if (error == 0) return Done{};
  const Error problem = failed("append to", path, error);
  // Half a record must not stay: the next one would be appended to it.
  if (::ftruncate(growing.file.number(), status.st_size) != 0) return fail_for_good(growing, problem.message);
  return problem;
}

Result<Done> RealDisk::sync(const std::string& path) {
  if (!syncs_) return Done{};
  Growing& growing = this->growing(path);
  // What was appended went to the open descriptor, also when the name belongs to another file by now.
  if (!growing.file.valid())
    if (const Result<Growing*> opened = open(path, Missing::fail); !opened) return opened.error();
  if (::fdatasync(growing.file.number()) != 0)
    return fail_for_good(growing, failed("sync", path, errno).message);
  return Done{};
}

std::future<Result<Done>> RealDisk::append_aside(const std::string& path, std::string_view bytes) {
  try {
    return std::async(std::launch::async, [this, path, bytes] {
      Result<Done> appended = append(path, bytes);
      return appended ? sync(path) : std::move(appended);
    });
  } catch (const std::system_error&) {  // no more threads
    return append_durably(path, bytes);
  }
}

Result<Done> RealDisk::truncate(const std::string& path, std::uint64_t size) {
  const Result<Growing*> opened = open(path, Missing::fail);
  if (!opened) return opened.error();
  Growing& growing = **opened;
  struct stat status {};
  if (::fstat(growing.file.number(), &status) != 0) return failed("truncate", path, errno);
  if (size > static_cast<std::uint64_t>(status.st_size)) return failed("truncate", path, EINVAL);
  if (::ftruncate(growing.file.number(), static_cast<off_t>(size)) != 0)
    return failed("truncate", path, errno);
  return sync(path);
}

Result<Done> RealDisk::replace(const std::string& path, std::string_view bytes, Durably durably) {
  const std::string temporary = path + "." + std::to_string(::getpid()) + ".tmp";
  Descriptor file(open_file(temporary, O_WRONLY | O_CREAT | O_TRUNC));
  if (!file.valid()) return failed("write", temporary, errno);
  int error = write_all(file.number(), bytes);
  if (error == 0 && durably == Durably::yes && ::fsync(file.number()) != 0) error = errno;
  file.reset();
  if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(temporary.c_str());
    return failed("write", path, error);
  }
  return durably == Durably::yes ? sync_parent(path) : Done{};
}

Result<Done> RealDisk::rename(const std::string& from, const std::string& to) {
  growing(from).file.reset();
  if (::rename(from.c_str(), to.c_str()) != 0) return failed("rename", from, errno);
  return sync_parent(to);
}

Result<Done> RealDisk::link(const std::string& from, const std::string& to) {
  if (::unlink(to.c_str()) != 0 && errno != ENOENT) return failed("write", to, errno);
  if (::link(from.c_str(), to.c_str()) != 0) return failed("link", from, errno);
  return sync_parent(to);
}

Result<Done> RealDisk::remove(const std::string& path, Durably durably) {
  growing(path).file.reset();
  if (::unlink(path.c_str()) == 0) return durably == Durably::yes ? sync_parent(path) : Done{};
  if (errno == ENOENT || errno == ENOTDIR) return Done{};
  return failed("remove", path, errno);
}

Result<std::vector<std::string>> RealDisk::list(const std::string& directory) {
  std::vector<std::string> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(directory.c_str()), ::closedir);
  if (!open && errno == ENOENT) return names;
  if (!open) return failed("read the directory", directory, errno);
  for (;;) {
    errno = 0;
    const struct dirent* entry = ::readdir(open.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != ".." && !name.ends_with(".tmp")) names.emplace_back(name);
  }
  if (errno != 0) return failed("read the directory", directory, errno);
  std::sort(names.begin(), names.end());
  return names;
}

Result<Done> RealDisk::make_directory(const std::string& path) {
  if (path.size() > 1 && path.back() == '/') return make_directory(path.substr(0, path.size() - 1));
  int error = ::mkdir(path.c_str(), 0777) == 0 ? 0 : errno;
  if (error == ENOENT && parent(path) != path && path.find('/') != std::string::npos) {
    if (Result<Done> above = make_directory(parent(path)); !above) return above;
    error = ::mkdir(path.c_str(), 0777) == 0 ? 0 : errno;
  }
  struct stat status {};
  if (error == EEXIST && ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
    // Its maker may have died before its name was durable; a directory that we may not read was made by
    // others.
    static_cast<void>(sync_parent(path));
    return Done{};
  }
  if (error != 0) return failed("make the directory", path, error);
  return sync_parent(path);
}

Result<std::unique_ptr<StateDisk::Lock>> RealDisk::lock(const std::string& path, int wait_ms) {
  const Time patience = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
  for (;;) {
    Descriptor file(open_file(path, O_RDWR | O_CREAT));
    if (!file.valid() && (errno == EROFS || errno == EACCES)) return lock_to_read(path, patience);
    if (!file.valid()) return failed("lock", path, errno);
    // Who waits has the turn, so whoever ends and begins again at once comes after it.
    int error = take(file.number(), turn, patience);
    if (error == 0) {
      error = take(file.number(), work, patience);
      static_cast<void>(set_range(file.number(), F_UNLCK, turn));
    }
    if (error == EAGAIN) return Error{"'" + path + "' is locked by " + holder(file.number())};
    struct stat ours {
    }, named{};
    if (error != 0 || ::fstat(file.number(), &ours) != 0)
      return failed("lock", path, error != 0 ? error : errno);
    // Somebody removed the file after we opened it: others lock the new one.
    if (::stat(path.c_str(), &named) != 0 || ours.st_dev != named.st_dev || ours.st_ino != named.st_ino)
      continue;
    const std::string us = std::to_string(::getpid()) + " " + boot_id() + "\n";
    std::string last;
    error = read_all(file.number(), 0, last);
    // A durable step costs one sync; what is written here would be part of it.
    if (error == 0 && last != us) {
      error = ::ftruncate(file.number(), 0) == 0 ? 0 : errno;
      if (error == 0) error = write_all(file.number(), us);
    }
    // The text only helps people; a full disk is no reason not to work.
    if (error != 0 && error != ENOSPC && error != EDQUOT) return failed("lock", path, error);
    return std::unique_ptr<Lock>(std::make_unique<RealLock>(std::move(file)));
  }
}

}  // namespace weir::cli::world
