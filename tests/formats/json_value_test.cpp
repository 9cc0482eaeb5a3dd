#include "formats/json/value.hpp"

#include "tests/support/catch.hpp"

using namespace weir;
using namespace weir::formats;

TEST_CASE("JSON goes in and out unchanged") {
  for (const char* text : {"null", "true", "[1,2.50,-3]", R"({"a":{"b":[]},"c":"x\"y\u0000z"})",
                           "12345678901234567890.123456789", R"(["\u00fc","😀",""])", "1E+40", "{}"}) {
    CAPTURE(text);
    const auto value = json::read(text);
    REQUIRE(value.has_value());
    json::Writer writer;
    json::write(writer, value->get());
    const auto again = json::read(writer.text());
    REQUIRE(again.has_value());
    json::Writer second;
    json::write(second, again->get());
    CHECK(writer.text() == second.text());
  }
}

TEST_CASE("JSON: exact digits, last of equal keys") {
  const auto written = [](const char* text) {
    const auto value = json::read(text);
    REQUIRE(value.has_value());
    json::Writer writer;
    json::write(writer, value->get());
    return std::string(writer.text());
  };
  CHECK(written("[0.1,1.10,123456789012345678901234567890]") == "[0.1,1.1,123456789012345678901234567890]");
  CHECK(written(R"({"a":1,"b":2,"a":3})") == R"({"a":3,"b":2})");
}

TEST_CASE("JSON: texts are escaped, bytes that are no UTF-8 are replaced") {
  const auto written = [](std::string_view text) {
    json::Writer writer;
    writer.string(text);
    return std::string(writer.text());
  };
  CHECK(written("") == "\"\"");
  CHECK(written("say \"a\\b\" / 'c' \x7f") == "\"say \\\"a\\\\b\\\" / 'c' \x7f\"");
  CHECK(written("\b\t\n\v\f\r\x1f|") == R"("\b\t\n\u000B\f\r\u001F|")");
  CHECK(written("1234567\xC3\xBC 12345678\xF0\x9F\x98\x80") ==
        "\"1234567\xC3\xBC 12345678\xF0\x9F\x98\x80\"");
  for (const char* wrong : {"\xff", "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) {
    CAPTURE(wrong);
    const std::string text = written(std::string("longer than a word ") + wrong);
    CHECK(text.starts_with("\"longer than a word \xEF\xBF\xBD"));
    CHECK(json::read(text).has_value());
  }
  // Whatever the place in a word of eight bytes.
  for (int byte = 1; byte < 0x80; ++byte)
    for (std::size_t place = 0; place < 17; ++place) {
      std::string text(17, 'x');
      text[place] = static_cast<char>(byte);
      const auto read = json::read(written(text));
      REQUIRE(read.has_value());
      CHECK(read->get().text() == text);
    }
}

TEST_CASE("JSON: compact and pretty") {
  const auto write = [](json::Style style) {
    json::Writer json(style);
    json.begin_object().key("a:").begin_array().end_array().key("b").begin_object().end_object();
    json.key("c").begin_array().number(-1).number(1.5).null().begin_array().boolean(true).string("[{");
    json.string(": ").end_array().end_array().key("").raw_number("12.50").end_object();
    return std::string(json.text());
  };
  CHECK(write(json::Style::compact) == R"({"a:":[],"b":{},"c":[-1,1.5,null,[true,"[{",": "]],"":12.50})");
  CHECK(write(json::Style::pretty) == R"({
  "a:": [],
  "b": {},
  "c": [
    -1,
    1.5,
    null,
    [
      true,
      "[{",
      ": "
    ]
  ],
  "": 12.50
})");
}

TEST_CASE("JSON: what is wrong is said with its place") {
  for (const char* text : {"", "{", "[1,]", "{\"a\":}", "nul", "\"\xff\"", "1 2", "01"}) {
    CAPTURE(text);
    CHECK(!json::read(text).has_value());
  }
  CHECK(!json::read(std::string(100000, '[')).has_value());
}
