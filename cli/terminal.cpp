// Writing goes through write(2) directly: a command prints a few large texts, and so we know what became of
// each. SIGPIPE is ignored by main, so a closed pipe is an ordinary error here.
#include "cli/terminal.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "core/base/printable.hpp"

namespace weir::cli {

namespace {

bool set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool color_for(ColorMode mode, int stream) {
  if (mode != ColorMode::automatic) return mode == ColorMode::always;
  if (set("NO_COLOR")) return false;
  if (set("CLICOLOR_FORCE") && std::strcmp(std::getenv("CLICOLOR_FORCE"), "0") != 0) return true;
  const char* term = std::getenv("TERM");
  return term != nullptr && std::strcmp(term, "dumb") != 0 && isatty(stream) != 0;
}

/// Zero, or the errno of the write that failed.
int write_all(int stream, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(stream, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

constexpr std::size_t buffer_size = 1u << 16u;

}  // namespace

Terminal::Terminal(ColorMode mode, bool quiet)
    : color_(color_for(mode, STDOUT_FILENO)),
      color_on_stderr_(color_for(mode, STDERR_FILENO)),
      quiet_(quiet),
      watched_(!quiet && isatty(STDERR_FILENO) != 0) {}

void Terminal::progress(std::string_view line) {
  if (!watched_ || (line.empty() && !progress_)) return;
  progress_ = !line.empty();
  write_all(STDERR_FILENO, "\r\033[K" + printable(line, true));
}

void Terminal::flush() {
  if (write_error_ == 0) write_error_ = write_all(STDOUT_FILENO, pending_);
  pending_.clear();
}

void Terminal::out(std::string_view text) {
  pending_ += text;
  if (pending_.size() >= buffer_size) flush();
}

void Terminal::error(std::string_view message) {
  flush();  // what came before stands before it, also when both streams go to the same place
  std::string text = color_on_stderr_ ? "\033[1;31merror:\033[0m " : "error: ";
  text += printable(message, true);  // it may repeat what the user or a file said
  text += '\n';
  write_all(STDERR_FILENO, text);
}

void Terminal::note(std::string_view message) {
  if (quiet_) return;
  flush();
  write_all(STDERR_FILENO, printable(message, true) + "\n");
}

ExitCode Terminal::finish(ExitCode code) {
  flush();
  if (write_error_ == 0) return code;
  if (write_error_ == EPIPE) return combine(code, ExitCode::closed_pipe);
  error(std::string("cannot write the output: ") + std::strerror(write_error_));
  return combine(code, ExitCode::unreadable);
}

}  // namespace weir::cli
