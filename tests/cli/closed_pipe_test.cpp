#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

TEST_CASE("a pipe that nobody reads ends weir quietly, but not with 0") {
  const std::string weir = weir::test::binary_dir() / "weir";
  int ends[2] = {};
  REQUIRE(::pipe(ends) == 0);
  ::close(ends[0]);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::execl(weir.c_str(), "weir", "rules", nullptr);
    ::_exit(99);
  }
  ::close(ends[1]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 141);
}
