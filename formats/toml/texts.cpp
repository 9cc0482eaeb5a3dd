// Literal text and holes become one FEEL concatenation, "text " + string(x), as the exchange with BPMN has
// it; a text that is exactly one hole keeps the type of its value.
#include "formats/toml/texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

#include "core/data/texts.hpp"

namespace weir::formats::toml {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Years, months, weeks, days, hours, minutes, seconds.
struct Duration {
  std::array<std::uint64_t, 7> parts{};
  std::string fraction;  // of the seconds, with its dot
  std::size_t next = 0;  // parts come in this order, each at most once
  bool any = false;

  bool set(std::size_t part, std::uint64_t value) {
    if (part < next || part >= parts.size()) return false;
    parts[part] = value;
    next = part + 1;
    return any = true;
  }
};

/// Takes up to nine digits from the front.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  if (digits == 0 || digits > 9) return std::nullopt;
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + digits, value);
  text.remove_prefix(digits);
  return value;
}

std::string take_fraction(std::string_view& text) {
  std::size_t end = 1;
  if (text.size() < 2 || text[0] != '.') return {};
  while (end < text.size() && is_digit(text[end])) ++end;
  if (end == 1 || end > 10) return {};
  std::string fraction(text.substr(0, end));
  text.remove_prefix(end);
  return fraction;
}

std::optional<Duration> parse_iso(std::string_view text) {
  constexpr std::string_view date_letters = "YMWD";
  constexpr std::string_view time_letters = "HMS";
  Duration out;
  text.remove_prefix(1);
  bool time = false;
  while (!text.empty()) {
    if (text.front() == 'T') {
      if (time || text.size() == 1) return std::nullopt;
      time = true;
      out.next = 4;
      text.remove_prefix(1);
      continue;
    }
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    const std::string fraction = take_fraction(text);
    if (text.empty()) return std::nullopt;
    const std::size_t letter = (time ? time_letters : date_letters).find(text.front());
    if (letter == std::string_view::npos || !out.set(letter + (time ? 4 : 0), *number)) return std::nullopt;
    if (!fraction.empty() && !(time && letter == 2)) return std::nullopt;
    out.fraction = fraction;
    text.remove_prefix(1);
  }
  return out.any ? std::optional(out) : std::nullopt;
}

std::optional<Duration> parse_short(std::string_view text) {
  constexpr std::array<std::string_view, 7> units = {"y", "mo", "w", "d", "h", "m", "s"};
  Duration out;
  while (!text.empty()) {
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    const std::string fraction = take_fraction(text);
    std::size_t letters = 0;
    while (letters < text.size() && is_letter(text[letters])) ++letters;
    const auto* unit = std::find(units.begin(), units.end(), text.substr(0, letters));
    const auto part = static_cast<std::size_t>(unit - units.begin());
    if (unit == units.end() || !out.set(part, *number)) return std::nullopt;
    if (!fraction.empty() && part != 6) return std::nullopt;
    out.fraction = fraction;
    text.remove_prefix(letters);
  }
  return out.any ? std::optional(out) : std::nullopt;
}

std::string written(const Duration& from) {
  const auto& part = from.parts;
  std::string out = "P";
  if (part[0] != 0) out += fmt::format("{}Y", part[0]);
  if (part[1] != 0) out += fmt::format("{}M", part[1]);
  if (const auto days = part[2] * 7 + part[3]; days != 0) out += fmt::format("{}D", days);
  std::string time;
  if (part[4] != 0) time += fmt::format("{}H", part[4]);
  if (part[5] != 0) time += fmt::format("{}M", part[5]);
  if (part[6] != 0 || !from.fraction.empty()) time += fmt::format("{}{}S", part[6], from.fraction);
  if (!time.empty()) out += "T" + time;
  return out.size() == 1 ? "PT0S" : out;
}

/// Does `text` match `pattern`, in which '0' stands for a digit, and is there nothing but `pattern`?
bool looks_like(std::string_view text, std::string_view pattern) {
  return text.size() == pattern.size() &&
         std::equal(text.begin(), text.end(), pattern.begin(),
                    [](char c, char p) { return p == '0' ? is_digit(c) : c == p; });
}

