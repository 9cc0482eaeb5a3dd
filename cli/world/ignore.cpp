// The rules of gitignore(5). A path is judged by itself; that nothing below an ignored directory is seen
// follows from not walking into it, so a directory the user names is always looked into.
#include "cli/world/ignore.hpp"

#include <utility>

namespace weir::cli::world {

namespace {

/// Whether "[...]" at the start of `pattern` contains `c`; removes it. A set without its end is an ordinary
/// '['.
bool take_set(std::string_view& pattern, char c) {
  std::size_t i = 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (bool first = true; i < pattern.size() && (first || pattern[i] != ']'); first = false) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
    const char low = pattern[i++];
    char high = low;
    if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
      high = pattern[i + 1];
      i += 2;
    }
    found = found || (low <= c && c <= high);
  }
  if (i >= pattern.size()) {
    pattern.remove_prefix(1);
    return c == '[';
  }
  pattern.remove_prefix(i + 1);
  return found != negated && c != '/';
}

/// Whether the character, `?` or set at the start of `pattern` matches `c`; `rest` is the pattern after it.
bool match_one(std::string_view pattern, char c, std::string_view& rest) {
  rest = pattern;
  if (pattern.front() == '[') return take_set(rest, c);
  if (pattern.front() == '\\' && pattern.size() > 1) rest.remove_prefix(1);
  const char wanted = rest.front();
  rest.remove_prefix(1);
  return pattern.front() == '?' ? c != '/' : wanted == c;
}

}  // namespace

bool wildcard_match(std::string_view pattern, std::string_view path) {
  // at[i]: the pattern read so far can end before path[i]. No going back, so no pattern is slow.
  std::vector<bool> at(path.size() + 1, false);
  at[0] = true;
  while (!pattern.empty()) {
    if (pattern.front() == '*') {
      const bool across = pattern.substr(0, 2) == "**";
      const bool whole_directories = pattern.substr(0, 3) == "**/";
      pattern.remove_prefix(whole_directories ? 3 : across ? 2 : 1);
      bool reached = false;  // `**/` only: some position before this one
      for (std::size_t i = 0; i < path.size(); ++i) {
        reached = reached || at[i];
        if (whole_directories ? reached && path[i] == '/' : at[i] && (across || path[i] != '/'))
          at[i + 1] = true;
      }
      continue;
    }
    std::vector<bool> next(path.size() + 1, false);
    std::string_view rest;
    match_one(pattern, '\0', rest);
    for (std::size_t i = 0; i < path.size(); ++i)
      if (at[i] && match_one(pattern, path[i], rest)) next[i + 1] = true;
    at.swap(next);
    pattern = rest;
  }
  return at[path.size()];
}

IgnoreFile::IgnoreFile(std::string directory, std::string_view text) : directory_(std::move(directory)) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    while (!line.empty() && line.back() == ' ' && !(line.size() > 1 && line[line.size() - 2] == '\\'))
      line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    Line parsed;
    if (line.front() == '!') {
      parsed.negated = true;
      line.remove_prefix(1);
    }
    if (!line.empty() && line.back() == '/') {
      parsed.only_directories = true;
      line.remove_suffix(1);
    }
    parsed.anchored = line.find('/') != std::string_view::npos;
    if (!line.empty() && line.front() == '/') line.remove_prefix(1);
    if (line.empty()) continue;
    parsed.pattern = line;
    lines_.push_back(std::move(parsed));
  }
}

IgnoreFile::Verdict IgnoreFile::verdict(std::string_view path, bool is_directory) const {
  path.remove_prefix(directory_.size());
  const std::string_view name = path.substr(path.find_last_of('/') + 1);  // npos + 1 == 0
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line)
    if ((is_directory || !line->only_directories) &&
        wildcard_match(line->pattern, line->anchored ? path : name))
      return line->negated ? Verdict::kept : Verdict::ignored;
  return Verdict::silent;
}

}  // namespace weir::cli::world
