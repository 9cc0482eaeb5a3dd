// The file is read as lines; what belongs to no command is kept as it is, so that an update changes outputs
// only.
#include "tests/support/transcript.hpp"

#include <stdlib.h>
#include <sys/wait.h>

#include <cstdio>
#include <fstream>

#include "tests/support/paths.hpp"

namespace weir::test {

namespace {

using Lines = std::vector<std::string>;

Lines read_lines(const std::filesystem::path& file) {
  std::ifstream stream(file);
  Lines lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string joined(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

std::string in_single_quotes(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// A directory for instances, of one file's commands; gone afterwards.
struct StateDirectory {
  std::string path = (std::filesystem::temp_directory_path() / "weir-transcript-XXXXXX").string();
  StateDirectory() {
    if (::mkdtemp(path.data()) == nullptr) path.clear();
  }
  StateDirectory(const StateDirectory&) = delete;
  StateDirectory& operator=(const StateDirectory&) = delete;
  ~StateDirectory() {
    std::error_code ignored;
    if (!path.empty()) std::filesystem::remove_all(path, ignored);
  }
};

/// Output and exit line of a command, without blank lines at its end. The clock stands still.
Lines run(const std::string& command, const std::filesystem::path& folder, const std::string& state) {
  const std::string script =
      "unset CLICOLOR_FORCE; export LC_ALL=C.UTF-8 TERM=dumb WEIR_NOW=2026-11-25T09:00:00Z" +
      (" WEIR_STATE=" + in_single_quotes(state)) + " PATH=" + in_single_quotes(binary_dir().string()) +
      ":\"$PATH\"; cd " + in_single_quotes(folder.string()) + " && { " + command + "\n} 2>&1 </dev/null";
  std::string text;
  FILE* pipe = ::popen(script.c_str(), "r");
  if (pipe == nullptr) return {"cannot run sh"};
  char buffer[4096];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, got);
  const int status = ::pclose(pipe);
  Lines lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (code != 0) lines.push_back("[exit " + std::to_string(code) + "]");
  return lines;
}

}  // namespace

TranscriptResult run_transcript(const std::filesystem::path& file, bool update) {
  const bool markdown = file.extension() == ".md";
  const Lines lines = read_lines(file);
  TranscriptResult result;
  const StateDirectory state;
  Lines rewritten;
  bool inside = !markdown;
  for (std::size_t i = 0; i < lines.size();) {
    if (markdown && lines[i].starts_with("```")) inside = lines[i] == "```console";
    rewritten.push_back(lines[i]);
    if (!inside || !lines[i].starts_with("$ ")) {
      ++i;
      continue;
    }
    Difference step;
    step.line = i + 1;
    step.command = lines[i++].substr(2);
    while (i < lines.size() && lines[i].starts_with("> ")) {  // a command of several lines
      rewritten.push_back(lines[i]);
      step.command += '\n' + lines[i++].substr(2);
    }
    Lines expected;
    while (i < lines.size() && !lines[i].starts_with("$ ") && !lines[i].starts_with(markdown ? "```" : "#"))
      expected.push_back(lines[i++]);
    std::size_t blank = 0;  // they only separate
    for (; !expected.empty() && expected.back().empty(); ++blank) expected.pop_back();
    const Lines actual = run(step.command, file.parent_path(), state.path);
    rewritten.insert(rewritten.end(), actual.begin(), actual.end());
    rewritten.insert(rewritten.end(), blank, "");
    ++result.commands;
    if (actual == expected) continue;
    step.expected = joined(expected);
    step.actual = joined(actual);
    result.differences.push_back(std::move(step));
  }
  if (update && !result.differences.empty()) {
    std::ofstream(file) << joined(rewritten);
    result.differences.clear();
  }
  return result;
}

}  // namespace weir::test
