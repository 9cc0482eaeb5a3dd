#include "formats/encoding.hpp"

#include <string>

#include "tests/formats/support.hpp"
#include "tests/support/catch.hpp"

using namespace weir;
using namespace std::string_literals;
using formats::Decoded;
using weir::test::Read;

namespace {

std::string utf16(const std::u16string& text, bool big_endian) {
  std::string out;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  }
  return out;
}

std::string utf32(const std::u32string& text, bool big_endian) {
  std::string out;
  for (const char32_t unit : text)
    for (int k = 0; k < 4; ++k) out += static_cast<char>(unit >> (big_endian ? 24 - 8 * k : 8 * k) & 0xFF);
  return out;
}

const std::string name =
    "Pr\xC3\xBC"
    "fung \xE2\x82\xAC \xF0\x9D\x84\x9E";  // ü, euro sign, G clef

}  // namespace

TEST_CASE("every encoding becomes UTF-8") {
  struct Case {
    const char* what;
    std::string bytes;
    std::string text;
    const char* encoding;
  };
  const std::u16string wide = u"<a n='Pr\u00FCfung \u20AC \U0001D11E'/>";
  const std::u32string wider = U"<a n='Pr\u00FCfung \u20AC \U0001D11E'/>";
  const std::string plain = "<a n='" + name + "'/>";
  const Case cases[] = {
      {"UTF-8", plain, plain, "UTF-8"},
      {"UTF-8 with mark", "\xEF\xBB\xBF" + plain, plain, "UTF-8"},
      {"UTF-16LE with mark", "\xFF\xFE" + utf16(wide, false), plain, "UTF-16LE"},
      {"UTF-16BE with mark", "\xFE\xFF" + utf16(wide, true), plain, "UTF-16BE"},
      {"UTF-16LE without mark", utf16(wide, false), plain, "UTF-16LE"},
      {"UTF-16BE without mark", utf16(wide, true), plain, "UTF-16BE"},
      {"UTF-32LE with mark", "\xFF\xFE\0\0"s + utf32(wider, false), plain, "UTF-32LE"},
      {"UTF-32BE with mark", "\0\0\xFE\xFF"s + utf32(wider, true), plain, "UTF-32BE"},
      {"UTF-32LE without mark", utf32(wider, false), plain, "UTF-32LE"},
      {"Latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?><a n='\xFC\xA4'/>",
       "<?xml version='1.0' encoding='ISO-8859-1'?><a n='\xC3\xBC\xC2\xA4'/>", "ISO-8859-1"},
      {"Latin-9", "<?xml version='1.0' encoding=\"iso-8859-15\"?><a n='\xFC\xA4'/>",
       "<?xml version='1.0' encoding=\"iso-8859-15\"?><a n='\xC3\xBC\xE2\x82\xAC'/>", "ISO-8859-15"},
      {"windows-1252", "<?xml version='1.0' encoding = 'Windows-1252'?><a n='\x80\x93x\x94\xFC'/>",
       "<?xml version='1.0' encoding = 'Windows-1252'?><a "
       "n='\xE2\x82\xAC\xE2\x80\x9Cx\xE2\x80\x9D\xC3\xBC'/>",
       "windows-1252"},
      {"US-ASCII", "<?xml version='1.0' encoding='us-ascii'?><a/>",
       "<?xml version='1.0' encoding='us-ascii'?><a/>", "US-ASCII"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    const Decoded decoded = formats::decode(each.bytes);
    CHECK(decoded.text == each.text);
    CHECK(decoded.encoding == each.encoding);
    CHECK(decoded.readable);
    CHECK(decoded.problems.empty());
  }
}

TEST_CASE("bytes that are no text in their encoding are errors with a place") {
  struct Case {
    const char* what;
    std::string bytes;
    std::uint32_t begin, end;
    const char* message;
  };
  const Case cases[] = {
      {"stray byte", "ab\xFF"s, 2, 3, "0xFF"},
      {"continuation alone", "ab\x80 c", 2, 3, "0x80"},
      {"truncated sequence", "ab\xE2\x82", 2, 4, "0xE2"},
      {"sequence cut by ASCII", "ab\xE2\x82 c", 2, 4, "0xE2"},
      {"overlong slash", "a\xC0\xAF", 1, 3, "overlong"},
      {"overlong in three bytes", "a\xE0\x80\xAF z", 1, 4, "0xE0"},
      {"surrogate", "a\xED\xA0\x80 z", 1, 4, "surrogate"},
      {"above U+10FFFF", "a\xF4\x90\x80\x80 z", 1, 5, "0xF4"},
      {"far into a long text", std::string(1000, 'x') + "\xFC" + std::string(1000, 'y'), 1000, 1001, "0xFC"},
      {"lone UTF-16 surrogate", "\xFF\xFE<\0\x00\xD8"s + "a\0"s, 1, 4, "0xD800"},
      {"odd UTF-16", "\xFF\xFE<\0a"s, 1, 1, "ends in the middle"},
      {"not ASCII", "<?xml version='1.0' encoding='ascii'?>\xE4", 38, 41, "US-ASCII"},
      {"unsupported", "<?xml version='1.0' encoding='EBCDIC-CP-BE'?><a n='\xE4'/>", 30, 42, "not supported"},
      {"UTF-32 beyond", "\xFF\xFE\0\0\0\0\x11\0"s, 0, 3, "0x00110000"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    const Decoded decoded = formats::decode(each.bytes);
    CHECK_FALSE(decoded.readable);
    REQUIRE(decoded.problems.size() >= 1);
    CHECK(decoded.problems[0].severity == Severity::error);
    CHECK(decoded.problems[0].begin == each.begin);
    CHECK(decoded.problems[0].end == each.end);
    CHECK(decoded.problems[0].message.find(each.message) != std::string::npos);
  }
}

TEST_CASE("a declaration that contradicts the bytes is a warning") {
  const std::string ascii_utf16 = utf16(u"<?xml version='1.0' encoding='UTF-8'?><a/>", false);
  struct Case {
    const char* what;
    std::string bytes;
  };
  const Case cases[] = {
      {"UTF-16 called UTF-8", "\xFF\xFE" + ascii_utf16},
      {"UTF-16 without mark called UTF-8", ascii_utf16},
      {"UTF-8 called UTF-16", "<?xml version='1.0' encoding='UTF-16'?><a/>"},
      {"UTF-8 with mark called Latin-1", "\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?><a/>"},
      {"ASCII under an unknown name", "<?xml version='1.0' encoding='x-klingon'?><a/>"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    const Decoded decoded = formats::decode(each.bytes);
    CHECK(decoded.readable);
    REQUIRE(decoded.problems.size() == 1);
    CHECK(decoded.problems[0].severity == Severity::warning);
    CHECK(std::string_view(decoded.text)
              .substr(decoded.problems[0].begin)
              .starts_with(std::string_view(decoded.text).substr(decoded.text.find("encoding=") + 10, 3)));
  }
}

TEST_CASE("control characters are found in any position") {
  for (std::size_t at = 0; at < 200; at += 7) {
    std::string text(200, 'x');
    text[at] = '\x01';
    CHECK(formats::find_control_character(text) == at);
    CHECK(formats::find_control_character(text, at + 1) == text.size());
  }
  CHECK(formats::find_control_character("a\tb\r\nc") == 6);
}

TEST_CASE("spans point into the UTF-8 text whatever the bytes were") {
  const std::u16string wide =
      u"<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n"
      u"<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\">\n"
      u"  <process id=\"p\" name=\"\u00C4\u20AC\"><task id=\"T\u00E4\" name=\"\U0001D11E x\"/></process>\n"
      u"</definitions>";
  const Read read("\xFF\xFE" + utf16(wide, false));
  REQUIRE(read.result.has_model);
  CHECK(read.diagnostics.empty());
  const model::FlowNode& task = read.model().nodes.at(0);
  CHECK(task.id == "T\xC3\xA4");
  CHECK(read.text(task.span) == "T\xC3\xA4");
  const Position at = read.sources.position(task.span.file, task.span.begin);
  CHECK(at.line == 3);
  CHECK(at.column == 39);
  const model::Attribute* attribute = read.model().document.attribute(task.element, "name");
  REQUIRE(attribute != nullptr);
  CHECK(attribute->value == "\xF0\x9D\x84\x9E x");
  CHECK(read.text(attribute->value_span) == "\xF0\x9D\x84\x9E x");

  const Read latin(
      "<?xml version='1.0' encoding='ISO-8859-1'?><definitions "
      "xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'>"
      "<process id='p' name='\xFC\xE4'><task id='t'/></process></definitions>");
  REQUIRE(latin.result.has_model);
  CHECK(latin.model().processes.at(0).name == "\xC3\xBC\xC3\xA4");
  CHECK(latin.text(latin.model().nodes.at(0).span) == "t");
}