std::string feel_string(std::string_view text) {
  std::string out = "\"";
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
  return out + '"';
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

bool is_id(std::string_view text) {
  if (text.empty() || !(is_letter(text[0]) || text[0] == '_')) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-'; });
}

std::optional<std::string> iso_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto parsed = text.front() == 'P' ? parse_iso(text) : parse_short(text);
  if (!parsed) return std::nullopt;
  return written(*parsed);
}

std::optional<std::string> iso_date_time(std::string_view text) {
  if (text.size() < 10 || !looks_like(text.substr(0, 10), "0000-00-00")) return std::nullopt;
  const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  if (two(5) < 1 || two(5) > 12 || two(8) < 1 || two(8) > 31) return std::nullopt;
  std::string out(text.substr(0, 10));
  if (text.size() == 10) return out + "T00:00:00";
  if (std::string_view("Tt ").find(text[10]) == std::string_view::npos) return std::nullopt;
  std::string_view rest = text.substr(11);
  if (rest.size() < 5 || !looks_like(rest.substr(0, 5), "00:00")) return std::nullopt;
  out += 'T';
  out += rest.substr(0, 5);
  rest.remove_prefix(5);
  if (rest.size() >= 3 && looks_like(rest.substr(0, 3), ":00")) {
    out += rest.substr(0, 3);
    rest.remove_prefix(3);
    out += take_fraction(rest);
  } else {
    out += ":00";
  }
  const bool zone = rest.empty() || rest == "Z" || rest == "z" || looks_like(rest, "+00:00") ||
                    looks_like(rest, "-00:00") || (rest.front() == '@' && rest.size() > 1);
  if (!zone) return std::nullopt;
  return out + (rest == "z" ? "Z" : std::string(rest));
}

DataText data_text(std::string_view written) {
  struct Piece {
    bool hole;
    std::string text;
  };
  std::vector<Piece> pieces;
  const auto add_literal = [&](std::string_view text) {
    if (text.empty()) return;
    if (pieces.empty() || pieces.back().hole) pieces.push_back({false, {}});
    pieces.back().text += text;
  };
  std::size_t at = 0;
  DataText out;
  while (at < written.size()) {
    const std::size_t dollar = written.find("${", at);
    if (dollar == std::string_view::npos) break;
    if (dollar > at && written[dollar - 1] == '$') {
      add_literal(written.substr(at, dollar - 1 - at));
      add_literal("${");
      at = dollar + 2;
      continue;
    }
    add_literal(written.substr(at, dollar - at));
    const std::size_t end = data::hole_end(written, dollar + 2);
    const std::string_view feel = end == std::string_view::npos
                                      ? std::string_view{}
                                      : trimmed(written.substr(dollar + 2, end - dollar - 2));
    if (feel.empty()) {
      out.error = end == std::string_view::npos ? "this '${' is not closed with '}'"
                                                : "there is nothing between '${' and '}'";
      out.at = dollar;
      return out;
    }
    pieces.push_back({true, std::string(feel)});
    out.holes.push_back({static_cast<std::size_t>(feel.data() - written.data()), feel.size()});
    at = end + 1;
  }
  add_literal(written.substr(std::min(at, written.size())));
  if (out.holes.empty()) {
    out.text = pieces.empty() ? std::string{} : std::move(pieces.front().text);
    if (out.text.starts_with('=')) out.text = "=" + feel_string(out.text);
    return out;
  }
  out.text = "=";
  if (pieces.size() == 1) {
    out.text += pieces.front().text;
    return out;
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0) out.text += " + ";
    out.text += pieces[i].hole ? fmt::format("string({})", pieces[i].text) : feel_string(pieces[i].text);
  }
  return out;
}

std::size_t find_hole_in_feel(std::string_view feel) {
  for (std::size_t at = 0; at < feel.size(); ++at) {
    if (feel[at] == '"') {
      for (++at; at < feel.size() && feel[at] != '"'; ++at)
        if (feel[at] == '\\') ++at;
    } else if (feel.substr(at).starts_with("${")) {
      return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace weir::formats::toml
