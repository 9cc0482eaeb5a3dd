#include "tests/core/feel/support.hpp"

using namespace weir;
using weir::test::check_cases;
using weir::test::FeelCase;

TEST_CASE("literals") {
  const FeelCase cases[] = {
      {"1", "1"},
      {"-1.50", "-1.5"},
      {".5", "0.5"},
      {"1.2e3", "1200"},
      {"\"a\\u00e9\\n\\\"\"", "\"a\xC3\xA9\\n\\\"\""},
      {"\"\\uD83D\\uDE00\"", "\"\xF0\x9F\x98\x80\""},
      {"\"\\U01F600\"", "\"\xF0\x9F\x98\x80\""},
      {"true", "true"},
      {"null", "null"},
      {"[]", "[]"},
      {"[1, \"a\", [true]]", "[1, \"a\", [true]]"},
      {"{}", "{}"},
      {"{a: 1, \"b c\": 2, d-e: 3}", "{a: 1, b c: 2, \"d-e\": 3}"},
      {"@\"2024-02-29\"", "@\"2024-02-29\""},
      {"@\"2024-02-29T10:00:00Z\"", "@\"2024-02-29T10:00:00Z\""},
      {"@\"PT36H\"", "@\"P1DT12H\""},
      {"@\"-P14M\"", "@\"-P1Y2M\""},
      {"@\"nonsense\"", "null", "feel-temporal-literal"},
      {"1 // the rest is a comment", "1"},
      {"1 /* one */ + // two\n 2", "3"},
      {"{\xF0\x9F\x98\x80: 1}.\xF0\x9F\x98\x80", "1"},
      {"for \xF0\x9F\x90\x8E in [1, 2] return \xF0\x9F\x90\x8E * 2", "[2, 4]"},
      {"{\"a b\": 1, c: {\"d+e\": 2}}.c.d+e", "2"},
      {"/* before */ 1 /* after */", "1"},
  };
  check_cases(cases);
}

TEST_CASE("arithmetic") {
  const FeelCase cases[] = {
      {"1 + 2 * 3", "7"},
      {"(1 + 2) * 3", "9"},
      {"10 - 3 - 2", "5"},
      {"0.1 + 0.2", "0.3"},
      {"1 / 3 * 3", "0.9999999999999999999999999999999999"},
      {"2 ** 10", "1024"},
      {"-2 ** 2", "4"},
      {"2 ** -1", "0.5"},
      {"--3", "3"},
      {"9223372036854775807 + 1", "9223372036854775808"},
      {"3000000000 * 4000000000", "12000000000000000000"},
      {"1 / 0", "null", "feel-arithmetic"},
      {"9e6144 * 10", "null", "feel-arithmetic"},
      {"\"a\" + \"b\"", "\"ab\""},
      {"\"a\" + 1", "null", "feel-type-mismatch"},
      {"1 + null", "null", "feel-null-operand"},
      {"@\"2024-01-31\" + @\"P1M\"", "@\"2024-02-29\""},
      {"@\"2024-01-31\" - @\"2024-01-01\"", "@\"P30D\""},
      {"@\"2024-01-31T10:00:00\" - @\"PT11H\"", "@\"2024-01-30T23:00:00\""},
      {"@\"10:00:00\" + @\"PT15H\"", "@\"01:00:00\""},
      {"@\"PT1H\" * 2.5", "@\"PT2H30M\""},
      {"@\"P1Y\" / 4", "@\"P3M\""},
      {"@\"P1D\" / @\"PT6H\"", "4"},
      {"-@\"PT1H\"", "@\"-PT1H\""},
      {"a + b", "3", "", "{a: 1, b: 2}"},
  };
  check_cases(cases);
}

TEST_CASE("comparison") {
  const FeelCase cases[] = {
      {"1 = 1.0", "true"},
      {"1 != 2", "true"},
      {"1 < 2", "true"},
      {"\"a\" <= \"b\"", "true"},
      {"null = null", "true"},
      {"1 = null", "false"},
      {"1 = \"1\"", "null", "feel-type-mismatch"},
      {"1 < \"1\"", "null", "feel-type-mismatch"},
      {"null < 1", "null", "feel-null-operand"},
      {"[1, 2] = [1, 2.0]", "true"},
      {"{a: 1, b: 2} = {b: 2, a: 1}", "true"},
      {"@\"2024-01-01T10:00:00Z\" = @\"2024-01-01T11:00:00+01:00\"", "true"},
      {"5 between 1 and 10", "true"},
      {"11 between 1 and 10", "false"},
      {"null between 1 and 10", "null", "feel-null-operand"},
      {"5 in [1..5)", "false"},
      {"5 in (1..5]", "true"},
      {"5 in ]1..6[", "true"},
      {"5 in (> 3)", "true"},
      {"5 in (< 3, > 4)", "true"},
      {"5 in > 4", "true"},
      {"5 in [1, 5]", "true"},
      {"5 in ([1..2], [4..6])", "true"},
      {"5 in (? > 4)", "true"},
      {"\"x\" in (1)", "null", "feel-type-mismatch"},
  };
  check_cases(cases);
}

