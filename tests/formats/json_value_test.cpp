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

TEST_CASE("JSON: what is wrong is said with its place") {
  for (const char* text : {"", "{", "[1,]", "{\"a\":}", "nul", "\"\xff\"", "1 2", "01"}) {
    CAPTURE(text);
    CHECK(!json::read(text).has_value());
  }
  CHECK(!json::read(std::string(100000, '[')).has_value());
}
