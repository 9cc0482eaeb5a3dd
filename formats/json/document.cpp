// RapidJSON's events say where a token ends; where it begins follows from the text before: a string begins at
// the last quote that no odd number of backslashes precedes, other tokens after the last separator. Parsing
// is iterative, so depth is no danger.
#include "formats/json/document.hpp"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <charconv>
#include <limits>

namespace weir::formats::json {

namespace {

constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                           rapidjson::kParseNanAndInfFlag | rapidjson::kParseFullPrecisionFlag;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool separates(char c) {
  return c == ',' || c == ':' || c == '[' || c == '{' || c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

}  // namespace

/// Handler of RapidJSON's events.
struct DocumentBuilder {
  Document& document;
  std::string_view text;
  const rapidjson::MemoryStream& stream;
  std::size_t offset;  // of the stream in the text

  std::vector<std::uint32_t> open;  // containers
  std::vector<std::uint32_t> last;  // their last child so far
  std::string_view key;
  std::uint32_t key_begin = 0, key_end = 0;

  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(stream.Tell() + offset); }

  [[nodiscard]] std::uint32_t string_begin(std::uint32_t end) const {
    std::uint32_t at = end - 1;  // the closing quote
    while (at > 0) {
      --at;
      if (text[at] != '"') continue;
      std::uint32_t slashes = 0;
      while (slashes < at && text[at - 1 - slashes] == '\\') ++slashes;
      if (slashes % 2 == 0) break;
    }
    return at;
  }

  [[nodiscard]] std::uint32_t token_begin(std::uint32_t end) const {
    std::uint32_t at = end;
    while (at > offset && !separates(text[at - 1])) --at;
    return at;
  }

  Document::Node& add(Kind kind, std::uint32_t begin, std::uint32_t end) {
    const auto number = static_cast<std::uint32_t>(document.nodes_.size());
    Document::Node& node = document.nodes_.emplace_back();
    node.kind = kind;
    node.begin = begin;
    node.end = end;
    node.text = text.substr(begin, end - begin);
    node.key = key;
    node.key_begin = key_begin;
    node.key_end = key_end;
    key = {};
    key_begin = key_end = 0;
    if (open.empty()) return node;
    Document::Node& parent = document.nodes_[open.back()];
    ++parent.size;
    if (last.back() == Document::none)
      parent.first = number;
    else
      document.nodes_[last.back()].next = number;
    last.back() = number;
    return node;
  }

  bool scalar(Kind kind) {
    const std::uint32_t end = here();
    add(kind, token_begin(end), end);
    return true;
  }
  // The iterative parser reports brackets before it takes them.
  bool begin(Kind kind) {
    add(kind, here(), here() + 1);
    open.push_back(static_cast<std::uint32_t>(document.nodes_.size() - 1));
    last.push_back(Document::none);
    return true;
  }
  bool end() {
    Document::Node& node = document.nodes_[open.back()];
    node.end = here() + 1;
    node.text = text.substr(node.begin, node.end - node.begin);
    open.pop_back();
    last.pop_back();
    return true;
  }

  // The names RapidJSON calls.
  bool Null() { return scalar(Kind::null); }
  bool Bool(bool value) {
    scalar(Kind::boolean);
    document.nodes_.back().boolean = value;
    return true;
  }
  bool Int(int) { return scalar(Kind::number); }
  bool Uint(unsigned) { return scalar(Kind::number); }
  bool Int64(std::int64_t) { return scalar(Kind::number); }
  bool Uint64(std::uint64_t) { return scalar(Kind::number); }
  bool Double(double) { return scalar(Kind::number); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return scalar(Kind::number); }
  bool String(const char* content, rapidjson::SizeType length, bool) {
    const std::uint32_t end = here();
    add(Kind::string, string_begin(end), end).text = document.texts_.emplace_back(content, length);
    return true;
  }
  bool Key(const char* content, rapidjson::SizeType length, bool) {
    key_end = here();
    key_begin = string_begin(key_end);
    key = document.texts_.emplace_back(content, length);
    return true;
  }
  bool StartObject() { return begin(Kind::object); }
  bool EndObject(rapidjson::SizeType) { return end(); }
  bool StartArray() { return begin(Kind::array); }
  bool EndArray(rapidjson::SizeType) { return end(); }
};

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "a boolean";
    case Kind::number:
      return "a number";
    case Kind::string:
      return "a text";
    case Kind::array:
      return "a list";
    case Kind::object:
      return "an object";
  }
  return "null";
}

