#include "formats/json/document.hpp"

#include <cmath>
#include <string>

#include "tests/support/catch.hpp"

using namespace weir;
using formats::json::Document;
using formats::json::Item;
using formats::json::Kind;

namespace {

struct Read {
  SourceMap sources;
  Diagnostics diagnostics;
  Document document;
  explicit Read(std::string text) : document(sources.add("t.json", std::move(text)), sources, diagnostics) {}
  [[nodiscard]] std::string_view at(const Item& item) const { return sources.snippet(item.span()); }
};

}  // namespace

TEST_CASE("every value and key knows its place") {
  const Read read(
      "\xEF\xBB\xBF{ \"a\\\"b\" : [1, -2.5e3,\ttrue , null,\n\"x\\\\\" ], \"c\":{\"d\":\"\\u00e4\"}, \"\":[] "
      "}");
  REQUIRE(read.diagnostics.empty());
  const Item root = read.document.root();
  CHECK(root.is(Kind::object));
  CHECK(read.at(root).front() == '{');
  CHECK(read.at(root).back() == '}');
  const Item list = root["a\"b"];
  CHECK(read.at(list) == "[1, -2.5e3,\ttrue , null,\n\"x\\\\\" ]");
  CHECK(read.sources.snippet(list.key_span()) == "\"a\\\"b\"");
  REQUIRE(list.size() == 5);
  const std::vector<Item> items = list.items();
  CHECK(read.at(items[0]) == "1");
  CHECK(read.at(items[1]) == "-2.5e3");
  CHECK(read.at(items[2]) == "true");
  CHECK(read.at(items[3]) == "null");
  CHECK(read.at(items[4]) == "\"x\\\\\"");
  CHECK(items[4].text() == "x\\");
  CHECK(items[2].boolean());
  CHECK(*items[1].number() == -2500);
  CHECK(read.at(root["c"]["d"]) == "\"\\u00e4\"");
  CHECK(root["c"]["d"].text() == "\xC3\xA4");
  CHECK(read.at(root[""]) == "[]");
  CHECK_FALSE(root["x"]["y"].exists());
  CHECK(root["x"].items().empty());
}

TEST_CASE("numbers as other tools write them") {
  const Read read(
      R"([Infinity, -Infinity, NaN, "12.5", " 7 ", "x", "", "0x10", null, 12345678901234567890123])");
  REQUIRE(read.diagnostics.empty());
  const std::vector<Item> items = read.document.root().items();
  CHECK(*items[0].number() == std::numeric_limits<double>::infinity());
  CHECK(*items[1].number() == -std::numeric_limits<double>::infinity());
  CHECK(std::isnan(*items[2].number()));
  CHECK(*items[3].number() == 12.5);
  CHECK(*items[4].number() == 7);
  CHECK_FALSE(items[5].number().has_value());
  CHECK(read.at(items[0]) == "Infinity");
  for (const std::size_t i : {6u, 7u, 8u}) CHECK_FALSE(items[i].number().has_value());
  CHECK(*items[9].number() == 12345678901234567890123.0);
}

TEST_CASE("what is no JSON has a place and no root") {
  struct Row {
    std::string text;
    std::uint32_t at;
  };
  for (const Row& row :
       {Row{"", 0}, Row{"{\"a\":1,}", 7}, Row{"[1 2]", 3}, Row{"[\"\xFF\"]", 2}, Row{"[1] x", 4},
        Row{std::string("[1,\0 2]", 7), 3}, Row{"{\"a\" 1}", 5}, Row{"nul", 3}, Row{"[1e999]", 1}}) {
    CAPTURE(row.text);
    const Read read(row.text);
    CHECK_FALSE(read.document.root().exists());
    REQUIRE(read.diagnostics.size() == 1);
    CHECK(read.diagnostics.list()[0].code == "bad-json");
    CHECK(read.diagnostics.list()[0].span.begin == row.at);
  }
}

TEST_CASE("depth is no danger") {
  const Read open(std::string(1'000'000, '['));
  CHECK_FALSE(open.document.root().exists());
  const Read whole(std::string(200'000, '[') + std::string(200'000, ']'));
  CHECK(whole.document.root().is(Kind::array));
}