TEST_CASE("three-valued logic") {
  const FeelCase cases[] = {
      {"true and false", "false"},
      {"true and null", "null"},
      {"false and null", "false"},
      {"null or true", "true"},
      {"null or false", "null"},
      {"not(null)", "null"},
      {"not(true)", "false"},
      {"true and 1", "null", "feel-type-mismatch"},
      {"true or true and false", "true"},
      {"true or 1", "true"},
      {"1 or true", "true", "feel-type-mismatch"},
      {"false or 1", "null", "feel-type-mismatch"},
      {"null or 1", "null", "feel-type-mismatch"},
      {"false and 1", "false"},
      {"1 and false", "false", "feel-type-mismatch"},
      {"null and 1", "null", "feel-type-mismatch"},
      {"if null then 1 else 2", "2"},
      {"if \"x\" then 1 else 2", "2", "feel-type-mismatch"},
  };
  check_cases(cases);
}

TEST_CASE("paths, filters and projections") {
  const FeelCase cases[] = {
      {"a.b.c", "3", "", "{a: {b: {c: 3}}}"},
      {"a.x", "null", "feel-no-entry", "{a: {b: 1}}"},
      {"x.y", "null", "feel-unknown-variable"},
      {"orders.price", "[10, 20]", "", "{orders: [{price: 10}, {price: 20}]}"},
      {"orders[price > 10]", "[{price: 20}]", "", "{orders: [{price: 10}, {price: 20}]}"},
      {"orders[price > limit].price", "[20]", "", "{limit: 15, orders: [{price: 10}, {price: 20}]}"},
      {"orders[item.price = 10]", "[{price: 10}]", "", "{orders: [{price: 10}, {price: 20}]}"},
      {"[1, 2, 3][item >= 2]", "[2, 3]"},
      {"[1, 2, 3][2]", "2"},
      {"[1, 2, 3][-1]", "3"},
      {"[1, 2, 3][4]", "null", "feel-index"},
      {"l[i]", "8", "", "{l: [7, 8], i: 2}"},
      {"[[1], [2]][item[1] > 1]", "[[2]]"},
      {"{x: 1, y: 2, z: 3}.x", "1"},
      {"@\"2024-02-29T10:11:12.5Z\".second", "12.5"},
      {"@\"2024-02-29\".weekday", "4"},
      {"@\"P1DT2H\".hours", "2"},
      {"@\"10:00:00+01:00\".time offset", "@\"PT1H\""},
      {"[1..5].start", "1"},
      {"(1..5].start included", "false"},
  };
  check_cases(cases);
}

TEST_CASE("names of several words are read by what is known") {
  const FeelCase cases[] = {
      {"loan amount * 2", "200", "", "{loan amount: 100}"},
      {"loan  amount*2", "200", "", "{loan amount: 100}"},
      {"response-x", "5", "", "{response-x: 5, response: 3, x: 1}"},
      {"response - x", "2", "", "{response: 3, x: 1}"},
      {"profit and loss", "1", "", "{\"profit and loss\": 1}"},
      {"{a b: 1, c: a b + 1}.c", "2"},
      {"{o: {unit price: 3}}.o.unit price", "3"},
      {"for big order in [1, 2] return big order + 1", "[2, 3]"},
      {"`a-b c` + 1", "2", "", "{\"a-b c\": 1}"},
      {"caf\xC3\xA9 + 1", "2", "", "{caf\xC3\xA9: 1}"},
  };
  check_cases(cases);
}

