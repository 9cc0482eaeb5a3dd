// The only file that includes toml++. Its own asserts are turned off: a few of them fail for malformed input
// ("[\n", "[!]", "[.]") whose error it reports properly a line later, and with NDEBUG it would even promise
// the compiler that they hold. On a syntax error each section is parsed alone, so that one mistake does not
// hide the others.
#include "formats/toml/document.hpp"

#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_UNRELEASED_FEATURES 1  // TOML 1.1: line breaks inside inline tables
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "formats/toml/guard.hpp"

namespace weir::formats::toml {

namespace {

constexpr std::size_t most_errors = 20;

/// Lines and columns (in code points) of toml++ -> byte offsets, in constant time whatever the line's length.
class Offsets {
 public:
  explicit Offsets(std::string_view text) : text_(text) {
    std::uint32_t code_point = 0;
    lines_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
      if (code_point % stride == 0) marks_.push_back(static_cast<std::uint32_t>(i));
      ++code_point;
      if (text[i] == '\n') lines_.push_back(code_point);
    }
  }

  [[nodiscard]] std::uint32_t offset(const ::toml::source_position& at) const {
    if (at.line == 0 || at.line > lines_.size()) return static_cast<std::uint32_t>(text_.size());
    const std::uint32_t code_point = lines_[at.line - 1] + std::max(at.column, 1u) - 1;
    if (code_point / stride >= marks_.size()) return static_cast<std::uint32_t>(text_.size());
    std::size_t at_byte = marks_[code_point / stride];
    for (std::uint32_t i = code_point % stride; i > 0 && at_byte < text_.size(); --i) do
        ++at_byte;
      while (at_byte < text_.size() && (static_cast<unsigned char>(text_[at_byte]) & 0xC0) == 0x80);
    return static_cast<std::uint32_t>(at_byte);
  }

 private:
  static constexpr std::uint32_t stride = 64;
  std::string_view text_;
  std::vector<std::uint32_t> lines_;  // first code point of each line
  std::vector<std::uint32_t> marks_;  // byte offset of every 64th code point
};

class Converter {
 public:
  Converter(std::string_view text, FileId file) : text_(text), file_(file), offsets_(text) {}

  [[nodiscard]] Span span(const ::toml::source_region& region) const {
    const std::uint32_t begin = offsets_.offset(region.begin);
    return {file_, begin, std::max(begin, offsets_.offset(region.end))};
  }

  Value value(const ::toml::node& node) const {
    Value out;
    out.span = span(node.source());
    switch (node.type()) {
      case ::toml::node_type::table:
        table(*node.as_table(), out);
        break;
      case ::toml::node_type::array:
        out.kind = Value::Kind::array;
        for (const ::toml::node& item : *node.as_array()) out.items.push_back(value(item));
        out.in_header = !out.items.empty() && out.items.front().in_header;
        break;
      case ::toml::node_type::string:
        out.kind = Value::Kind::string;
        out.text = node.as_string()->get();
        out.content = content(out.span);
        break;
      case ::toml::node_type::integer:
        out.kind = Value::Kind::integer;
        out.integer = node.as_integer()->get();
        out.number = static_cast<double>(out.integer);
        out.text = written(out.span);
        break;
      case ::toml::node_type::floating_point:
        out.kind = Value::Kind::number;
        out.number = node.as_floating_point()->get();
        out.text = written(out.span);
        break;
      case ::toml::node_type::boolean:
        out.kind = Value::Kind::boolean;
        out.boolean = node.as_boolean()->get();
        break;
      case ::toml::node_type::date:
        out.kind = Value::Kind::date;
        out.text = written(out.span);
        break;
      case ::toml::node_type::time:
        out.kind = Value::Kind::time;
        out.text = written(out.span);
        break;
      default:
        out.kind = Value::Kind::date_time;
        out.text = written(out.span);
        break;
    }
    return out;
  }

 private:
  void table(const ::toml::table& from, Value& out) const {
    out.kind = Value::Kind::table;
    out.in_header = out.span.begin < text_.size() && text_[out.span.begin] == '[';
    for (const auto& [key, node] : from)
      out.entries.push_back({std::string(key.str()), span(key.source()), value(node)});
    std::stable_sort(out.entries.begin(), out.entries.end(),
                     [](const Entry& a, const Entry& b) { return a.key_span.begin < b.key_span.begin; });
  }

  [[nodiscard]] std::string written(Span span) const {
    std::string_view text = text_.substr(span.begin, span.end - span.begin);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return std::string(text);
  }

  [[nodiscard]] Span content(Span span) const {
    const std::string_view text = text_.substr(span.begin, span.end - span.begin);
    std::uint32_t quotes = text.starts_with("\"\"\"") || text.starts_with("'''") ? 3 : 1;
    if (text.size() < 2 * quotes) return span;
    Span inner{span.file, span.begin + quotes, span.end - quotes};
    if (quotes == 3) {  // a line break right after the opening quotes is not part of the text
      if (text_.substr(inner.begin).starts_with("\r\n"))
        inner.begin += 2;
      else if (text_.substr(inner.begin).starts_with("\n"))
        inner.begin += 1;
      inner.begin = std::min(inner.begin, inner.end);
    }
    return inner;
  }

