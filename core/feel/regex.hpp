// Regular expressions on PCRE2, seen by nobody else.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::feel {

/// A part of a text; `matched` is false for a group that took no part.
struct RegexGroup {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool matched = false;
};

/// How patterns are written: XPath and XQuery Functions and Operators 3.1 section 5.6, as FEEL has them, or
/// ECMAScript (ECMA-262 section 22.2), as forms have them, without flags.
enum class RegexSyntax : std::uint8_t { xpath, ecmascript };

class Regex {
 public:
  /// Null when the pattern or the flags are wrong; `error` says why.
  static std::unique_ptr<Regex> compile(std::string_view pattern, std::string_view flags, std::string& error,
                                        RegexSyntax syntax = RegexSyntax::xpath);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  enum class Outcome : std::uint8_t { match, none, limit };
  /// Looks for the first match at or after `from`. Groups of the match: groups(). `limit`: the match was
  /// given up because it took too many steps.
  Outcome search(std::string_view text, std::size_t from);
  [[nodiscard]] std::span<const RegexGroup> groups() const { return groups_; }
  [[nodiscard]] std::size_t group_count() const { return groups_.size() - 1; }

 private:
  Regex() = default;
  struct Code;
  std::unique_ptr<Code> code_;
  std::vector<RegexGroup> groups_;  // [0] is the whole match
  unsigned uses_ = 0;
};

/// The patterns used last, compiled.
class RegexCache {
 public:
  /// Null when the pattern is wrong.
  Regex* find(std::string_view pattern, std::string_view flags, std::string& error,
              RegexSyntax syntax = RegexSyntax::xpath);

 private:
  struct Item {
    std::string pattern;
    std::string flags;
    RegexSyntax syntax = RegexSyntax::xpath;
    std::unique_ptr<Regex> regex;
    std::string error;
  };
  static constexpr std::size_t capacity = 32;
  std::vector<std::unique_ptr<Item>> items_;
  std::size_t next_ = 0;
};

}  // namespace weir::feel
