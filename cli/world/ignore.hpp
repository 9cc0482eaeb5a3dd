// What .gitignore files say: gitignore(5), read once per directory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace weir::cli::world {

/// Does a path match a pattern of gitignore(5)? `*` and `?` stop at '/', `**` does not, `[a-z]` and `\` as
/// usual.
bool wildcard_match(std::string_view pattern, std::string_view path);

/// The lines of one ignore file; `directory` is where it stands ("" or with a '/' at its end).
class IgnoreFile {
 public:
  IgnoreFile(std::string directory, std::string_view text);
  enum class Verdict : unsigned char { silent, ignored, kept };
  /// What the last line that matches `path` says; `path` begins with `directory`.
  [[nodiscard]] Verdict verdict(std::string_view path, bool is_directory) const;

 private:
  struct Line {
    std::string pattern;
    bool negated = false;
    bool only_directories = false;
    bool anchored = false;  // has a '/' before its end: matches from `directory` on, else at any depth
  };
  std::string directory_;
  std::vector<Line> lines_;
};

}  // namespace weir::cli::world
