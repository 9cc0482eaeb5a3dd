#include "tests/conformance/child_processes.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>

// AddressSanitizer reserves terabytes of address space, so the limit on memory has to stay away then.
#if defined(__SANITIZE_ADDRESS__)
#define WEIR_UNDER_ASAN true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WEIR_UNDER_ASAN true
#endif
#endif
#if !defined(WEIR_UNDER_ASAN)
#define WEIR_UNDER_ASAN false
#endif

namespace weir::conformance {

namespace {

constexpr int sleep_limit =
    30;  // seconds, only for a child that sleeps: a loaded machine must not fail an item

int cpu_seconds(const ChildLimits& limits) {
  return WEIR_UNDER_ASAN ? 10 * limits.cpu_seconds : limits.cpu_seconds;
}

void limit_time(const ChildLimits& limits) {
  const itimerval cpu{{0, 0}, {cpu_seconds(limits), 0}};
  const itimerval wall{{0, 0}, {10 * cpu_seconds(limits) + sleep_limit, 0}};
  setitimer(ITIMER_PROF, &cpu, nullptr);
  setitimer(ITIMER_REAL, &wall, nullptr);
}

/// The child: one line per item on the pipe.
[[noreturn]] void work_on(std::size_t begin, std::size_t end, const ChildLimits& limits,
                          const std::function<std::string(std::size_t)>& work, int pipe) {
  const rlimit memory{limits.memory, limits.memory};
  if (!WEIR_UNDER_ASAN && limits.memory != 0) setrlimit(RLIMIT_AS, &memory);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  for (std::size_t i = begin; i < end; ++i) {
    limit_time(limits);
    std::string line = work(i);
    std::replace(line.begin(), line.end(), '\n', ' ');
    line += '\n';
    if (write(pipe, line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(3);
  }
  _exit(0);
}

std::string cause_of_death(int status, const ChildLimits& limits) {
  if (!WIFSIGNALED(status)) return fmt::format("ended with exit code {}", WEXITSTATUS(status));
  if (WTERMSIG(status) == SIGPROF) return fmt::format("took more than {} s", cpu_seconds(limits));
  if (WTERMSIG(status) == SIGALRM) return "hung";
  return fmt::format("crashed: {}", strsignal(WTERMSIG(status)));
}

}  // namespace

void in_child_processes(
    std::size_t count, const ChildLimits& limits, const std::function<std::string(std::size_t)>& work,
    const std::function<void(std::size_t, const std::string&, const std::string&)>& done) {
  for (std::size_t at = 0; at < count;) {
    const std::size_t end = std::min(count, at + limits.batch);
    int ends[2];
    if (pipe(ends) != 0) return done(at, {}, "no process can be started");
    std::fflush(stdout);
    const pid_t child = fork();
    if (child < 0) return done(at, {}, "no process can be started");
    if (child == 0) {
      close(ends[0]);
      work_on(at, end, limits, work, ends[1]);
    }
    close(ends[1]);
    std::string answers;
    char buffer[4096];
    for (ssize_t got = 0; (got = read(ends[0], buffer, sizeof buffer)) > 0;) {
      answers.append(buffer, static_cast<std::size_t>(got));
      std::size_t from = 0;
      for (std::size_t line = answers.find('\n'); line != std::string::npos;
           line = answers.find('\n', from)) {
        done(at++, answers.substr(from, line - from), {});
        from = line + 1;
      }
      answers.erase(0, from);
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (at < end) done(at++, {}, cause_of_death(status, limits));
  }
}

}  // namespace weir::conformance
