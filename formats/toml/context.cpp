// Messages name the key and point at the value; suggestions come as fixes where the replacement is certain.
#include "formats/toml/context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/did_you_mean.hpp"
#include "core/feel/expression.hpp"
#include "formats/toml/texts.hpp"

namespace weir::formats::toml {

namespace {

/// A file that is something else altogether has more unknown keys than anybody wants to read.
constexpr std::size_t most_unknown_keys = 20;

std::string_view group_of(std::string_view code) {
  if (code == "unresolved-reference") return "references";
  if (code == "side-path" || code == "end-with-outgoing" || code == "flow-crosses-scope")
    return "correctness";
  if (code == "toml-encoding") return "syntax";
  if (code == "unsupported-connection") return "engine";
  if (code == "expression-syntax") return "expressions";
  return "schema";
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

Diagnostic& Problems::error(std::string_view code, Span span, std::string message) {
  Diagnostic& made = diagnostics_.error(std::string(code), std::move(message), span);
  made.group = group_of(code);
  return made;
}

void Problems::unresolved(std::string_view what, std::string_view word, Span span, Words known) {
  const std::string_view near = suggests() ? did_you_mean(word, known) : std::string_view{};
  ++unresolved_;
  Diagnostic& made =
      error("unresolved-reference", span,
            near.empty() ? fmt::format("unknown {} '{}'", what, word)
                         : fmt::format("unknown {} '{}'; did you mean '{}'?", what, word, near));
  if (!near.empty()) made.fixes.push_back({fmt::format("write '{}'", near), span, std::string(near)});
}

void Problems::check_keys(const Value& table, Words known, std::string_view where, Words unsupported) {
  std::size_t unknown = 0;
  const Entry* last = nullptr;
  for (const Entry& each : table.entries) {
    if (std::find(known.begin(), known.end(), each.key) != known.end()) continue;
    if (std::find(unsupported.begin(), unsupported.end(), each.key) != unsupported.end()) {
      error("unsupported-key", each.key_span,
            fmt::format("this version of weir does not read '{}' {} yet", each.key, where));
      continue;
    }
    last = &each;
    if (++unknown > most_unknown_keys) continue;
    const std::string_view near = did_you_mean(each.key, known);
    Diagnostic& made =
        error("unknown-key", each.key_span,
              near.empty() ? fmt::format("unknown key '{}' {}", each.key, where)
                           : fmt::format("unknown key '{}' {}; did you mean '{}'?", each.key, where, near));
    if (!near.empty())
      made.fixes.push_back({fmt::format("write '{}'", near), each.key_span, std::string(near)});
  }
  if (unknown > most_unknown_keys)
    error("unknown-key", last->key_span,
          fmt::format("{} more unknown keys {}", unknown - most_unknown_keys, where));
}

const std::string* Problems::text(const Entry& entry) {
  if (entry.value.is_string()) return &entry.value.text;
  wrong(entry.value.span, fmt::format("'{}' must be a text, not {}", entry.key, kind_words(entry.value)));
  return nullptr;
}

std::optional<bool> Problems::flag(const Entry& entry) {
  if (entry.value.kind == Value::Kind::boolean) return entry.value.boolean;
  wrong(entry.value.span,
        fmt::format("'{}' must be true or false, not {}", entry.key, kind_words(entry.value)));
  return std::nullopt;
}

std::optional<std::int64_t> Problems::whole(const Entry& entry, std::int64_t least, std::int64_t most) {
  const Value& value = entry.value;
  if (value.kind == Value::Kind::integer && value.integer >= least && value.integer <= most)
    return value.integer;
  wrong(value.span, fmt::format("'{}' must be a whole number from {} to {}", entry.key, least, most));
  return std::nullopt;
}

std::optional<double> Problems::number(const Entry& entry) {
  if (entry.value.is_number() && std::isfinite(entry.value.number) && entry.value.number >= 0)
    return entry.value.number;
  wrong(entry.value.span, fmt::format("'{}' must be a number from 0 up", entry.key));
  return std::nullopt;
}

std::vector<const Value*> Problems::texts(const Entry& entry) {
  if (entry.value.is_string()) return {&entry.value};
  std::vector<const Value*> out;
  if (!entry.value.is_array()) {
    wrong(entry.value.span, fmt::format("'{}' must be a text or an array of texts, not {}", entry.key,
                                        kind_words(entry.value)));
    return out;
  }
  for (const Value& each : entry.value.items) {
    if (each.is_string())
      out.push_back(&each);
    else
      wrong(each.span, fmt::format("'{}' holds texts, not {}", entry.key, kind_words(each)));
  }
  return out;
}

bool Problems::is_table(const Entry& entry) {
  if (entry.value.is_table()) return true;
  wrong(entry.value.span, fmt::format("'{}' must be a table, not {}", entry.key, kind_words(entry.value)));
  return false;
}

bool Problems::is_tables(const Entry& entry) {
  const auto& items = entry.value.items;
  if (entry.value.is_array() &&
      std::all_of(items.begin(), items.end(), [](const Value& each) { return each.is_table(); }))
    return true;
  wrong(entry.value.span, fmt::format("'{}' must be an array of tables", entry.key));
  return false;
}

Span part(const Value& string, std::size_t begin, std::size_t length) {
  const Span content = string.content;
  if (content.end - content.begin != string.text.size()) return content;
  return {content.file, content.begin + static_cast<std::uint32_t>(begin),
          content.begin + static_cast<std::uint32_t>(begin + length)};
}

std::string_view Context::keep(std::string text) {
  if (text.empty()) return {};
  return model.document.extra.emplace_back(std::move(text));
}

std::string_view Context::kept(const Entry& entry) {
  const std::string* found = text(entry);
  return found == nullptr ? std::string_view{} : keep(*found);
}

std::vector<std::string_view> Context::keep_texts(const Entry& entry) {
  std::vector<std::string_view> out;
  for (const Value* each : texts(entry)) out.push_back(keep(each->text));
  return out;
}

std::string_view Context::duration(const Entry& entry) {
  const std::string* written = text(entry);
  if (written == nullptr) return {};
  if (const auto iso = iso_duration(*written)) return keep(*iso);
  wrong(entry.value.content,
        fmt::format("'{}' is no duration; write 90s, 15m, 2h, 3d, 1d12h or PT90S", *written));
  return {};
}

std::string_view Context::data(const Value& value) {
  switch (value.kind) {
    case Value::Kind::string: {
      DataText made = data_text(value.text);
      for (const DataText::Hole& each : made.holes)
        check_feel(std::string_view(value.text).substr(each.at, each.length),
                   part(value, each.at, each.length));
      if (made.error.empty()) return keep(std::move(made.text));
      wrong(part(value, made.at, 2), made.error);
      return {};
    }
    case Value::Kind::boolean:
      return value.boolean ? "true" : "false";
    case Value::Kind::table:
    case Value::Kind::array:
      wrong(value.span, fmt::format("this must be a text or a number, not {}", kind_words(value)));
      return {};
    default:
      return parameter({}, value).text;
  }
}

std::vector<std::string_view> Context::data_list(const Entry& entry) {
  std::vector<std::string_view> out;
  for (const Value* each : texts(entry)) out.push_back(data(*each));
  return out;
}

void Context::check_feel(std::string_view feel, Span span) {
  Diagnostics found;
  feel::CompileOptions options;
  options.span = span;
  if (feel::compile(feel, feel::Language::feel, options, found)) return;
  for (const Diagnostic& each : found.list()) {
    Diagnostic& made = error("expression-syntax", each.span.known() ? each.span : span, each.message);
    made.notes = each.notes;
    made.fixes = each.fixes;
  }
}

std::string_view Context::feel_text(const Value& value) {
  const std::size_t hole = find_hole_in_feel(value.text);
  if (hole == std::string_view::npos) return keep(std::string(trimmed(value.text)));
  Diagnostic& made =
      wrong(part(value, hole, 2), "this key holds FEEL, which is written without '${' and '}'");
  const auto close = value.text.find('}', hole);
  if (close != std::string::npos)
    made.fixes.push_back({"leave '${' and '}' out", part(value, hole, close + 1 - hole),
                          value.text.substr(hole + 2, close - hole - 2)});
  return {};
}

model::Expression Context::feel(const Entry& entry) {
  model::Expression out;
  out.span = entry.value.span;
  if (text(entry) == nullptr) return out;
  out.written = true;
  out.span = entry.value.content;
  out.language = "feel";
  out.body = feel_text(entry.value);
  return out;
}

std::optional<model::Mapping> Context::mapping(const Value& value) {
  const std::string_view text = value.text;
  const auto equals = text.find('=');
  const std::string_view target = trimmed(text.substr(0, equals));
  if (equals == std::string_view::npos || !is_id(target) || text.substr(equals).starts_with("==")) {
    wrong(value.span, "an assignment is written \"variable = FEEL\"");
    return std::nullopt;
  }
  std::size_t begin = equals + 1;
  while (begin < text.size() && static_cast<unsigned char>(text[begin]) <= ' ') ++begin;
  if (begin == text.size()) {
    wrong(value.span, fmt::format("nothing is assigned to '{}'", target));
    return std::nullopt;
  }
  if (find_hole_in_feel(text.substr(begin)) != std::string_view::npos) {
    feel_text(value);  // reports
    return std::nullopt;
  }
  const std::string_view source = trimmed(text.substr(begin));
  check_feel(source, part(value, begin, source.size()));
  return model::Mapping{keep(std::string(target)), keep(std::string(source)),
                        part(value, begin, text.size() - begin)};
}

std::vector<model::Mapping> Context::mappings(const Entry& entry) {
  std::vector<model::Mapping> out;
  for (const Value* each : texts(entry))
    if (auto made = mapping(*each)) out.push_back(*made);
  return out;
}

model::Parameter Context::parameter(std::string_view key, const Value& value, bool literal) {
  using Kind = model::Parameter::Kind;
  model::Parameter out;
  out.key = key;
  out.span = value.span;
  switch (value.kind) {
    case Value::Kind::table:
      out.kind = Kind::table;
      for (const Entry& each : value.entries) {
        out.items.push_back(parameter(keep(each.key), each.value, literal));
        out.items.back().key_span = each.key_span;
      }
      break;
    case Value::Kind::array:
      out.kind = Kind::list;
      for (const Value& each : value.items) out.items.push_back(parameter({}, each, literal));
      break;
    case Value::Kind::string:
      out.kind = Kind::text;
      out.text = literal ? keep(value.text) : data(value);
      break;
    case Value::Kind::integer:
      out.kind = Kind::number;
      out.text = keep(std::to_string(value.integer));
      break;
    case Value::Kind::number: {
      out.kind = Kind::number;
      if (!std::isfinite(value.number)) {
        wrong(value.span, fmt::format("{} is no number that weir can use", value.text));
        out.text = "0";
        break;
      }
      std::string digits = value.text;  // as written: 0.1 shall stay 0.1
      std::erase(digits, '_');
      if (digits.starts_with('+')) digits.erase(0, 1);
      out.text = keep(std::move(digits));
      break;
    }
    case Value::Kind::boolean:
      out.kind = Kind::boolean;
      out.text = value.boolean ? "true" : "false";
      break;
    default:
      out.kind = Kind::temporal;
      std::string text = value.text;
      if (value.kind == Value::Kind::date_time) text = iso_date_time(text).value_or(text);
      out.text = keep(std::move(text));
      break;
  }
  return out;
}

}  // namespace weir::formats::toml
