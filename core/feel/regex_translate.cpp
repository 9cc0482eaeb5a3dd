// A recursive descent over the grammar of XML Schema's regular expressions, writing PCRE2 as it goes. What
// the two read differently is spelled out: `.` and anchors, \i and \c, blocks, class subtraction as a
// negative look-ahead before the class. What XPath does not have (look-around, possessive quantifiers, \b,
// inline flags) is an error.
#include "core/feel/regex_translate.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/feel/builtins/unicode.hpp"

namespace weir::feel {

namespace {

struct Interval {
  std::uint32_t first;
  std::uint32_t last;
};

// XML 1.0 fifth edition, productions 4 and 4a, plus the colon.
constexpr auto name_start = std::to_array<Interval>({
    {':', ':'},
    {'A', 'Z'},
    {'_', '_'},
    {'a', 'z'},
    {0xC0, 0xD6},
    {0xD8, 0xF6},
    {0xF8, 0x2FF},
    {0x370, 0x37D},
    {0x37F, 0x1FFF},
    {0x200C, 0x200D},
    {0x2070, 0x218F},
    {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF},
    {0xF900, 0xFDCF},
    {0xFDF0, 0xFFFD},
    {0x10000, 0xEFFFF},
});
constexpr auto name_part = std::to_array<Interval>({
    {'-', '.'},
    {'0', ':'},
    {'A', 'Z'},
    {'_', '_'},
    {'a', 'z'},
    {0xB7, 0xB7},
    {0xC0, 0xD6},
    {0xD8, 0xF6},
    {0xF8, 0x37D},
    {0x37F, 0x1FFF},
    {0x200C, 0x200D},
    {0x203F, 0x2040},
    {0x2070, 0x218F},
    {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF},
    {0xF900, 0xFDCF},
    {0xFDF0, 0xFFFD},
    {0x10000, 0xEFFFF},
});

template <std::size_t size>
std::string intervals(const std::array<Interval, size>& in, bool complement) {
  std::string out;
  std::uint32_t next = 0;
  for (const Interval& each : in) {
    if (!complement) {
      out += fmt::format("\\x{{{:x}}}-\\x{{{:x}}}", each.first, each.last);
    } else if (each.first > next) {
      out += fmt::format("\\x{{{:x}}}-\\x{{{:x}}}", next, each.first - 1);
    }
    next = each.last + 1;
  }
  if (complement) out += fmt::format("\\x{{{:x}}}-\\x{{10ffff}}", next);
  return out;
}

bool is_category(std::string_view name) {
  constexpr std::string_view categories =
      " L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co "
      "Cn ";
  return name.size() <= 2 && !name.empty() &&
         categories.find(fmt::format(" {} ", name)) != std::string_view::npos;
}

class Translator {
 public:
  Translator(std::string_view pattern, const RegexFlags& flags) : in_(pattern), flags_(flags) {}

