// The files are read in child processes, a few hundred each, so that a crash, a hang or a hunger for memory
// costs one file and is seen for what it is: the child reports after each file, and when it dies, the file it
// was at has failed and a new child goes on behind it.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "formats/read.hpp"
#include "tests/conformance/suites.hpp"
#include "tests/conformance/table.hpp"

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

namespace fs = std::filesystem;

enum class Expect : std::uint8_t {
  any,        // a model, or an error with a place
  readable,   // a model, or a DMN file that was recognised; no syntax error
  malformed,  // a finding of group syntax with a place
  rejected,   // an error with a place
};

struct File {
  fs::path path;
  std::string name;  // relative, as the tables write it
  Expect expect = Expect::any;
};

constexpr std::size_t batch = 300;
constexpr int cpu_seconds = WEIR_UNDER_ASAN ? 20 : 2;  // sanitizers cost about ten times as much
constexpr int wall_seconds = 30;  // only for a child that sleeps: a loaded machine must not fail a file
constexpr rlim_t most_memory = 500u << 20;

bool is_model(const std::string& name) {
  for (const char* extension : {".bpmn", ".bpmn2", ".xml", ".dmn"})
    if (name.ends_with(extension)) return true;
  return false;
}

std::vector<File> files_below(const fs::path& directory) {
  std::vector<File> files;
  const std::vector<Row> cases = read_table(directory / "cases.tsv");
  for (const Row& row : cases) {
    if (row.at("command") != "lint") continue;
    const std::string& name = row.at("file");
    File& file = files.emplace_back(File{directory / name, name, Expect::any});
    if (row.at("expect") == "reject") file.expect = Expect::rejected;
    if ((row.at("expect").starts_with("ok") || row.at("expect") == "warn") && is_model(name))
      file.expect = Expect::readable;
  }
  if (!cases.empty()) return files;

  std::map<std::string, Expect> expected;
  for (const Row& row : read_table(directory / "manifest.tsv")) {
    if (!row.contains("name") || !row.contains("status")) break;
    const std::string& status = row.at("status");
    expected[row.at("name")] = status == "ok"          ? Expect::readable
                               : status == "malformed" ? Expect::malformed
                                                       : Expect::any;
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file() || !is_model(entry.path().filename().string())) continue;
    const std::string name = fs::relative(entry.path(), directory).string();
    const auto found = expected.find(name);
    files.push_back({entry.path(), name, found == expected.end() ? Expect::any : found->second});
  }
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.name < b.name; });
  return files;
}

/// What is wrong with how a file was read; empty = nothing.
std::string problem(const File& file) {
  SourceMap sources;
  Diagnostics diagnostics;
  const formats::ReadResult result = formats::read(file.name, read_file(file.path), sources, diagnostics);
  bool error = false, placed_error = false, syntax_error = false, placed_syntax = false;
  std::string first;
  for (const Diagnostic& each : diagnostics.list()) {
    const bool placed = each.span.known() && each.span.end >= each.span.begin &&
                        each.span.end <= sources.text(each.span.file).size() &&
                        sources.position(each.span.file, each.span.begin).line > 0;
    if (!placed) return fmt::format("a diagnostic without a place: {}", each.message);
    const bool syntax = each.group == "syntax";
    placed_syntax = placed_syntax || syntax;
    if (each.severity != Severity::error) continue;
    if (first.empty())
      first = fmt::format("{}: {}", sources.position(each.span.file, each.span.begin).line, each.message);
    error = placed_error = true;
    syntax_error = syntax_error || syntax;
  }
  // TOML of other programs is none of weir's business: a warning says so.
  const bool foreign_toml = result.kind == formats::FileKind::toml && !diagnostics.empty();
  const bool recognised =
      result.has_model || foreign_toml || (result.kind == formats::FileKind::dmn && !syntax_error);
  switch (file.expect) {
    case Expect::any:
      return recognised || placed_error ? "" : "neither a model nor an error";
    case Expect::readable:
      if (syntax_error) return fmt::format("is well-formed, but: {}", first);
      return recognised ? "" : fmt::format("is well-formed, but gave no model: {}", first);
    case Expect::malformed:
      return placed_syntax ? "" : "is malformed, but no finding of group syntax says so";
    case Expect::rejected:
      return error ? "" : "must be rejected, but there was no error";
  }
  return "";
}

void limit_time() {
  const itimerval cpu{{0, 0}, {cpu_seconds, 0}}, wall{{0, 0}, {wall_seconds, 0}};
  setitimer(ITIMER_PROF, &cpu, nullptr);
  setitimer(ITIMER_REAL, &wall, nullptr);
}

/// The child: one line per file on the pipe.
[[noreturn]] void read_batch(const std::vector<File>& files, std::size_t begin, std::size_t end, int pipe) {
  const rlimit memory{most_memory, most_memory};
  if (!WEIR_UNDER_ASAN) setrlimit(RLIMIT_AS, &memory);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  for (std::size_t i = begin; i < end; ++i) {
    limit_time();
    std::string line = problem(files[i]);
    std::replace(line.begin(), line.end(), '\n', ' ');
    line += '\n';
    if (write(pipe, line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(3);
  }
  _exit(0);
}

std::string cause_of_death(int status) {
  if (!WIFSIGNALED(status)) return fmt::format("the reader ended with exit code {}", WEXITSTATUS(status));
  if (WTERMSIG(status) == SIGPROF) return fmt::format("took more than {} s", cpu_seconds);
  if (WTERMSIG(status) == SIGALRM) return fmt::format("hung for {} s", wall_seconds);
  return fmt::format("crashed: {}", strsignal(WTERMSIG(status)));
}

/// Runs files [begin, end) in one child; returns how many were decided, a dead one included.
std::size_t run_batch(const std::vector<File>& files, std::size_t begin, std::size_t end, Outcome& outcome) {
  int ends[2];
  if (pipe(ends) != 0) return 0;
  std::fflush(stdout);
  const pid_t child = fork();
  if (child < 0) return 0;
  if (child == 0) {
    close(ends[0]);
    read_batch(files, begin, end, ends[1]);
  }
  close(ends[1]);
  std::string answers;
  char buffer[4096];
  for (ssize_t got = 0; (got = read(ends[0], buffer, sizeof buffer)) > 0;)
    answers.append(buffer, static_cast<std::size_t>(got));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);

  std::size_t at = begin, from = 0;
  for (std::size_t line = answers.find('\n'); line != std::string::npos; line = answers.find('\n', from)) {
    const std::string text = answers.substr(from, line - from);
    from = line + 1;
    if (text.empty())
      ++outcome.passed;
    else
      std::printf("FAILED %s: %s\n", files[at].name.c_str(), text.c_str());
    ++at;
  }
  if (at < end) {
    std::printf("FAILED %s: %s\n", files[at].name.c_str(), cause_of_death(status).c_str());
    ++at;
  }
  return at - begin;
}

}  // namespace

Outcome corpus(const fs::path& directory, std::span<const char* const>) {
  const std::vector<File> files = files_below(directory);
  Outcome outcome;
  outcome.total = files.size();
  std::size_t at = 0;
  while (at < files.size()) {
    const std::size_t done = run_batch(files, at, std::min(files.size(), at + batch), outcome);
    if (done == 0) {
      std::printf("FAILED: no process can be started\n");
      break;
    }
    at += done;
  }
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  std::printf("%zu files in %.2f s of processor time, at most %ld MB\n", files.size(),
              static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                  static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6,
              used.ru_maxrss / 1024);
  return outcome;
}

}  // namespace weir::conformance
