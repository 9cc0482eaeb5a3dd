// A crash, a hang or a hunger for memory costs one file and is seen for what it is.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "formats/read.hpp"
#include "tests/conformance/child_processes.hpp"
#include "tests/conformance/suites.hpp"
#include "tests/conformance/table.hpp"

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

constexpr std::uint64_t most_memory = 500u << 20u;

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

}  // namespace

Outcome corpus(const fs::path& directory, std::span<const char* const>) {
  const std::vector<File> files = files_below(directory);
  Outcome outcome;
  outcome.total = files.size();
  ChildLimits limits;
  limits.cpu_seconds = 2;
  limits.memory = most_memory;
  in_child_processes(
      files.size(), limits, [&](std::size_t i) { return problem(files[i]); },
      [&](std::size_t i, const std::string& answer, const std::string& death) {
        if (answer.empty() && death.empty())
          ++outcome.passed;
        else
          std::printf("FAILED %s: %s\n", files[i].name.c_str(), (death.empty() ? answer : death).c_str());
      });
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  std::printf("%zu files in %.2f s of processor time, at most %ld MB\n", files.size(),
              static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                  static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6,
              used.ru_maxrss / 1024);
  return outcome;
}

}  // namespace weir::conformance
