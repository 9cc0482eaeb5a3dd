// Most files are UTF-8, so that path copies nothing: the bytes are checked in place, 64 at a time while they
// are ASCII, and moved on. Everything else is converted code point by code point. A declaration that
// contradicts the bytes (UTF-16 with a byte order mark that says UTF-8) is only worth a warning, because the
// bytes are not in doubt; bytes that are no text in the encoding they claim are an error, never guessed at.
#include "formats/encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace weir::formats {

namespace {

constexpr std::size_t most_problems = 5;

enum class Family : std::uint8_t {
  utf8,
  utf16le,
  utf16be,
  utf32le,
  utf32be,
  latin1,
  latin9,
  cp1252,
  ascii,
  other
};

struct EncodingName {
  std::string_view name;  // lower case, without '-' and '_'
  Family family;
  std::string_view shown;
};

constexpr std::array names{
    EncodingName{"utf8", Family::utf8, "UTF-8"},
    EncodingName{"unicode11utf8", Family::utf8, "UTF-8"},
    EncodingName{"utf16", Family::utf16le, "UTF-16"},
    EncodingName{"utf16le", Family::utf16le, "UTF-16LE"},
    EncodingName{"utf16be", Family::utf16be, "UTF-16BE"},
    EncodingName{"iso10646ucs2", Family::utf16le, "UTF-16"},
    EncodingName{"unicode", Family::utf16le, "UTF-16"},
    EncodingName{"utf32", Family::utf32le, "UTF-32"},
    EncodingName{"utf32le", Family::utf32le, "UTF-32LE"},
    EncodingName{"utf32be", Family::utf32be, "UTF-32BE"},
    EncodingName{"iso10646ucs4", Family::utf32le, "UTF-32"},
    EncodingName{"iso88591", Family::latin1, "ISO-8859-1"},
    EncodingName{"latin1", Family::latin1, "ISO-8859-1"},
    EncodingName{"l1", Family::latin1, "ISO-8859-1"},
    EncodingName{"iso885915", Family::latin9, "ISO-8859-15"},
    EncodingName{"latin9", Family::latin9, "ISO-8859-15"},
    EncodingName{"windows1252", Family::cp1252, "windows-1252"},
    EncodingName{"cp1252", Family::cp1252, "windows-1252"},
    EncodingName{"usascii", Family::ascii, "US-ASCII"},
    EncodingName{"ascii", Family::ascii, "US-ASCII"},
    EncodingName{"ansix3.41968", Family::ascii, "US-ASCII"},
};

/// windows-1252, 0x80 to 0x9F; the five holes are the C1 controls, as browsers read them.
constexpr std::array<std::uint16_t, 32> cp1252_high{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

std::uint32_t latin9(unsigned char byte) {
  switch (byte) {
    case 0xA4:
      return 0x20AC;
    case 0xA6:
      return 0x0160;
    case 0xA8:
      return 0x0161;
    case 0xB4:
      return 0x017D;
    case 0xB8:
      return 0x017E;
    case 0xBC:
      return 0x0152;
    case 0xBD:
      return 0x0153;
    case 0xBE:
      return 0x0178;
    default:
      return byte;
  }
}

unsigned char at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

/// Length of the valid UTF-8 sequence that starts at i, 0 when there is none (Unicode table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t i) {
  const unsigned char first = at(text, i);
  const auto tail = [&](std::size_t k, unsigned char low, unsigned char high) {
    return i + k < text.size() && at(text, i + k) >= low && at(text, i + k) <= high;
  };
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return tail(1, 0x80, 0xBF) ? 2 : 0;
  if (first < 0xF0) {
    const unsigned char low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned char high = first == 0xED ? 0x9F : 0xBF;
    return tail(1, low, high) && tail(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (first < 0xF5) {
    const unsigned char low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = first == 0xF4 ? 0x8F : 0xBF;
    return tail(1, low, high) && tail(2, 0x80, 0xBF) && tail(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

/// A plain loop that compilers turn into vector instructions.
bool all_ascii(const char* block, std::size_t size) {
  unsigned char seen = 0;
  for (std::size_t i = 0; i < size; ++i)
    seen = static_cast<unsigned char>(seen | static_cast<unsigned char>(block[i]));
  return seen < 0x80;
}

std::uint32_t offset(std::size_t position) {
  return static_cast<std::uint32_t>(position);
}

void add(Decoded& decoded, Severity severity, std::size_t begin, std::size_t end, std::string message) {
  if (severity == Severity::error) decoded.readable = false;
  if (decoded.problems.size() < most_problems)
    decoded.problems.push_back({severity, offset(begin), offset(end), std::move(message)});
}

struct Declaration {
  std::string_view encoding;  // as written, empty when there is none
  std::size_t begin = 0;      // of the name between the quotes
};

/// The encoding pseudo-attribute of an XML declaration that is readable as ASCII.
Declaration declaration(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || !text.substr(start).starts_with("<?xml")) return {};
  const std::size_t close = text.substr(0, start + 1000).find("?>", start);
  if (close == std::string_view::npos) return {};
  const std::size_t word = text.substr(0, close).find("encoding", start);
  if (word == std::string_view::npos) return {};
  std::size_t quote = text.find_first_not_of(" \t\r\n", word + 8);
  if (quote >= close || text[quote] != '=') return {};
  quote = text.find_first_not_of(" \t\r\n", quote + 1);
  if (quote >= close || (text[quote] != '"' && text[quote] != '\'')) return {};
  const std::size_t end = text.find(text[quote], quote + 1);
  if (end >= close) return {};
  return {text.substr(quote + 1, end - quote - 1), quote + 1};
}

const EncodingName* find_name(std::string_view written) {
  std::string plain;
  for (const char c : written) {
    if (c >= 'A' && c <= 'Z')
      plain += static_cast<char>(c - 'A' + 'a');
    else if (c != '-' && c != '_')
      plain += c;
  }
  const auto* found =
      std::find_if(names.begin(), names.end(), [&](const EncodingName& each) { return each.name == plain; });
  return found == names.end() ? nullptr : found;
}

/// Checks UTF-8 in place and reports what is not.
void check_utf8(Decoded& decoded, bool declared) {
  const std::string_view text = decoded.text;
  std::size_t i = valid_utf8_prefix(text);
  while (i < text.size()) {
    std::size_t end = i + 1;
    while (end < text.size() && sequence_length(text, end) == 0) ++end;
    std::string what = fmt::format("the byte 0x{:02X} is not valid UTF-8", at(text, i));
    const std::string_view piece = text.substr(i);
    if (at(piece, 0) == 0xC0 || at(piece, 0) == 0xC1)
      what = fmt::format("the byte 0x{:02X} starts an overlong form, which UTF-8 forbids", at(piece, 0));
    else if (at(piece, 0) == 0xED && piece.size() > 1 && at(piece, 1) >= 0xA0 && at(piece, 1) <= 0xBF)
      what = "a surrogate written as three bytes is not valid UTF-8";
    if (decoded.problems.empty())
      what +=
          declared
              ? "; the declaration names UTF-8: save the file as UTF-8 or declare the encoding it has"
              : "; without a declared encoding XML is UTF-8: save the file as UTF-8 or declare its encoding";
    add(decoded, Severity::error, i, end, std::move(what));
    if (decoded.problems.size() >= most_problems) return;
    i = end + valid_utf8_prefix(text.substr(end));
  }
}

void decode_single_bytes(Decoded& decoded, std::string_view bytes, Family family) {
  if (all_ascii(bytes.data(), bytes.size())) {
    decoded.text = bytes;
    return;
  }
  decoded.text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      decoded.text += c;
    } else if (family == Family::ascii) {
      const std::size_t begin = decoded.text.size();
      append_utf8(decoded.text, 0xFFFD);
      add(decoded, Severity::error, begin, decoded.text.size(),
          fmt::format("the byte 0x{:02X} is no US-ASCII, which the declaration names", byte));
    } else if (family == Family::cp1252 && byte < 0xA0) {
      append_utf8(decoded.text, cp1252_high[byte - 0x80u]);
    } else {
      append_utf8(decoded.text, family == Family::latin9 ? latin9(byte) : byte);
    }
  }
}

void decode_utf16(Decoded& decoded, std::string_view bytes, bool big_endian) {
  decoded.text.reserve(bytes.size() / 2 + bytes.size() / 16);
  const auto unit = [&](std::size_t i) -> std::uint32_t {
    const std::uint32_t first = at(bytes, i), second = at(bytes, i + 1);
    return big_endian ? first << 8 | second : second << 8 | first;
  };
  std::size_t i = 0;
  while (i + 2 <= bytes.size()) {
    const std::uint32_t first = unit(i);
    i += 2;
    if (first < 0xD800 || first > 0xDFFF) {
      append_utf8(decoded.text, first);
    } else if (first < 0xDC00 && i + 2 <= bytes.size() && unit(i) >= 0xDC00 && unit(i) <= 0xDFFF) {
      append_utf8(decoded.text, 0x10000 + ((first - 0xD800) << 10) + (unit(i) - 0xDC00));
      i += 2;
    } else {
      const std::size_t begin = decoded.text.size();
      append_utf8(decoded.text, 0xFFFD);
      add(decoded, Severity::error, begin, decoded.text.size(),
          fmt::format("the surrogate 0x{:04X} stands alone, so this is not valid UTF-16", first));
    }
  }
  if (i != bytes.size())
    add(decoded, Severity::error, decoded.text.size(), decoded.text.size(),
        "the file ends in the middle of a UTF-16 character");
}

void decode_utf32(Decoded& decoded, std::string_view bytes, bool big_endian) {
  decoded.text.reserve(bytes.size() / 4 + 16);
  std::size_t i = 0;
  for (; i + 4 <= bytes.size(); i += 4) {
    std::uint32_t code = 0;
    for (std::size_t k = 0; k < 4; ++k) code = code << 8 | at(bytes, big_endian ? i + k : i + 3 - k);
    const bool valid = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    const std::size_t begin = decoded.text.size();
    append_utf8(decoded.text, valid ? code : 0xFFFD);
    if (!valid)
      add(decoded, Severity::error, begin, decoded.text.size(),
          fmt::format("0x{:08X} is no character, so this is not valid UTF-32", code));
  }
  if (i != bytes.size())
    add(decoded, Severity::error, decoded.text.size(), decoded.text.size(),
        "the file ends in the middle of a UTF-32 character");
}

/// Encoding by byte order mark (`mark` = its length) or by the zero bytes around a first "<".
Family sniff(std::string_view bytes, std::size_t& mark) {
  using namespace std::string_view_literals;
  const auto starts = [&](std::string_view what) { return bytes.substr(0, what.size()) == what; };
  mark = 4;
  if (starts("\xFF\xFE\0\0"sv)) return Family::utf32le;
  if (starts("\0\0\xFE\xFF"sv)) return Family::utf32be;
  mark = 3;
  if (starts("\xEF\xBB\xBF"sv)) return Family::utf8;
  mark = 2;
  if (starts("\xFF\xFE"sv)) return Family::utf16le;
  if (starts("\xFE\xFF"sv)) return Family::utf16be;
  mark = 0;
  if (starts("<\0\0\0"sv)) return Family::utf32le;
  if (starts("\0\0\0<"sv)) return Family::utf32be;
  if (starts("<\0"sv)) return Family::utf16le;
  if (starts("\0<"sv)) return Family::utf16be;
  return Family::other;
}

std::string_view shown(Family family) {
  const auto* found = std::find_if(names.begin(), names.end(), [&](const EncodingName& each) {
    return each.family == family && each.name != "utf16" && each.name != "utf32";
  });
  return found == names.end() ? std::string_view("UTF-8") : found->shown;
}

bool same_width(Family one, Family other) {
  const auto width = [](Family family) {
    switch (family) {
      case Family::utf16le:
      case Family::utf16be:
        return 2;
      case Family::utf32le:
      case Family::utf32be:
        return 4;
      default:
        return 1;
    }
  };
  return width(one) == width(other);
}

/// Text whose encoding the bytes themselves tell: converts, then compares with the declaration.
void decode_marked(Decoded& decoded, std::string bytes, Family family, std::size_t mark) {
  decoded.encoding = shown(family);
  decoded.byte_order_mark = mark != 0;
  if (family == Family::utf8) {
    bytes.erase(0, mark);
    decoded.text = std::move(bytes);
    check_utf8(decoded, true);
  } else if (family == Family::utf16le || family == Family::utf16be) {
    decode_utf16(decoded, std::string_view(bytes).substr(mark), family == Family::utf16be);
  } else {
    decode_utf32(decoded, std::string_view(bytes).substr(mark), family == Family::utf32be);
  }
  const Declaration said = declaration(decoded.text);
  if (said.encoding.empty()) return;
  const EncodingName* known = find_name(said.encoding);
  if (known != nullptr && same_width(known->family, family) &&
      (family != Family::utf8 || known->family == Family::utf8))
    return;
  add(decoded, Severity::warning, said.begin, said.begin + said.encoding.size(),
      fmt::format("the declaration names the encoding '{}', but the file is {}; it was read as {}",
                  said.encoding, decoded.encoding, decoded.encoding));
}

}  // namespace

void append_utf8(std::string& out, std::uint32_t code_point) {
  const auto byte = [&](std::uint32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (code_point < 0x80) {
    byte(code_point);
  } else if (code_point < 0x800) {
    byte(0xC0 | code_point >> 6);
    byte(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    byte(0xE0 | code_point >> 12);
    byte(0x80 | (code_point >> 6 & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  } else {
    byte(0xF0 | code_point >> 18);
    byte(0x80 | (code_point >> 12 & 0x3F));
    byte(0x80 | (code_point >> 6 & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  }
}

std::size_t valid_utf8_prefix(std::string_view text) {
  constexpr std::size_t block = 64;
  std::size_t i = 0;
  while (i < text.size()) {
    if (i + block <= text.size() && all_ascii(text.data() + i, block)) {
      i += block;
      continue;
    }
    const std::size_t stop = std::min(text.size(), i + block);
    while (i < stop) {
      const std::size_t length = sequence_length(text, i);
      if (length == 0) return i;
      i += length;
    }
  }
  return text.size();
}

std::size_t find_control_character(std::string_view text, std::size_t from) {
  const auto bad = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
  };
  constexpr std::size_t block = 64;
  std::size_t i = from;
  for (; i + block <= text.size(); i += block) {
    unsigned found = 0;
    for (std::size_t k = 0; k < block; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + k]);
      found |= static_cast<unsigned>(byte < 0x20) & static_cast<unsigned>(byte != '\t') &
               static_cast<unsigned>(byte != '\n') & static_cast<unsigned>(byte != '\r');
    }
    if (found != 0) break;
  }
  while (i < text.size() && !bad(text[i])) ++i;
  return i;
}

Decoded decode(std::string bytes) {
  Decoded decoded;
  std::size_t mark = 0;
  const Family family = sniff(bytes, mark);
  if (family != Family::other) {
    decode_marked(decoded, std::move(bytes), family, mark);
    return decoded;
  }

  const Declaration said = declaration(bytes);
  const std::size_t begin = said.begin;
  const std::string written(said.encoding.substr(0, 40));
  const EncodingName* known = written.empty() ? &names[0] : find_name(written);
  if (known != nullptr && !same_width(known->family, Family::utf8)) {
    add(decoded, Severity::warning, begin, begin + written.size(),
        fmt::format(
            "the declaration names the encoding '{}', but each character is one byte; it was read as UTF-8",
            written));
    known = &names[0];
  }
  if (known != nullptr && known->family != Family::utf8) {
    decoded.encoding = known->shown;
    decode_single_bytes(decoded, bytes, known->family);
    return decoded;
  }
  decoded.text = std::move(bytes);
  if (known == nullptr) {
    const bool plain = all_ascii(decoded.text.data(), decoded.text.size());
    add(decoded, plain ? Severity::warning : Severity::error, begin, begin + written.size(),
        fmt::format(
            "the encoding '{}' is not supported{}", written,
            plain ? "; all characters are plain ASCII, so the file was read" : ": save the file as UTF-8"));
    return decoded;
  }
  check_utf8(decoded, !written.empty());
  return decoded;
}

}  // namespace weir::formats
