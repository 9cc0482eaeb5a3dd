#include "tests/support/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <ctime>

#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

namespace weir::test {

Child::Child(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
  const std::string weir = binary_dir() / "weir";
  std::vector<char*> words{const_cast<char*>(weir.c_str())};  // NOLINT: C interface
  for (const std::string& each : arguments) words.push_back(const_cast<char*>(each.c_str()));  // NOLINT
  words.push_back(nullptr);
  int ends[2] = {};
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  process_ = ::fork();
  if (process_ == 0) {
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(ends[1], STDOUT_FILENO);
    ::dup2(ends[1], STDERR_FILENO);
    for (const std::string& each : environment) ::putenv(const_cast<char*>(each.c_str()));  // NOLINT
    ::execv(weir.c_str(), words.data());
    ::_exit(99);
  }
  ::close(ends[1]);
  output_ = ends[0];
  REQUIRE(process_ > 0);
}

Child::~Child() {
  if (process_ > 0) wait();
}

Child::End Child::wait() {
  End end;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::read(output_, buffer, sizeof buffer)) != 0;)
    if (got > 0)
      end.written.append(buffer, static_cast<std::size_t>(got));
    else if (errno != EINTR)
      break;
  ::close(output_);
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) continue;
  process_ = -1;
  if (WIFEXITED(status)) end.code = WEXITSTATUS(status);
  return end;
}

Child::End Child::kill_after(std::chrono::microseconds time) {
  struct timespec left {};
  left.tv_sec = time.count() / 1'000'000;
  left.tv_nsec = time.count() % 1'000'000 * 1000;
  ::nanosleep(&left, nullptr);
  ::kill(process_, SIGKILL);  // it is not waited for yet, so the number is still its own
  return wait();
}

}  // namespace weir::test
