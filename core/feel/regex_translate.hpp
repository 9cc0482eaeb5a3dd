// The regular expressions of XPath and XQuery (Functions and Operators 3.1 section 5.6, XML Schema part 2
// appendix G) as patterns of PCRE2.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::feel {

struct UnicodeBlock {
  std::string_view name;
  std::uint32_t first;
  std::uint32_t last;
};
/// "BasicLatin", "CyrillicSupplement" ...; null when there is none.
const UnicodeBlock* find_block(std::string_view name);

struct RegexFlags {
  bool dot_all = false;       // s
  bool multi_line = false;    // m
  bool ignore_case = false;   // i
  bool ignore_space = false;  // x
  bool literal = false;       // q
};

/// False when a letter is no flag.
bool parse_flags(std::string_view text, RegexFlags& flags);

/// The pattern for PCRE2 (UTF, no options but the ones for case and matching unset groups), or why it is
/// wrong.
struct Translated {
  std::string pattern;
  const char* error = nullptr;
};
Translated translate_regex(std::string_view pattern, const RegexFlags& flags);

}  // namespace weir::feel
