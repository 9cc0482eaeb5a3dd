// posix_spawn and one poll loop over the three pipes and the end of the program. The pipes alone would not
// do: a program in the background can keep them open for ever.
#include "cli/world/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <string_view>

#include "cli/world/descriptor.hpp"

namespace weir::cli::world {

namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  Descriptor read, write;
};

/// 0, or the error. Numbers are above those of the standard streams, which the child replaces one by one.
int make_pipe(Pipe& pipe) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return errno;
  pipe.read.reset(ends[0]);
  pipe.write.reset(ends[1]);
  for (Descriptor* end : {&pipe.read, &pipe.write})
    if (end->number() <= STDERR_FILENO) {
      end->reset(::fcntl(end->number(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
      if (!end->valid()) return errno;
    }
  return 0;
}

void do_not_wait(const Descriptor& file) {
  ::fcntl(file.number(), F_SETFL, ::fcntl(file.number(), F_GETFL) | O_NONBLOCK);
}

/// While it lives, a pipe that nobody reads is an error of write(2) in this thread and nothing worse.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;
  ~NoPipeSignal() {
    const struct timespec now {};
    if (!was_pending_)
      while (sigtimedwait(&pipe_, nullptr, &now) < 0 && errno == EINTR) continue;
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_, before_;
  bool was_pending_ = false;
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const std::string& text : texts)
    out.push_back(const_cast<char*>(text.c_str()));  // NOLINT: C interface
  out.push_back(nullptr);
  return out;
}

/// 0, or the error.
int spawn(const Program& program, const Pipe (&pipes)[3], pid_t& child) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipes[0].read.number(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipes[1].write.number(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipes[2].write.number(), STDERR_FILENO);
#ifdef __GLIBC_PREREQ
#if __GLIBC_PREREQ(2, 34)  // elsewhere: all files of ours are closed on exec anyway
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
#endif
#endif
  if (!program.directory.empty()) posix_spawn_file_actions_addchdir_np(&actions, program.directory.c_str());

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  sigdelset(&all, SIGKILL);
  sigdelset(&all, SIGSTOP);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  // A new session is a new process group too, with the number of the process.
  posix_spawnattr_setflags(
      &attributes, static_cast<short>(POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));

  const std::vector<char*> arguments = pointers(program.arguments);
  const std::vector<char*> environment = pointers(program.environment);
  const int error =
      ::posix_spawnp(&child, arguments[0], &actions, &attributes, arguments.data(), environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

/// Takes what is there now; closes the pipe at its end. False: that is more than the limit.
bool take(Descriptor& pipe, std::string& out, std::size_t limit) {
  char buffer[1u << 16u];
  while (pipe.valid()) {
    const ssize_t got = ::read(pipe.number(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return true;
    if (got <= 0) {
      pipe.reset();
      return true;
    }
    out.append(buffer, static_cast<std::size_t>(got));
    if (out.size() > limit) {
      out.resize(limit);
      return false;
    }
  }
  return true;
}

/// Gives as much as the pipe holds; closes it when all is given or nobody reads.
void give(Descriptor& pipe, std::string_view& input) {
  while (pipe.valid() && !input.empty()) {
    const ssize_t put = ::write(pipe.number(), input.data(), input.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0 && errno == EAGAIN) return;
    if (put < 0) break;
    input.remove_prefix(static_cast<std::size_t>(put));
  }
  pipe.reset();
}

int milliseconds_until(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 3'600'000));
}

}  // namespace

Finished run_program(const Program& program) {
  Finished finished;
  Pipe pipes[3];
  for (Pipe& pipe : pipes)
    if ((finished.number = make_pipe(pipe)) != 0) return finished;
  const auto deadline = Clock::now() + std::chrono::microseconds(program.timeout);
  pid_t child = 0;
  if ((finished.number = spawn(program, pipes, child)) != 0) return finished;

  const NoPipeSignal no_signal;
  // Readable when the program has ended; where the system does not have that, we look from time to time.
  const Descriptor end(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  pipes[0].read.reset();
  pipes[1].write.reset();
  pipes[2].write.reset();
  Descriptor &input = pipes[0].write, &output = pipes[1].read, &errors = pipes[2].read;
  for (const Descriptor* each : {&input, &output, &errors}) do_not_wait(*each);
  std::string_view rest = program.input;
  give(input, rest);

  int status = 0;
  for (;;) {
    struct pollfd wanted[] = {{input.number(), POLLOUT, 0},  // negative numbers are skipped
                              {output.number(), POLLIN, 0},
                              {errors.number(), POLLIN, 0},
                              {end.number(), POLLIN, 0}};
    const int patience = milliseconds_until(deadline);
    ::poll(wanted, std::size(wanted), end.valid() ? patience : std::min(patience, 10));
    const bool ended = ::waitpid(child, &status, WNOHANG) == child;  // before the last look at the pipes
    give(input, rest);
    const bool fits = take(output, finished.output, program.output_limit) &&
                      take(errors, finished.errors, program.output_limit);
    if (ended && fits) break;
    if (fits && Clock::now() < deadline) continue;
    finished.how = fits ? Finished::How::timed_out : Finished::How::wrote_too_much;
    if (ended) return finished;
    ::kill(-child, SIGKILL);
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return finished;
  }
  finished.how = WIFEXITED(status) ? Finished::How::exited : Finished::How::signalled;
  finished.number = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
  return finished;
}

}  // namespace weir::cli::world
