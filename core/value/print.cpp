// One walk for both forms; they differ in texts at the top and in temporal values.
#include "core/value/print.hpp"

namespace weir::value {

namespace {

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
  out += '"';
}

bool is_plain_name(std::string_view name) {
  if (name.empty()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
    if (!letter && !(i > 0 && ((c >= '0' && c <= '9') || c == ' '))) return false;
  }
  return true;
}

enum class Style { text, literal };

void append(std::string& out, const Value& value, Style style);

void append_range(std::string& out, const Range& range, Style style) {
  switch (range.form) {
    case Range::Form::less:
      out += "(<";
      break;
    case Range::Form::less_equal:
      out += "(<=";
      break;
    case Range::Form::greater:
      out += "(>";
      break;
    case Range::Form::greater_equal:
      out += "(>=";
      break;
    case Range::Form::equal:
      out += "(=";
      break;
    case Range::Form::not_equal:
      out += "(!=";
      break;
    case Range::Form::interval:
      out += range.low_closed ? '[' : '(';
      append(out, range.low, style);
      out += "..";
      append(out, range.high, style);
      out += range.high_closed ? ']' : ')';
      return;
  }
  append(out, range.has_low ? range.low : range.high, style);
  out += ')';
}

/// Inside of composites texts are always quoted.
void append(std::string& out, const Value& value, Style style) {
  const auto temporal = [&](const std::string& text) {
    if (style == Style::literal) out += "@\"";
    out += text;
    if (style == Style::literal) out += '"';
  };
  switch (value.kind()) {
    case Kind::null:
      out += "null";
      break;
    case Kind::boolean:
      out += value.truth() ? "true" : "false";
      break;
    case Kind::number:
      out += value.decimal().to_text();
      break;
    case Kind::string:
      append_quoted(out, value.text());
      break;
    case Kind::date:
      temporal(to_text(value.date()));
      break;
    case Kind::time:
      temporal(to_text(value.time()));
      break;
    case Kind::date_time:
      temporal(to_text(value.date_time()));
      break;
    case Kind::days_time_duration:
      temporal(to_text(value.days_time_duration()));
      break;
    case Kind::years_months_duration:
      temporal(to_text(value.years_months_duration()));
      break;
    case Kind::list: {
      out += '[';
      bool first = true;
      for (const Value& item : value.items()) {
        if (!first) out += ", ";
        first = false;
        append(out, item, style);
      }
      out += ']';
      break;
    }
    case Kind::context: {
      out += '{';
      bool first = true;
      for (const Entry& entry : value.entries()) {
        if (!first) out += ", ";
        first = false;
        if (is_plain_name(entry.key.text())) {
          out += entry.key.text();
        } else {
          append_quoted(out, entry.key.text());
        }
        out += ": ";
        append(out, entry.value, style);
      }
      out += '}';
      break;
    }
    case Kind::range:
      append_range(out, value.range(), style);
      break;
    case Kind::function:
      out += "function(...)";
      break;
  }
}

}  // namespace

void append_text(std::string& out, const Value& value) {
  if (value.is(Kind::string)) {
    out += value.text();
  } else {
    append(out, value, Style::text);
  }
}

std::string to_text(const Value& value) {
  std::string out;
  append_text(out, value);
  return out;
}

std::string to_literal(const Value& value) {
  std::string out;
  append(out, value, Style::literal);
  return out;
}

}  // namespace weir::value