Document::Document(FileId file, const SourceMap& sources, Diagnostics& diagnostics) : file_(file) {
  const std::string_view text = sources.text(file);
  const auto fail = [&](std::string_view why, std::size_t at) {
    nodes_.clear();
    const auto place = static_cast<std::uint32_t>(std::min(at, text.size()));
    diagnostics.error("bad-json", fmt::format("this is no JSON: {}", why), {file, place, place}).group =
        "syntax";
  };
  const std::size_t offset = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    fail("it contains a zero byte", zero);
    return;
  }
  rapidjson::MemoryStream stream(text.data() + offset, text.size() - offset);
  DocumentBuilder builder{*this, text, stream, offset, {}, {}, {}, 0, 0};
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<flags>(stream, builder);
  if (result.IsError()) {
    std::string why = rapidjson::GetParseError_En(result.Code());
    if (why.ends_with('.')) why.pop_back();
    fail(why, result.Offset() + offset);
  }
}

Kind Item::kind() const {
  return exists() ? document_->nodes_[index_].kind : Kind::null;
}
std::string_view Item::text() const {
  return exists() ? document_->nodes_[index_].text : std::string_view();
}
bool Item::boolean() const {
  return exists() && document_->nodes_[index_].boolean;
}

std::optional<double> Item::number() const {
  if (!is(Kind::number) && !is(Kind::string)) return std::nullopt;
  std::string_view digits = text();
  const auto trim = [&digits] {
    while (!digits.empty() && digits.front() == ' ') digits.remove_prefix(1);
    while (!digits.empty() && digits.back() == ' ') digits.remove_suffix(1);
  };
  trim();
  if (digits.starts_with('+')) digits.remove_prefix(1);
  if (digits == "NaN") return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (end != digits.data() + digits.size()) return std::nullopt;
  if (problem == std::errc::result_out_of_range)  // 1e999, 1e-999
    return digits.find("e-") == std::string_view::npos && digits.find("E-") == std::string_view::npos
               ? std::numeric_limits<double>::infinity() * (digits.starts_with('-') ? -1 : 1)
               : 0.0;
  if (problem != std::errc{}) return std::nullopt;
  return value;
}

Span Item::span() const {
  if (!exists()) return {};
  const Document::Node& node = document_->nodes_[index_];
  return {document_->file_, node.begin, node.end};
}
std::string_view Item::key() const {
  return exists() ? document_->nodes_[index_].key : std::string_view();
}
Span Item::key_span() const {
  if (!exists()) return {};
  const Document::Node& node = document_->nodes_[index_];
  return {document_->file_, node.key_begin, node.key_end};
}

Item Item::operator[](std::string_view name) const {
  Item found;
  if (!is(Kind::object)) return found;
  for (std::uint32_t i = document_->nodes_[index_].first; i != Document::none; i = document_->nodes_[i].next)
    if (document_->nodes_[i].key == name) found = Item(document_, i);
  return found;
}

std::vector<Item> Item::items() const {
  std::vector<Item> all;
  if (!exists()) return all;
  all.reserve(document_->nodes_[index_].size);
  for (std::uint32_t i = document_->nodes_[index_].first; i != Document::none; i = document_->nodes_[i].next)
    all.push_back(Item(document_, i));
  return all;
}
std::size_t Item::size() const {
  return exists() ? document_->nodes_[index_].size : 0;
}

}  // namespace weir::formats::json
