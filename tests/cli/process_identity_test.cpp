#include "cli/world/process_identity.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "tests/support/catch.hpp"

using namespace weir::cli::world;

TEST_CASE("a process is the same one whatever it does, and not another") {
  const std::string us = this_process();
  CHECK(is_alive(us));
  {
    std::vector<char> much(std::size_t{64} << 20u, 'x');
    std::thread other([&] { much[0] = 'y'; });
    other.join();
    CHECK(this_process() == us);
    CHECK(is_alive(us));
  }
  int name[2];
  REQUIRE(::pipe(name) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string it = this_process();
    ::_exit(::write(name[1], it.data(), it.size()) == static_cast<ssize_t>(it.size()) ? 0 : 1);
  }
  REQUIRE(child > 0);
  char text[200];
  const ssize_t size = ::read(name[0], text, sizeof text);
  REQUIRE(size > 0);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  const std::string it(text, static_cast<std::size_t>(size));
  CHECK(it != us);
  CHECK_FALSE(is_alive(it));
  CHECK_FALSE(is_alive(""));
}
