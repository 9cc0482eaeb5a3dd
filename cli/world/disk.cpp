// POSIX calls rather than <filesystem>: fewer questions per file, errors without exceptions, and half the
// time to compile. Directories are walked in the order of their names, so that output never depends on the
// disk.
#include "cli/world/disk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <unordered_set>

#include "cli/world/ignore.hpp"

namespace weir::cli::world {

namespace {

std::string quoted(std::string_view path) {
  return "'" + std::string(path) + "'";
}

constexpr std::size_t largest_file = std::size_t{256} << 20u;

std::string reason(int error) {
  return std::strerror(error);
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ > STDIN_FILENO) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

bool is_directory(const std::string& path, const struct dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool exists(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0;
}

}  // namespace

bool is_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

bool is_directory(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool same_file(const std::string& a, const std::string& b) {
  struct stat first {
  }, second{};
  return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

namespace {

bool has_wildcard(std::string_view path) {
  return path.find_first_of("*?[") != std::string_view::npos;
}

/// A TOML file is ours when its first key is `weir`; blank lines and comments may stand before it.
bool is_weir_toml(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  char buffer[4096];
  const ssize_t size = file.number() < 0 ? -1 : ::read(file.number(), buffer, sizeof buffer);
  std::string_view text(buffer, size < 0 ? 0 : static_cast<std::size_t>(size));
  for (;;) {
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return false;
    text.remove_prefix(start);
    if (text.front() != '#') break;
    text.remove_prefix(std::min(text.size(), text.find('\n')));
  }
  if (!text.starts_with("weir")) return false;
  text.remove_prefix(4);
  const std::size_t next = text.find_first_not_of(" \t");
  return next != std::string_view::npos && text[next] == '=';
}

/// Others call their forms the same, and write them in XML.
bool is_json(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  char buffer[256];
  const ssize_t size = file.number() < 0 ? -1 : ::read(file.number(), buffer, sizeof buffer);
  const std::string_view text(buffer, size < 0 ? 0 : static_cast<std::size_t>(size));
  const std::size_t first = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

/// Walks directories and collects the files that match.
class Walk {
 public:
  explicit Walk(Inputs& inputs) : inputs_(inputs) {}

  void file(const std::string& path, bool named) {
    if (seen_.insert(path).second) inputs_.files.push_back({path, named});
  }

  /// The definitions directly in a folder.
  void folder(const std::string& path) {
    deep_ = false;
    directory(path, {});
  }

  /// All files below `path` with a definition's name, or those that match `pattern` when it is not empty.
  void directory(std::string path, std::string_view pattern) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    read_parents(path);
    const std::size_t before = inputs_.files.size(), errors = inputs_.errors.size();
    found_ = false;
    walk(path == "." ? "" : path == "/" ? path : path + "/", pattern);
    if (found_ || inputs_.files.size() != before || inputs_.errors.size() != errors) return;
    inputs_.errors.push_back(pattern.empty() ? quoted(path) + " holds no BPMN, DMN or weir TOML file"
                                             : "no file matches " + quoted(pattern));
  }

 private:
  /// The ignore files that stand above a directory, up to the top of the repository, hold below it too.
  void read_parents(const std::string& path) {
    ignore_files_.clear();
    char* absolute = ::realpath(path.c_str(), nullptr);
    if (absolute == nullptr) return;
    top_ = absolute;
    std::free(absolute);  // NOLINT: allocated by realpath
    std::vector<std::string> parents;
    for (std::string at = top_; at.size() > 1 && !exists(at + "/.git");) {
      at.erase(at.find_last_of('/'));
      parents.push_back(at + "/");
      if (exists(at + "/.git")) {
        for (auto parent = parents.rbegin(); parent != parents.rend(); ++parent) read_ignore_files(*parent);
        break;
      }
    }
    if (top_ != "/") top_ += '/';
  }

  /// Paths inside are absolute: `directory` is.
  void read_ignore_files(const std::string& directory) {
    for (const char* name : {".gitignore", ".weirignore"})
      if (exists(directory + name))
        if (const Result<std::string> text = read_file(directory + name); text.has_value())
          ignore_files_.emplace_back(directory, *text);
  }

  [[nodiscard]] bool ignored(const std::string& absolute, bool directory) const {
    for (auto file = ignore_files_.rbegin(); file != ignore_files_.rend(); ++file) {
      const IgnoreFile::Verdict verdict = file->verdict(absolute, directory);
      if (verdict != IgnoreFile::Verdict::silent) return verdict == IgnoreFile::Verdict::ignored;
    }
    return false;
  }

  /// `shown` is how messages call the directory, with a '/' at its end; "" is the current one.
  void walk(const std::string& shown, std::string_view pattern) {
    // Depth first in the order of names, entries of a directory pushed in reverse; no recursion, as nesting
    // may be as deep as the disk allows.
    struct Entry {
      std::string shown, absolute;
      bool is_directory;
      std::size_t ignore_files;  // how many hold for it
    };
    std::vector<Entry> stack{{shown, top_, true, ignore_files_.size()}};
    while (!stack.empty()) {
      const Entry entry = std::move(stack.back());
      stack.pop_back();
      ignore_files_.erase(ignore_files_.begin() + static_cast<std::ptrdiff_t>(entry.ignore_files),
                          ignore_files_.end());
      if (!entry.is_directory) {
        if (pattern.empty() ? wanted(entry.shown) : wildcard_match(pattern, entry.shown)) {
          found_ = true;
          file(entry.shown, !pattern.empty());
        }
        continue;
      }
      read_ignore_files(entry.absolute);
      std::vector<Entry> inside;
      const std::unique_ptr<DIR, int (*)(DIR*)> directory(
          ::opendir(entry.shown.empty() ? "." : entry.shown.c_str()), ::closedir);
      if (!directory) {
        inputs_.errors.push_back("cannot read the directory " + quoted(entry.shown) + ": " + reason(errno));
        continue;
      }
      while (const struct dirent* each = ::readdir(directory.get())) {
        const std::string_view name = each->d_name;
        if (name == "." || name == ".." || name == ".git" || name == ".weir") continue;
        Entry found{entry.shown + each->d_name, entry.absolute + each->d_name, false, ignore_files_.size()};
        found.is_directory = is_directory(found.shown, *each);
        if (ignored(found.absolute, found.is_directory)) continue;
        if (found.is_directory && !deep_) continue;
        if (found.is_directory) {
          found.shown += '/';
          found.absolute += '/';
        }
        inside.push_back(std::move(found));
      }
      std::sort(inside.begin(), inside.end(),
                [](const Entry& a, const Entry& b) { return a.shown > b.shown; });
      std::move(inside.begin(), inside.end(), std::back_inserter(stack));
    }
  }

  static bool wanted(const std::string& path) {
    return is_definition_name(path) && (!path.ends_with(".toml") || is_weir_toml(path)) &&
           (!path.ends_with(".form") || is_json(path));
  }

  Inputs& inputs_;
  std::unordered_set<std::string> seen_;
  std::vector<IgnoreFile> ignore_files_;
  std::string top_;  // absolute, with a '/' at its end
  bool found_ = false;
  bool deep_ = true;
};

}  // namespace

bool is_definition_name(std::string_view path) {
  path.remove_prefix(path.find_last_of('/') + 1);  // npos + 1 == 0
  for (const std::string_view ending : {".bpmn", ".bpmn2", ".bpmn20.xml", ".dmn", ".toml", ".form"})
    if (path.size() > ending.size() && path.ends_with(ending)) return true;
  return false;
}

Result<std::string> read_file(const std::string& path) {
  const std::string shown = path == "-" ? "standard input" : quoted(path);
  const Descriptor file(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) return Error{"cannot read " + shown + ": " + reason(errno)};
  struct stat status {};
  std::size_t expected = 0;
  if (::fstat(file.number(), &status) == 0 && S_ISREG(status.st_mode))
    expected = static_cast<std::size_t>(status.st_size);
  if (expected > largest_file) return Error{"cannot read " + shown + ": it is larger than 256 MiB"};
  std::string bytes(expected + 1, '\0');  // one more, so that the end of a file of known size is seen at once
  std::size_t size = 0;
  for (;;) {
    if (size == bytes.size())
      bytes.resize(std::clamp<std::size_t>(bytes.size() * 2, 1u << 16u, largest_file + 1));
    const ssize_t got = ::read(file.number(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{"cannot read " + shown + ": " + reason(errno)};
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size > largest_file) return Error{"cannot read " + shown + ": it is larger than 256 MiB"};
  }
  bytes.resize(size);
  return bytes;
}

Result<std::size_t> write_file(const std::string& path, std::string_view bytes) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.number() < 0) return Error{"cannot write " + quoted(path) + ": " + reason(errno)};
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t put = ::write(file.number(), bytes.data() + done, bytes.size() - done);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return Error{"cannot write " + quoted(path) + ": " + reason(errno)};
    done += static_cast<std::size_t>(put);
  }
  return done;
}

Inputs find_inputs(const std::vector<std::string>& operands) {
  Inputs inputs;
  Walk walk(inputs);
  for (const std::string& operand : operands) {
    struct stat status {};
    if (operand == "-") {
      walk.file(operand, true);
    } else if (::stat(operand.c_str(), &status) == 0) {
      if (S_ISDIR(status.st_mode)) {
        walk.directory(operand, {});
      } else {
        walk.file(operand, true);
      }
    } else if (errno == ENOENT && has_wildcard(operand)) {
      // The directory before the first wildcard is where to look.
      const std::size_t slash = operand.find_last_of('/', operand.find_first_of("*?["));
      const std::string start = slash == std::string::npos ? "."
                                : slash == 0               ? "/"
                                                           : operand.substr(0, slash);
      if (exists(start)) {
        walk.directory(start, operand);
      } else {
        inputs.errors.push_back("no file matches " + quoted(operand));
      }
    } else {
      inputs.errors.push_back("cannot read " + quoted(operand) + ": " + reason(errno));
    }
  }
  return inputs;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

std::vector<Input> find_around(const std::string& folder) {
  char* absolute = ::realpath(folder.c_str(), nullptr);
  if (absolute == nullptr) return {};
  std::string project = absolute;
  std::free(absolute);  // NOLINT: allocated by realpath
  while (!project.empty() && !exists(project + "/weir.toml")) project.erase(project.find_last_of('/'));
  Inputs inputs;
  Walk walk(inputs);
  if (project.empty())
    walk.folder(folder);
  else
    walk.directory(project, {});
  return inputs.files;
}

std::vector<Input> find_neighbours(const std::string& path) {
  std::vector<Input> found = find_around(folder_of(path));
  std::erase_if(found, [&](const Input& each) { return same_file(each.path, path); });
  return found;
}

}  // namespace weir::cli::world
