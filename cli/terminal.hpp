// What a command writes to: results to stdout, everything else to stderr; colour only where somebody sees it.
#pragma once

#include <string>
#include <string_view>

#include "cli/exit_code.hpp"

namespace weir::cli {

enum class ColorMode : unsigned char { automatic, always, never };

class Terminal {
 public:
  /// Looks at the streams and at NO_COLOR, CLICOLOR_FORCE and TERM; `mode` is --color and wins.
  Terminal(ColorMode mode, bool quiet);

  [[nodiscard]] bool color() const { return color_; }
  [[nodiscard]] bool quiet() const { return quiet_; }

  /// The result of the command. Buffered; written at the latest by finish().
  void out(std::string_view text);
  /// "error: " + one sentence, on stderr.
  void error(std::string_view message);
  /// A remark on stderr, not with -q.
  void note(std::string_view message);

  /// One line on a stderr that somebody watches, in place of the last one; empty takes it away.
  void progress(std::string_view line);

  /// Writes what is left and joins `code` with what became of the output: a closed pipe or a full disk.
  [[nodiscard]] ExitCode finish(ExitCode code);

 private:
  void flush();

  bool color_ = false;
  bool color_on_stderr_ = false;
  bool quiet_ = false;
  bool watched_ = false;   // stderr is a terminal
  bool progress_ = false;  // a line of progress is there
  int write_error_ = 0;    // errno of the first write that failed; nothing is written after it
  std::string pending_;
};

}  // namespace weir::cli