  std::string_view text_;
  FileId file_;
  Offsets offsets_;
};

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// toml++ points behind the '=' of a key that is there already; people look for the key.
Span key_before(std::string_view text, Span at) {
  std::size_t end = std::min<std::size_t>(at.begin, text.size());
  while (end > 0 && is_blank(text[end - 1])) --end;
  if (end == 0 || text[end - 1] != '=') return at;
  --end;
  while (end > 0 && is_blank(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && !is_blank(text[begin - 1]) &&
         std::string_view("\n{,").find(text[begin - 1]) == std::string_view::npos)
    --begin;
  if (begin == end) return at;
  return {at.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// The whole [header] or [[header]] that begins here.
Span header_at(std::string_view text, Span at) {
  const std::size_t line_end = std::min(text.find('\n', at.begin), text.size());
  std::size_t end = text.find(']', at.begin);
  if (end == std::string_view::npos || end >= line_end) return at;
  while (end < line_end && text[end] == ']') ++end;
  return {at.file, at.begin, static_cast<std::uint32_t>(end)};
}

/// toml++'s words without the ceremony, and line breaks called what they are.
std::string in_short(std::string message, std::string_view piece, Span at) {
  constexpr std::string_view ceremony = "Error while parsing ";
  if (message.starts_with(ceremony)) message.erase(0, ceremony.size());
  const bool at_line_break = at.begin < piece.size() && (piece[at.begin] == '\n' || piece[at.begin] == '\r');
  const auto control = message.find("control characters other than TAB");
  if (at_line_break && control != std::string::npos)
    message.replace(control, std::string::npos, "line breaks are prohibited");
  return message;
}

/// Parses one piece of the text that begins at `base`; reports what is wrong with it.
bool parse_piece(std::string_view piece, std::uint32_t base, FileId file, Value* root,
                 Diagnostics& diagnostics) {
  const ::toml::parse_result result = ::toml::parse(piece);
  const Converter converter(piece, file);
  if (result) {
    if (root != nullptr) *root = converter.value(result.table());
    return true;
  }
  std::string message(result.error().description());
  const bool duplicate = message.find("cannot redefine") != std::string::npos ||
                         message.find("cannot insert") != std::string::npos;
  Span at = converter.span(result.error().source());
  if (duplicate) at = piece.substr(at.begin).starts_with('[') ? header_at(piece, at) : key_before(piece, at);
  if (at.end == at.begin && at.end < piece.size()) {  // one whole character
    do ++at.end;
    while (at.end < piece.size() && (static_cast<unsigned char>(piece[at.end]) & 0xC0) == 0x80);
  }
  if (duplicate)
    message = fmt::format("'{}' is there already", piece.substr(at.begin, at.end - at.begin));
  else
    message = "this is no TOML: " + in_short(message, piece, at);
  at.begin += base;
  at.end += base;
  Diagnostic& made = diagnostics.error(duplicate ? "duplicate-key" : "toml-syntax", std::move(message), at);
  made.group = "syntax";
  return false;
}

}  // namespace

const Entry* Value::find(std::string_view key) const {
  for (const Entry& each : entries)
    if (each.key == key) return &each;
  return nullptr;
}

std::string_view kind_words(const Value& value) {
  switch (value.kind) {
    case Value::Kind::table:
      return "a table";
    case Value::Kind::array:
      return "an array";
    case Value::Kind::string:
      return "a text";
    case Value::Kind::integer:
    case Value::Kind::number:
      return "a number";
    case Value::Kind::boolean:
      return "true or false";
    case Value::Kind::date:
      return "a date";
    case Value::Kind::time:
      return "a time";
    case Value::Kind::date_time:
      return "a date and time";
  }
  return "a value";
}

bool parse(std::string_view text, FileId file, Value& root, Diagnostics& diagnostics) {
  std::vector<std::uint32_t> headers;
  if (!within_limits(text, file, headers, diagnostics)) return false;
  Diagnostics whole;
  if (parse_piece(text, 0, file, &root, whole)) return true;

  // Sections alone; what is only wrong about the whole (a table defined twice) is added afterwards.
  headers.insert(headers.begin(), 0);
  headers.push_back(static_cast<std::uint32_t>(text.size()));
  std::size_t errors = 0;
  bool first_found = false;
  const Diagnostic& first = whole.list().front();
  for (std::size_t i = 0; i + 1 < headers.size() && errors < most_errors; ++i) {
    Diagnostics found;
    if (parse_piece(text.substr(headers[i], headers[i + 1] - headers[i]), headers[i], file, nullptr, found))
      continue;
    ++errors;
    first_found = first_found || found.list().front().span == first.span;
    diagnostics.add(std::move(found.list().front()));
  }
  if (!first_found && (errors == 0 || first.code == "duplicate-key")) diagnostics.add(first);
  return false;
}

}  // namespace weir::formats::toml
