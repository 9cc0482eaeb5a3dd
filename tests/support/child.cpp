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

/// Whether there was something before the end of what it writes.
bool Child::read_some(std::string& written) {
  char buffer[4096];
  for (;;) {
    const ssize_t got = ::read(output_, buffer, sizeof buffer);
    if (got > 0) written.append(buffer, static_cast<std::size_t>(got));
    if (got >= 0 || errno != EINTR) return got > 0;
  }
}

Child::End Child::wait() {
  End end;
  while (read_some(end.written)) continue;
  ::close(output_);
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) continue;
  process_ = -1;
  if (WIFEXITED(status)) end.code = WEXITSTATUS(status);
  return end;
}

Child::End Child::kill_after(std::chrono::microseconds time) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point stop = Clock::now() + time;
  std::string written;
  for (auto left = time; left.count() > 0;
       left = std::chrono::duration_cast<std::chrono::microseconds>(stop - Clock::now())) {
    struct timespec wait {};
    wait.tv_sec = left.count() / 1'000'000;
    wait.tv_nsec = left.count() % 1'000'000 * 1000;
    struct pollfd output {
      output_, POLLIN, 0
    };
    if (::ppoll(&output, 1, &wait, nullptr) > 0 && !read_some(written)) break;
  }
  ::kill(process_, SIGKILL);  // it is not waited for yet, so the number is still its own
  End end = wait();
  end.written.insert(0, written);
  return end;
}

}  // namespace weir::test
