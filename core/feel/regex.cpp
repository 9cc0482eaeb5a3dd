// A pattern is translated, compiled once and kept; from its eighth use on it is machine code. Match limits
// end patterns that would backtrack for ever.
#include "core/feel/regex.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "core/feel/regex_translate.hpp"

namespace weir::feel {

namespace {
constexpr std::uint32_t match_limit = 2'000'000;
constexpr std::uint32_t depth_limit = 100'000;
constexpr std::uint32_t heap_limit_kib = 64 * 1024;
constexpr unsigned uses_before_jit = 8;

// Where ECMAScript differs from Perl: \uhhhh, [] and [^], $ only at the very end, \d and \w of ASCII. \C
// could cut characters.
constexpr std::uint32_t script_options =
    PCRE2_ALT_BSUX | PCRE2_ALLOW_EMPTY_CLASS | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
}  // namespace

struct Regex::Code {
  pcre2_code* code = nullptr;
  pcre2_match_data* data = nullptr;
  pcre2_match_context* context = nullptr;
  Code() = default;
  Code(const Code&) = delete;
  Code& operator=(const Code&) = delete;
  ~Code() {
    pcre2_match_context_free(context);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
  }
};

Regex::~Regex() = default;

std::unique_ptr<Regex> Regex::compile(std::string_view pattern, std::string_view flags_text,
                                      std::string& error, RegexSyntax syntax) {
  const bool script = syntax == RegexSyntax::ecmascript;
  RegexFlags flags;
  if (!parse_flags(flags_text, flags)) {
    error = "a flag other than s, m, i, x, q";
    return nullptr;
  }
  const Translated translated =
      script ? Translated{std::string(pattern), nullptr} : translate_regex(pattern, flags);
  if (translated.error != nullptr) {
    error = translated.error;
    return nullptr;
  }
  int code = 0;
  PCRE2_SIZE offset = 0;
  const std::uint32_t options =
      PCRE2_UTF | PCRE2_MATCH_UNSET_BACKREF |
      (script ? script_options : PCRE2_UCP | (flags.ignore_case ? PCRE2_CASELESS : 0u));
  std::unique_ptr<Regex> regex(new Regex());  // NOLINT: private constructor
  regex->code_ = std::make_unique<Code>();
  pcre2_compile_context* compile_context = pcre2_compile_context_create(nullptr);
  pcre2_set_newline(compile_context, script ? PCRE2_NEWLINE_ANYCRLF : PCRE2_NEWLINE_LF);
  if (script) pcre2_set_compile_extra_options(compile_context, PCRE2_EXTRA_BAD_ESCAPE_IS_LITERAL);
  regex->code_->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.pattern.data()),
                                     translated.pattern.size(), options, &code, &offset, compile_context);
  pcre2_compile_context_free(compile_context);
  if (regex->code_->code == nullptr) {
    PCRE2_UCHAR message[128];
    pcre2_get_error_message(code, message, sizeof message);
    error = reinterpret_cast<const char*>(message);
    return nullptr;
  }
  regex->code_->data = pcre2_match_data_create_from_pattern(regex->code_->code, nullptr);
  regex->code_->context = pcre2_match_context_create(nullptr);
  pcre2_set_match_limit(regex->code_->context, match_limit);
  pcre2_set_depth_limit(regex->code_->context, depth_limit);
  pcre2_set_heap_limit(regex->code_->context, heap_limit_kib);
  std::uint32_t groups = 0;
  pcre2_pattern_info(regex->code_->code, PCRE2_INFO_CAPTURECOUNT, &groups);
  regex->groups_.resize(groups + 1);
  return regex;
}

Regex::Outcome Regex::search(std::string_view text, std::size_t from) {
  if (++uses_ == uses_before_jit) pcre2_jit_compile(code_->code, PCRE2_JIT_COMPLETE);
  const auto* subject = reinterpret_cast<PCRE2_SPTR>(text.data() != nullptr ? text.data() : "");
  // The first search of a text starts at 0 and checks its encoding.
  const std::uint32_t options = from > 0 ? PCRE2_NO_UTF_CHECK : 0;
  int found = pcre2_match(code_->code, subject, text.size(), from, options, code_->data, code_->context);
  if (found == PCRE2_ERROR_JIT_STACKLIMIT)
    found = pcre2_match(code_->code, subject, text.size(), from, options | PCRE2_NO_JIT, code_->data,
                        code_->context);
  if (found == PCRE2_ERROR_NOMATCH) return Outcome::none;
  if (found < 0)
    return found <= PCRE2_ERROR_UTF8_ERR1 && found >= PCRE2_ERROR_UTF8_ERR21 ? Outcome::none : Outcome::limit;
  const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(code_->data);
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    const bool matched = offsets[2 * i] != PCRE2_UNSET;
    groups_[i] = matched ? RegexGroup{offsets[2 * i], offsets[2 * i + 1], true} : RegexGroup{};
  }
  return Outcome::match;
}

Regex* RegexCache::find(std::string_view pattern, std::string_view flags, std::string& error,
                        RegexSyntax syntax) {
  for (const auto& item : items_) {
    if (item->pattern != pattern || item->flags != flags || item->syntax != syntax) continue;
    error = item->error;
    return item->regex.get();
  }
  auto item = std::make_unique<Item>();
  item->pattern = pattern;
  item->flags = flags;
  item->syntax = syntax;
  item->regex = Regex::compile(pattern, flags, item->error, syntax);
  error = item->error;
  Regex* regex = item->regex.get();
  if (items_.size() < capacity) {
    items_.push_back(std::move(item));
  } else {
    items_[next_++ % capacity] = std::move(item);
  }
  return regex;
}

}  // namespace weir::feel