TEST_CASE("iteration") {
  const FeelCase cases[] = {
      {"for i in 1..3 return i * i", "[1, 4, 9]"},
      {"for i in 3..1 return i", "[3, 2, 1]"},
      {"for i in [1, 2], k in [10, 20] return i + k", "[11, 21, 12, 22]"},
      {"for i in 1..3, k in 1..i return k", "[1, 1, 2, 1, 2, 3]"},
      {"for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"},
      {"for d in @\"2024-02-28\"..@\"2024-03-01\" return d.day", "[28, 29, 1]"},
      {"some x in [1, 2] satisfies x > 1", "true"},
      {"every x in [1, 2] satisfies x > 1", "false"},
      {"some x in [1, null] satisfies x > 1", "null", "feel-null-operand"},
      {"some x in [1, 2], y in [2, 3] satisfies x = y", "true"},
      {"count(for i in 1..10000 return i * 1.5)", "10000"},
  };
  check_cases(cases);
}

TEST_CASE("functions") {
  const FeelCase cases[] = {
      {"(function(x, y) x + y)(1, 2)", "3"},
      {"{f: function(x) x + 1, r: f(1)}.r", "2"},
      {"{f: function(x) x + 1, r: f(x: 1)}.r", "2"},
      {"{f: function(x) x + 1, r: f(y: 1)}.r", "null", "feel-arity"},
      {"{fib: function(n) if n < 2 then n else fib(n - 1) + fib(n - 2), r: fib(15)}.r", "610"},
      {"{a: 10, f: function(x) function(y) x + y + a, r: f(1)(2)}.r", "13"},
      {"sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"},
      {"substring(string: \"foobar\", start position: 3, length: 2)", "\"ob\""},
      {"substring(length: 2, start position: 3, string: \"foobar\")", "\"ob\""},
      {"{f: function(x: number) x, r: f(\"a\")}.r", "null", "feel-type-mismatch"},
      {"{f: function(x: number) x, r: f([1])}.r", "1"},
      {"nothing(1)", "null", "feel-unknown-function"},
      {"count()", "null", "feel-arity"},
      {"{f: function(x) f(x + 1), r: f(1)}.r", "null", "feel-limit"},
      {"1 instance of number", "true"},
      {"null instance of number", "false"},
      {"[1, \"a\"] instance of list<number>", "false"},
      {"{a: 1} instance of context<a: number>", "true"},
      {"[1..2] instance of range<number>", "true"},
      {"@\"PT1H\" instance of days and time duration", "true"},
  };
  check_cases(cases);
}

TEST_CASE("unary tests") {
  const FeelCase cases[] = {
      {"-", "true", "", "{\"?\": 5}"},
      {"5", "true", "", "{\"?\": 5}"},
      {"< 5", "false", "", "{\"?\": 5}"},
      {"[1..5]", "true", "", "{\"?\": 5}"},
      {"1, 2, 5", "true", "", "{\"?\": 5}"},
      {"not(1, 2)", "true", "", "{\"?\": 5}"},
      {"? > 3 and ? < 6", "true", "", "{\"?\": 5}"},
      {"> limit", "true", "", "{\"?\": 5, limit: 4}"},
      {"\"a\", \"b\"", "true", "", "{\"?\": \"b\"}"},
      {"\"a\"", "null", "feel-type-mismatch", "{\"?\": 5}"},
  };
  check_cases(cases, feel::Language::unary_tests);
}

TEST_CASE("what does not parse says where and why") {
  struct Case {
    const char* text;
    const char* message;
    std::uint32_t begin;
  };
  const Case cases[] = {
      {"1 +", "expected an expression before the end", 3},
      {"a == 1", "'==' is not FEEL: equality is written '='", 2},
      {"(1", "expected ')' before the end", 2},
      {"if a then b", "expected 'else' (if ... then ... else ...) before the end", 11},
      {"\"abc", "expected an expression before a text without closing quote", 0},
      {"1 2", "'2' does not belong here: the expression is complete before it", 2},
      {"{a: 1, a: 2}", "the context has two entries 'a'", 7},
      {"for in x return 1", "expected a variable (for ... in ... return ...) before 'in'", 4},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    Diagnostics found;
    feel::CompileOptions options;
    const std::string text = each.text;
    options.span = {FileId{0}, 100, 100 + static_cast<std::uint32_t>(text.size())};
    CHECK_FALSE(feel::compile(text, feel::Language::feel, options, found).has_value());
    REQUIRE(found.size() == 1);
    CHECK(found.list()[0].message == each.message);
    CHECK(found.list()[0].span.begin == 100 + each.begin);
  }
}