  Translated run() {
    alternatives();
    if (error_ == nullptr && at_ < in_.size()) error_ = "')' without '('";
    return {std::move(out_), error_};
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < in_.size() ? in_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool at_end() const { return at_ >= in_.size(); }
  void fail(const char* why) {
    if (error_ == nullptr) error_ = why;
    at_ = in_.size();
  }

  void alternatives() {
    if (++depth_ > 100) return fail("too many groups inside each other");
    for (;;) {
      while (!at_end() && peek() != '|' && peek() != ')') piece();
      if (peek() != '|') break;
      out_ += '|';
      ++at_;
    }
    --depth_;
  }

  void piece() {
    const bool anchor = peek() == '^' || peek() == '$';
    if (peek() == '^') {
      out_ += flags_.multi_line ? "(?m:^)" : "\\A";
      ++at_;
    } else if (peek() == '$') {
      out_ += flags_.multi_line ? "(?m:$)" : "\\z";
      ++at_;
    } else {
      atom();
    }
    quantifier(anchor);
  }

  void quantifier(bool anchor) {
    if (at_end()) return;
    const char c = peek();
    if (c != '?' && c != '*' && c != '+' && c != '{') return;
    if (anchor) return fail("a quantifier after '^' or '$'");
    if (c == '{') {
      const std::size_t close = in_.find('}', at_);
      if (close == std::string_view::npos) return fail("'{' without '}'");
      const std::string_view inside = in_.substr(at_ + 1, close - at_ - 1);
      const std::size_t comma = inside.find(',');
      const auto digits = [](std::string_view text) {
        return text.size() <= 5 && text.find_first_not_of("0123456789") == std::string_view::npos;
      };
      if (inside.empty() || comma == 0 || !digits(inside.substr(0, comma)) ||
          (comma != std::string_view::npos && !digits(inside.substr(comma + 1))))
        return fail("a wrong quantifier {...}");
      out_ += in_.substr(at_, close + 1 - at_);
      at_ = close + 1;
    } else {
      out_ += c;
      ++at_;
    }
    if (peek() == '?') {
      out_ += '?';
      ++at_;
    }
    if (peek() == '?' || peek() == '*' || peek() == '+' || peek() == '{')
      fail("a quantifier after a quantifier");
  }

  void atom() {
    const char c = peek();
    switch (c) {
      case '(':
        return group();
      case '[':
        ++at_;
        return character_class();
      case '.':
        ++at_;
        out_ += flags_.dot_all ? "(?s:.)" : "[^\\n\\r]";
        return;
      case '\\':
        return escape(false);
      case '?':
      case '*':
      case '+':
        return fail("a quantifier without anything before it");
      case '{':
      case '}':
      case ']':
        return fail("a bracket that must be escaped");
      default:
        literal();
    }
  }

  void literal() {
    const std::uint32_t code = next_code_point(in_, at_);
    const bool plain =
        code >= 0x80 || (code >= '0' && code <= '9') || ((code | 32) >= 'a' && (code | 32) <= 'z');
    if (plain)
      append_code_point(out_, code);
    else
      out_ += fmt::format("\\x{{{:x}}}", code);
  }

  void group() {
    ++at_;
    bool captures = true;
    if (peek() == '?') {
      if (peek(1) != ':') return fail("'(?' other than '(?:'");
      at_ += 2;
      captures = false;
    }
    out_ += captures ? "(" : "(?:";
    std::size_t number = 0;
    if (captures) {
      closed_.push_back(false);
      number = closed_.size();
    }
    alternatives();
    if (peek() != ')') return fail("'(' without ')'");
    ++at_;
    out_ += ')';
    if (captures) closed_[number - 1] = true;
  }

  /// An escape; inside a class, what is written must be good inside brackets.
  void escape(bool in_class) {
    ++at_;
    if (at_end()) return fail("'\\' at the end");
    const char c = in_[at_++];
    switch (c) {
      case 'n':
      case 'r':
      case 't':
        out_ += '\\';
        out_ += c;
        return;
      case 's':
        return set(" \\t\\n\\r", in_class);
      case 'S':
        return set("\\x{0}-\\x{8}\\x{b}\\x{c}\\x{e}-\\x{1f}\\x{21}-\\x{10ffff}", in_class);
      case 'd':
        out_ += "\\p{Nd}";
        return;
      case 'D':
        out_ += "\\P{Nd}";
        return;
      case 'w':
        return set("\\p{L}\\p{M}\\p{N}\\p{S}", in_class);
      case 'W':
        return set("\\p{P}\\p{Z}\\p{C}", in_class);
      case 'i':
        return set(intervals(name_start, false), in_class);
      case 'I':
        return set(intervals(name_start, true), in_class);
      case 'c':
        return set(intervals(name_part, false), in_class);
      case 'C':
        return set(intervals(name_part, true), in_class);
      case 'p':
      case 'P':
        return property(c == 'P', in_class);
      case '\\':
      case '|':
      case '.':
      case '?':
      case '*':
      case '+':
      case '(':
      case ')':
      case '{':
      case '}':
      case '-':
      case '[':
      case ']':
      case '^':
      case '$':
        out_ += '\\';
        out_ += c;
        return;
      default:
        break;
    }
    if (c < '1' || c > '9' || in_class) return fail("an escape that does not exist");
    // As many digits as make the number of a group.
    auto number = static_cast<std::size_t>(c - '0');
    while (peek() >= '0' && peek() <= '9' &&
           number * 10 + static_cast<std::size_t>(peek() - '0') <= closed_.size())
      number = number * 10 + static_cast<std::size_t>(in_[at_++] - '0');
    if (number > closed_.size() || !closed_[number - 1])
      return fail("a reference to a group that is not complete");
    out_ += fmt::format("\\g{{{}}}", number);
  }

  void set(std::string_view members, bool in_class) {
    if (!in_class) out_ += '[';
    out_ += members;
    if (!in_class) out_ += ']';
  }

  void property(bool complement, bool in_class) {
    const std::size_t close = in_.find('}', at_);
    if (peek() != '{' || close == std::string_view::npos) return fail("\\p without {...}");
    const std::string_view name = in_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    if (is_category(name)) {
      out_ += fmt::format("\\{}{{{}}}", complement ? 'P' : 'p', name);
      return;
    }
    const UnicodeBlock* block = name.starts_with("Is") ? find_block(name.substr(2)) : nullptr;
    if (block == nullptr) return fail("\\p{...} with an unknown name");
    set(intervals(std::array<Interval, 1>{{{block->first, block->last}}}, complement), in_class);
  }

  /// After '['. A subtracted class becomes a look-ahead in front.
  void character_class() {
    if (++depth_ > 100) return fail("too many classes inside each other");
    const std::size_t start = out_.size();
    std::string own = "[";
    std::string subtracted;
    if (peek() == '^') {
      own += '^';
      ++at_;
    }
    bool any = false;
    for (;;) {
      if (at_end()) return fail("'[' without ']'");
      if (peek() == ']') {
        if (!any) return fail("an empty class");
        ++at_;
        break;
      }
      if (peek() == '-' && peek(1) == '[') {
        if (!any) return fail("an empty class");
        at_ += 2;
        const std::string members = out_.substr(start);
        out_.resize(start);
        character_class();
        if (error_ != nullptr) return;
        subtracted = out_.substr(start);
        out_.resize(start);
        out_ += members;
        if (peek() != ']') return fail("']' must follow a subtracted class");
        ++at_;
        break;
      }
      any = true;
      class_member();
      if (error_ != nullptr) return;
    }
    own += out_.substr(start);
    own += ']';
    out_.resize(start);
    out_ += subtracted.empty() ? own : fmt::format("(?:(?!{}){})", subtracted, own);
    --depth_;
  }

  void class_member() {
    const bool escaped_set =
        peek() == '\\' && std::string_view("sSdDwWiIcCpP").find(peek(1)) != std::string_view::npos;
    if (escaped_set) return escape(true);
    std::uint32_t first = 0;
    if (!class_character(first)) return;
    if (peek() == '-' && peek(1) != ']' && peek(1) != '[' && peek(1) != '\0') {
      ++at_;
      std::uint32_t last = 0;
      if (peek() == '\\' && std::string_view("sSdDwWiIcCpP").find(peek(1)) != std::string_view::npos)
        return fail("a range that ends in a set");
      if (!class_character(last)) return;
      if (last < first) return fail("a range whose end lies before its start");
      out_ += fmt::format("\\x{{{:x}}}-\\x{{{:x}}}", first, last);
      return;
    }
    out_ += fmt::format("\\x{{{:x}}}", first);
  }

  bool class_character(std::uint32_t& code) {
    if (peek() == '[') {
      fail("'[' inside of a class must be escaped");
      return false;
    }
    if (peek() != '\\') {
      code = next_code_point(in_, at_);
      return true;
    }
    const char c = peek(1);
    constexpr std::string_view escapable = "\\|.?*+(){}-[]^$";
    at_ += 2;
    if (c == 'n' || c == 'r' || c == 't') {
      code = c == 'n' ? 0x0A : c == 'r' ? 0x0D : 0x09;
    } else if (c != '\0' && escapable.find(c) != std::string_view::npos) {
      code = static_cast<unsigned char>(c);
    } else {
      fail("an escape that does not exist");
      return false;
    }
    return true;
  }

  std::string_view in_;
  const RegexFlags& flags_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string out_;
  std::vector<bool> closed_;  // capturing groups, in order of their opening
  const char* error_ = nullptr;
};

/// White space outside of classes does not count with the flag x, not even inside of escapes.
std::string without_space(std::string_view pattern) {
  std::string out;
  int brackets = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (brackets == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
    out += c;
    if (c == '\\' && i + 1 < pattern.size() &&
        (brackets != 0 || pattern[i + 1] == '[' || pattern[i + 1] == ']' || pattern[i + 1] == '\\')) {
      out += pattern[++i];
    } else if (c == '[') {
      ++brackets;
    } else if (c == ']' && brackets > 0) {
      --brackets;
    }
  }
  return out;
}

}  // namespace

bool parse_flags(std::string_view text, RegexFlags& flags) {
  for (const char c : text) {
    switch (c) {
      case 's':
        flags.dot_all = true;
        break;
      case 'm':
        flags.multi_line = true;
        break;
      case 'i':
        flags.ignore_case = true;
        break;
      case 'x':
        flags.ignore_space = true;
        break;
      case 'q':
        flags.literal = true;
        break;
      default:
        return false;
    }
  }
  return true;
}

Translated translate_regex(std::string_view pattern, const RegexFlags& flags) {
  if (flags.literal) {
    Translated result;
    for (std::size_t at = 0; at < pattern.size();)
      result.pattern += fmt::format("\\x{{{:x}}}", next_code_point(pattern, at));
    return result;
  }
  if (!flags.ignore_space) return Translator(pattern, flags).run();
  const std::string packed = without_space(pattern);
  return Translator(packed, flags).run();
}

}  // namespace weir::feel
