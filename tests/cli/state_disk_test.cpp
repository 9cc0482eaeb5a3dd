// What both disks do, then what only one of them can be made to do.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "cli/world/real_disk.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_disk.hpp"
#include "tests/support/paths.hpp"

using namespace weir;
using namespace weir::cli::world;
using test::Killed;
using test::MemoryDisk;
namespace fs = std::filesystem;

namespace {

/// A new folder below the build folder, of this process: others run other cases meanwhile.
std::string folder() {
  const fs::path root = test::binary_dir() / "state_disk_test" / std::to_string(::getpid());
  fs::remove_all(root);
  fs::create_directories(root);
  return root.string();
}

std::string content(StateDisk& disk, const std::string& path) {
  const Result<std::string> bytes = disk.read(path);
  return bytes ? *bytes : "error: " + bytes.error().message;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("the disk in memory and the real one do the same") {
  const bool real = GENERATE(false, true);
  CAPTURE(real);
  std::unique_ptr<StateDisk> owned;
  if (real)
    owned = std::make_unique<RealDisk>();
  else
    owned = std::make_unique<MemoryDisk>();
  StateDisk& disk = *owned;
  const std::string root = real ? folder() : "root";
  REQUIRE(disk.make_directory(root));
  const std::string file = root + "/file";

  SECTION("a missing file has no bytes and cannot be read, synced or cut") {
    CHECK_FALSE(*disk.exists(file));
    CHECK(*disk.size(file) == 0);
    CHECK_FALSE(disk.read(file));
    CHECK_FALSE(disk.sync(file));
    CHECK_FALSE(disk.truncate(file, 0));
    CHECK(disk.remove(file));
    CHECK(disk.list(root + "/none")->empty());
    CHECK_FALSE(disk.append(root + "/none/file", "x"));
    CHECK_FALSE(disk.replace(root + "/none/file", "x"));
  }
  SECTION("appending creates the file and lets it grow") {
    REQUIRE(disk.append(file, "one"));
    REQUIRE(disk.append(file, ""));
    REQUIRE(disk.append(file, std::string("\0two", 4)));
    CHECK(disk.sync(file));
    CHECK(content(disk, file) == std::string("one\0two", 7));
    CHECK(*disk.size(file) == 7);
    CHECK(*disk.read(file, 4) == "two");
    CHECK(disk.read(file, 7)->empty());
    CHECK(disk.read(file, 99)->empty());
  }
  SECTION("cutting never makes a file longer, and appending goes on at the new end") {
    REQUIRE(disk.append(file, "123456"));
    CHECK(disk.truncate(file, 3));
    CHECK_FALSE(disk.truncate(file, 4));
    REQUIRE(disk.append(file, "x"));
    CHECK(content(disk, file) == "123x");
  }
  SECTION("replacing changes the whole file, and appending goes on with the new one") {
    REQUIRE(disk.append(file, "a long old text"));
    REQUIRE(disk.replace(file, "new"));
    CHECK(content(disk, file) == "new");
    REQUIRE(disk.append(file, "er"));
    CHECK(content(disk, file) == "newer");
    CHECK(*disk.list(root) == Names{"file"});
  }
  SECTION("a removed file is gone, and appending creates it again") {
    REQUIRE(disk.append(file, "old"));
    REQUIRE(disk.remove(file));
    CHECK_FALSE(*disk.exists(file));
    CHECK(disk.list(root)->empty());
    REQUIRE(disk.append(file, "new"));
    CHECK(content(disk, file) == "new");
  }
  SECTION("directories are made with their parents, and listed in the order of names") {
    REQUIRE(disk.make_directory(root + "/b/c/d"));
    REQUIRE(disk.make_directory(root + "/b/c/d"));
    REQUIRE(disk.append(root + "/c", ""));
    REQUIRE(disk.append(root + "/a", ""));
    REQUIRE(disk.append(root + "/a.1.tmp", ""));
    CHECK(*disk.list(root) == Names{"a", "b", "c"});
    CHECK(*disk.list(root + "/b/c") == Names{"d"});
    CHECK(*disk.exists(root + "/b"));
    CHECK_FALSE(disk.make_directory(root + "/a"));
  }
  SECTION("one has the lock at a time") {
    Result<std::unique_ptr<StateDisk::Lock>> first = disk.lock(root + "/lock", 0);
    REQUIRE(first);
    const auto second = disk.lock(root + "/lock", 0);
    REQUIRE_FALSE(second);
    CHECK(second.error().message ==
          "'" + root + "/lock' is locked by process " + std::to_string(real ? ::getpid() : 1));
    CHECK(disk.lock(root + "/other", 0));
    first->reset();
    CHECK(disk.lock(root + "/lock", 0));
  }
}

TEST_CASE("the real disk sees that another process replaced a file it has open") {
  const std::string root = folder(), file = root + "/file";
  RealDisk disk, other;
  REQUIRE(disk.append(file, "old"));
  REQUIRE(other.replace(file, "new"));
  REQUIRE(disk.append(file, "er"));
  CHECK(content(disk, file) == "newer");
  REQUIRE(other.remove(file));
  REQUIRE(disk.append(file, "again"));
  CHECK(content(other, file) == "again");
}

TEST_CASE("a real file that cannot grow is as it was") {
  const std::string file = folder() + "/file";
  RealDisk disk;
  REQUIRE(disk.append(file, "0123456789"));
  struct rlimit before {};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  struct rlimit little = before;
  little.rlim_cur = 15;
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &little) == 0);
  const Result<Done> appended = disk.append(file, "0123456789");
  const Result<Done> fitting = disk.append(file, "01234");
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, handler);
  REQUIRE_FALSE(appended);
  CHECK(appended.error().message == "cannot append to '" + file + "': File too large");
  CHECK(fitting);
  CHECK(content(disk, file) == "012345678901234");
}

