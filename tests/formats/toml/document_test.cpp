// The tree with its places, limits, and texts that are no TOML.
#include "formats/toml/document.hpp"

#include "core/base/source_map.hpp"
#include "tests/formats/toml/support.hpp"
#include "tests/support/catch.hpp"

using namespace weir;
using namespace weir::formats::toml;

namespace {

struct Parsed {
  explicit Parsed(std::string text) {
    const FileId file = sources.add("test.toml", std::move(text));
    ok = parse(sources.text(file), file, root, diagnostics);
  }
  [[nodiscard]] std::string problems() const { return test::problems_of(sources, diagnostics); }
  [[nodiscard]] std::string_view at(Span span) const { return sources.snippet(span); }
  SourceMap sources;
  Diagnostics diagnostics;
  Value root;
  bool ok = false;
};

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("keys and values have exact places, in source order", "[toml]") {
  const Parsed file(
      "z = 1 # \xC3\xBC\n\"\xC3\xA4 b\" = 'x\xE2\x82\xACy'\na = { y = [1, 2.50], x = true }\n"
      "[[s]]\nid.v = 2026-01-02T10:00:00Z\nt = \"\"\"\na\\nb\"\"\"\n[q.r]\nn = 1_000\n");
  REQUIRE(file.ok);
  std::string keys;
  for (const Entry& each : file.root.entries) keys += each.key + " ";
  CHECK(keys == "z \xC3\xA4 b a s q ");
  const Entry& quoted = file.root.entries[1];
  CHECK(file.at(quoted.key_span) == "\"\xC3\xA4 b\"");
  CHECK(file.at(quoted.value.span) == "'x\xE2\x82\xACy'");
  CHECK(file.at(quoted.value.content) == "x\xE2\x82\xACy");
  const Value& table = file.root.find("a")->value;
  CHECK(file.at(table.span) == "{ y = [1, 2.50], x = true }");
  CHECK(table.entries[0].key == "y");
  CHECK(file.at(table.entries[0].value.items[1].span) == "2.50");
  CHECK(table.entries[0].value.items[1].text == "2.50");
  CHECK_FALSE(table.in_header);
  const Value& step = file.root.find("s")->value.items[0];
  CHECK(step.in_header);
  CHECK(file.at(step.span) == "[[s]]");
  CHECK(step.find("id")->value.find("v")->value.text == "2026-01-02T10:00:00Z");
  CHECK(step.find("t")->value.text == "a\nb");
  CHECK(file.at(step.find("t")->value.content) == "a\\nb");
  CHECK(file.root.find("q")->value.find("r")->value.find("n")->value.integer == 1000);
}

TEST_CASE("places in long lines and behind wide characters", "[toml]") {
  std::string line = "a = [";
  for (int i = 0; i < 500; ++i) line += "'\xF0\x9F\x98\x80', ";
  const Parsed file(line + "'last']\r\nb = 2\r\n");
  REQUIRE(file.ok);
  CHECK(file.at(file.root.entries[0].value.items[499].span) == "'\xF0\x9F\x98\x80'");
  CHECK(file.at(file.root.entries[0].value.items[500].span) == "'last'");
  CHECK(file.at(file.root.entries[1].key_span) == "b");
}

TEST_CASE("line breaks in inline tables are read", "[toml]") {
  const Parsed file("on = [\n  {\n    a = 1, # one\n    b = 2,\n  },\n]\n");
  CHECK(file.problems().empty());
  CHECK(file.ok);
}

TEST_CASE("what is no TOML is reported at its place", "[toml]") {
  struct Row {
    std::string text, problems;
  };
  const Row rows[] = {
      {"[\n",
       "1:2 toml-syntax: this is no TOML: key: expected bare key starting character or string delimiter, "
       "saw '\\n'\n"},
      {"[!]",
       "1:2 toml-syntax: this is no TOML: key: expected bare key starting character or string delimiter, "
       "saw '!'\n"},
      {"[.]",
       "1:2 toml-syntax: this is no TOML: key: expected bare key starting character or string delimiter, "
       "saw '.'\n"},
      {"a = 1\na = 2\n", "2:1 duplicate-key: 'a' is there already\n"},
      {"x = { a = 1, b.c = 2, a = 3 }\n", "1:23 duplicate-key: 'a' is there already\n"},
      {"[a]\n[b]\n[a]\n", "3:1 duplicate-key: '[a]' is there already\n"},
      {"[a]\nb = 1\n[a.b]\nc = 1\n", "3:1 duplicate-key: '[a.b]' is there already\n"},
      // One for each section.
      {"weir = 1\n[a]\nb = \n[c]\nd = 1\n[e]\nf = g\n",
       "3:5 toml-syntax: this is no TOML: key-value pair: expected value, saw '\\n'\n"
       "7:5 toml-syntax: this is no TOML: value: could not determine value type\n"},
      {"a = 'x\n", "1:7 toml-syntax: this is no TOML: literal string: line breaks are prohibited\n"},
      {"a = 9223372036854775808\n", ""},
      {"a = 2026-02-30\n", ""},
      {"a = \"x\x01\"\n", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Parsed file(row.text);
    CHECK_FALSE(file.ok);
    CHECK(file.diagnostics.has_errors());
    if (!row.problems.empty()) CHECK(file.problems() == row.problems);
  }
}

TEST_CASE("depth, length and number are limited before anything recurses", "[toml]") {
  struct Row {
    std::string what, text;
    bool ok;
  };
  const Row rows[] = {
      {"arrays", "a = " + repeated("[", 100'000) + repeated("]", 100'000), false},
      {"inline tables", "a = " + repeated("{a=", 100'000), false},
      {"dotted key", "a" + repeated(".a", 100'000) + " = 1", false},
      {"header", "[a" + repeated(".a", 100'000) + "]", false},
      {"dots below dots", "[a" + repeated(".a", 60) + "]\nb" + repeated(".b", 60) + " = 1", false},
      {"dots below brackets",
       "x = " + repeated("{a" + repeated(".a", 30) + " = ", 4) + "1" + repeated("}", 4), false},
      {"arrays within the limit", "a = " + repeated("[", 99) + repeated("]", 99), true},
      {"header within the limit", "[a" + repeated(".a", 90) + "]\nb.c = 1", true},
      {"dots in texts and comments", "a = '" + repeated(".", 500) + "' # " + repeated("[", 500), true},
      {"brackets in a long text", "a = '''\n" + repeated("[", 500) + "\n'''\nb = 1", true},
      {"long text", "a = '" + repeated("x", longest_string + 1) + "'", false},
      {"many dotted keys", repeated("[[a]]\n", most_dotted_keys + 1), false},
      {"many keys",
       [] {
         std::string text;
         for (int i = 0; i < 20'000; ++i) text += "k" + std::to_string(i) + " = 0\n";
         return text;
       }(),
       true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const Parsed file(row.text);
    CHECK(file.ok == row.ok);
    if (!row.ok) CHECK(file.diagnostics.list().front().code == "toml-limit");
  }
}
