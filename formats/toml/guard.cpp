// Knows just enough of TOML to follow strings, comments, brackets and dots; what is malformed is left to the
// parser. Depth counts everything that becomes a level of the tree: brackets, and the dots of the header and
// of the key they stand under.
#include "formats/toml/guard.hpp"

#include <fmt/format.h>

#include "formats/toml/document.hpp"

namespace weir::formats::toml {

namespace {

class Scanner {
 public:
  Scanner(std::string_view text, FileId file, std::vector<std::uint32_t>& headers, Diagnostics& diagnostics)
      : text_(text), file_(file), headers_(headers), diagnostics_(diagnostics) {}

  bool run() {
    bool line_start = true;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        line_start = true;
        if (open_.empty()) {
          in_header_ = false;
          dots_ = 0;
        }
        ++at_;
        continue;
      }
      if (c == ' ' || c == '\t' || c == '\r') {
        ++at_;
        continue;
      }
      if (!token(c, line_start && open_.empty())) return false;
      line_start = false;
    }
    return true;
  }

 private:
  bool token(char c, bool may_be_header) {
    switch (c) {
      case '#':
        at_ = std::min(text_.find('\n', at_), text_.size());
        return true;
      case '"':
      case '\'':
        return string(c);
      case '[':
        if (may_be_header) {
          headers_.push_back(static_cast<std::uint32_t>(at_));
          header_dots_ = 0;
          in_header_ = true;
          at_ += text_.substr(at_).starts_with("[[") ? 2 : 1;
          return count_dotted();
        }
        return open(c);
      case '{':
        return open(c);
      case ']':
      case '}':
        if (!open_.empty()) {
          dots_ = open_.back().dots;
          depth_ -= dots_ + 1;
          open_.pop_back();
        }
        break;
      case ',':
        dots_ = 0;
        break;
      case '.':
        return dot();
      default:
        break;
    }
    ++at_;
    return true;
  }

  /// A new level; the dots of the key before it count until it is closed.
  bool open(char c) {
    open_.push_back({c, dots_});
    depth_ += dots_ + 1;
    dots_ = 0;
    ++at_;
    return depth_within_limit();
  }

  bool dot() {
    ++(in_header_ ? header_dots_ : dots_);
    // Dots of numbers are counted too: there is at most one in each.
    if (dots_ == 1 && !count_dotted()) return false;
    ++at_;
    return depth_within_limit();
  }

  bool depth_within_limit() {
    if (depth_ + dots_ + header_dots_ <= deepest_nesting) return true;
    return refuse(at_ - 1, fmt::format("nested more than {} levels deep", deepest_nesting));
  }

  bool count_dotted() {
    if (++dotted_ <= most_dotted_keys) return true;
    return refuse(at_, fmt::format("more than {} headers and dotted keys", most_dotted_keys));
  }

  bool string(char quote) {
    const std::size_t begin = at_;
    const std::string_view rest = text_.substr(at_);
    const bool several_lines = rest.size() >= 3 && rest[1] == quote && rest[2] == quote;
    at_ += several_lines ? 3 : 1;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\' && quote == '"') {
        at_ += 2;
        continue;
      }
      if (c == '\n' && !several_lines) break;  // not closed; the parser says so
      ++at_;
      if (c != quote) continue;
      if (!several_lines) break;
      if (text_.substr(at_ - 1, 3) != std::string_view(quote == '"' ? "\"\"\"" : "'''")) continue;
      at_ += 2;
      while (at_ < text_.size() && text_[at_] == quote) ++at_;  // up to two quotes may end the content
      break;
    }
    at_ = std::min(at_, text_.size());
    if (at_ - begin <= longest_string) return true;
    return refuse(begin, fmt::format("a text of {} bytes; at most {} are read", at_ - begin, longest_string));
  }

  bool refuse(std::size_t offset, std::string message) {
    const auto begin = static_cast<std::uint32_t>(std::min(offset, text_.size() - 1));
    Diagnostic& made = diagnostics_.error("toml-limit", std::move(message), {file_, begin, begin + 1});
    made.group = "syntax";
    return false;
  }

  struct Open {
    char bracket;
    std::size_t dots;
  };
  std::string_view text_;
  FileId file_;
  std::vector<std::uint32_t>& headers_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  std::size_t depth_ = 0;        // of what is in open_
  std::size_t dots_ = 0;         // of the key being read
  std::size_t header_dots_ = 0;  // of the section
  std::size_t dotted_ = 0;       // so far
  bool in_header_ = false;
};

}  // namespace

bool within_limits(std::string_view text, FileId file, std::vector<std::uint32_t>& headers,
                   Diagnostics& diagnostics) {
  if (text.size() > most_bytes) {
    Diagnostic& made = diagnostics.error(
        "toml-limit", fmt::format("the file has {} bytes; at most {} are read", text.size(), most_bytes),
        {file, 0, 0});
    made.group = "syntax";
    return false;
  }
  return Scanner(text, file, headers, diagnostics).run();
}

}  // namespace weir::formats::toml