TEST_CASE("a full device fails for good: it cannot be cut back") {
  RealDisk disk;
  const Result<Done> first = disk.append("/dev/full", "x"), second = disk.append("/dev/full", "");
  REQUIRE_FALSE(first);
  CHECK(first.error().message == "cannot append to '/dev/full': No space left on device");
  REQUIRE_FALSE(second);
  CHECK(second.error().message == first.error().message);
  CHECK_FALSE(disk.sync("/dev/full"));
}

TEST_CASE("the real lock ends with its process, and others can wait for it") {
  const std::string path = folder() + "/lock";
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    RealDisk disk;
    const auto lock = disk.lock(path, 0);
    const char answer = lock ? '1' : '0';
    if (::write(ready[1], &answer, 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  char answer = 0;
  REQUIRE(::read(ready[0], &answer, 1) == 1);
  REQUIRE(answer == '1');
  RealDisk disk;
  const auto refused = disk.lock(path, 20);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "'" + path + "' is locked by process " + std::to_string(child));
  ::kill(child, SIGKILL);
  CHECK(disk.lock(path, 5000));
  ::waitpid(child, nullptr, 0);
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("whoever waits for the real lock gets it, though its holder takes it again at once") {
  const std::string path = folder() + "/greedy";
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    RealDisk disk;
    for (bool told = false;;) {
      const auto lock = disk.lock(path, 60'000);
      if (!told && ::write(ready[1], "1", 1) != 1) ::_exit(1);
      told = true;
      std::this_thread::sleep_for(std::chrono::milliseconds(3));
    }
  }
  char answer = 0;
  REQUIRE(::read(ready[0], &answer, 1) == 1);
  RealDisk disk;
  for (int i = 0; i < 20; ++i) CHECK(disk.lock(path, 10'000));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("the disk in memory forgets what was not synced") {
  MemoryDisk disk;
  REQUIRE(disk.append("log", "synced "));
  REQUIRE(disk.sync("log"));
  REQUIRE(disk.append("log", "not synced"));
  REQUIRE(disk.append("new", "nothing of this"));
  REQUIRE(disk.replace("whole", "durable at once"));
  SECTION("nothing of it reached the disk") {
    disk.crash();
    CHECK(content(disk, "log") == "synced ");
    CHECK(content(disk, "new").empty());
    CHECK(content(disk, "whole") == "durable at once");
  }
  SECTION("a part of it did") {
    std::set<std::size_t> sizes;
    for (std::uint64_t random = 0; random < 200; ++random) {
      MemoryDisk copy = disk;
      copy.crash(random);
      const std::string left = content(copy, "log");
      CHECK(std::string("synced not synced").starts_with(left));
      sizes.insert(left.size());
    }
    CHECK(*sizes.begin() == 7);
    CHECK(sizes.size() == 11);
  }
  SECTION("a new process sees all of it") {
    disk.restart();
    CHECK(content(disk, "log") == "synced not synced");
  }
}

TEST_CASE("the disk in memory fails when it shall, and a failed sync is final") {
  MemoryDisk disk;
  REQUIRE(disk.append("log", "a"));
  disk.fail_after(2);
  CHECK(disk.append("log", "b"));
  CHECK_FALSE(disk.append("log", "c"));
  CHECK(disk.append("log", "d"));
  CHECK(content(disk, "log") == "abd");
  disk.fail_after(1);
  CHECK_FALSE(disk.sync("log"));
  CHECK_FALSE(disk.sync("log"));
  CHECK_FALSE(disk.append("log", "e"));
  CHECK(disk.append("other", "e"));
  disk.restart();
  CHECK(disk.sync("log"));
  CHECK(disk.changes() == 9);
}

TEST_CASE("the disk in memory kills before, during and after a change") {
  using Moment = MemoryDisk::Moment;
  struct Case {
    Moment moment;
    const char *appended, *after_sync, *replaced, *removed;
  };
  const Case each = GENERATE(Case{Moment::before, "1234", "1234", "1234", "1234"},
                             Case{Moment::during, "123456", "123456", "1234", "1234"},
                             Case{Moment::after, "12345678", "12345678", "new", "error: "});
  MemoryDisk disk;
  REQUIRE(disk.append("log", "1234"));
  REQUIRE(disk.sync("log"));
  SECTION("append") {
    disk.kill_after(1, each.moment);
    CHECK_THROWS_AS(disk.append("log", "5678"), Killed);
    CHECK_FALSE(disk.append("log", "dead"));
    CHECK_FALSE(disk.lock("lock", 0));
    disk.restart();
    CHECK(content(disk, "log") == each.appended);
    CHECK(disk.append("log", "!"));
    CHECK(disk.sync("log"));
    disk.crash();
    CHECK(content(disk, "log") == each.appended + std::string("!"));
  }
  SECTION("sync") {
    REQUIRE(disk.append("log", "5678"));
    disk.kill_after(1, each.moment);
    CHECK_THROWS_AS(disk.sync("log"), Killed);
    disk.crash();
    CHECK(content(disk, "log") == each.after_sync);
  }
  SECTION("replace") {
    disk.kill_after(1, each.moment);
    CHECK_THROWS_AS(disk.replace("log", "new"), Killed);
    disk.crash();
    CHECK(content(disk, "log") == each.replaced);
  }
  SECTION("remove") {
    disk.kill_after(1, each.moment);
    CHECK_THROWS_AS(disk.remove("log"), Killed);
    disk.crash();
    CHECK(content(disk, "log").starts_with(each.removed));
  }
}