TEST_CASE("absurd texts give an error, not a crash") {
  const auto repeated = [](std::string_view part, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += part;
    return text;
  };
  const std::string texts[] = {
      repeated("(", 100'000),
      repeated("-", 100'000) + "1",
      repeated("[", 100'000),
      repeated("{a:", 100'000),
      repeated("not(", 100'000),
      repeated("if ", 100'000),
      repeated("for x in ", 100'000),
      repeated("function(a) ", 100'000),
      repeated("1+", 100'000) + "1",
      repeated("a.", 100'000) + "a",
      repeated("x[", 100'000),
      repeated("1 in ", 100'000),
      "1 instance of " + repeated("list<", 100'000),
      repeated("a ", 50'000) + ":",
  };
  for (const std::string& text : texts) {
    CAPTURE(text.substr(0, 20));
    Diagnostics found;
    (void)feel::compile(text, feel::Language::feel, {}, found);
    CHECK_FALSE(found.empty());
  }
  // long chains of and, or are flat
  Diagnostics found;
  CHECK(feel::compile(repeated("true and ", 50'000) + "true", feel::Language::feel, {}, found).has_value());
  CHECK(found.empty());
}

TEST_CASE("limits end an evaluation") {
  const FeelCase cases[] = {
      {"for i in 1..1000000000000 return i", "null", "feel-limit"},
      {"for a in 1..100000, b in 1..100000 return 1", "null", "feel-limit"},
      {"some i in 1..1000000000000 satisfies false", "null", "feel-limit"},
      {"for i in 1..2000 return [partial]", "null", "feel-limit"},
      {"{d: function(n, x) if n = 0 then x else d(n - 1, [x, x]), r: count(d(60, 1))}.r", "2", "feel-limit"},
  };
  check_cases(cases);
}

TEST_CASE("variables of an expression, and what is constant") {
  Diagnostics found;
  const auto expression = feel::compile("a + b.c + a + abs(1)", feel::Language::feel, {}, found);
  REQUIRE(expression.has_value());
  CHECK(expression->variables() == std::vector<std::string_view>{"a", "b"});
  CHECK(expression->constant() == nullptr);
  const auto constant =
      feel::compile("date(\"2024-01-01\") + duration(\"P1D\")", feel::Language::feel, {}, found);
  REQUIRE(constant->constant() != nullptr);
  CHECK(value::to_text(*constant->constant()) == "2024-01-02");
}

TEST_CASE("unknown names are reported with what may be meant") {
  Diagnostics found;
  const std::string_view names[] = {"amount", "customer name"};
  feel::CompileOptions options;
  options.names = names;
  options.names_complete = true;
  CHECK(
      feel::compile("amont > 3 and customer name = \"x\"", feel::Language::feel, options, found).has_value());
  REQUIRE(found.size() == 1);
  CHECK(found.list()[0].message == "there is no variable 'amont'; did you mean 'amount'?");
  (void)feel::compile("date an time(\"x\")", feel::Language::feel, options, found);
  REQUIRE(found.size() == 2);
  CHECK(found.list()[1].message == "there is no function 'date an time'; did you mean 'date and time'?");
}

TEST_CASE("what other languages write is named in the diagnostic") {
  struct Case {
    const char* text;
    const char* message;
  };
  const Case cases[] = {
      {"a == 1", "'==' is not FEEL: equality is written '='"},
      {"== 1", "'==' is not FEEL: equality is written '='"},
      {"a && b", "'&&' is not FEEL: both at once is written 'and'"},
      {"a || b", "'||' is not FEEL: one or the other is written 'or'"},
      {"!a", "'!' is not FEEL: the opposite is written 'not(...)'"},
      {"a ? 1 : 2", "'?' is not FEEL: a choice is written 'if ... then ... else ...'"},
      {"a % 2", "'%' is not FEEL: a remainder is written 'modulo(a, b)'"},
      {"a = 'x'", "single quotes are not FEEL: texts stand in double quotes, names in none"},
      {"${a}", "'${...}' is JUEL, not FEEL: FEEL names variables as they are"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    Diagnostics found;
    CHECK_FALSE(feel::compile(each.text, feel::Language::feel, {}, found).has_value());
    REQUIRE(found.size() == 1);
    CHECK(found.list()[0].message == each.message);
  }
  Diagnostics found;
  CHECK_FALSE(feel::compile("== 1", feel::Language::unary_tests, {}, found).has_value());
  CHECK(found.list().back().message == "'==' is not FEEL: equality is written '='");
}
