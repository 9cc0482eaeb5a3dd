#include "core/feel/builtins.hpp"

#include "tests/core/feel/support.hpp"

using namespace weir;
using weir::test::check_cases;
using weir::test::FeelCase;

TEST_CASE("every built-in function is reachable by position and has consistent signatures") {
  for (const feel::Builtin& row : feel::builtins()) {
    CAPTURE(row.name, row.parameters);
    CHECK(row.function != nullptr);
    const feel::Arity arity = feel::arity(row);
    CHECK(arity.least <= arity.most);
    CHECK_FALSE(feel::find_builtins(row.name).empty());
  }
  CHECK(feel::find_builtins("no such function").empty());
}

TEST_CASE("number functions") {
  const FeelCase cases[] = {
      {"decimal(1/3, 2)", "0.33"},
      {"decimal(2.5, 0)", "2"},
      {"decimal(-1234.5, -2)", "-1200"},
      {"decimal(1, 99999)", "null", "feel-argument"},
      {"floor(-1.5)", "-2"},
      {"floor(1.56, 1)", "1.5"},
      {"ceiling(-1.5)", "-1"},
      {"ceiling(1.51, 1)", "1.6"},
      {"round up(5.51, 1)", "5.6"},
      {"round up(-5.5, 0)", "-6"},
      {"round down(-5.5, 0)", "-5"},
      {"round half up(-2.5, 0)", "-3"},
      {"round half down(-2.5, 0)", "-2"},
      {"abs(-3)", "3"},
      {"abs(@\"-PT5H\")", "@\"PT5H\""},
      {"modulo(-12, 5)", "3"},
      {"modulo(12, -5)", "-3"},
      {"modulo(5, 0)", "null", "feel-arithmetic"},
      {"sqrt(16)", "4"},
      {"sqrt(2)", "1.414213562373095048801688724209698"},
      {"sqrt(-1)", "null", "feel-argument"},
      {"log(10)", "2.302585092994045684017991454684364"},
      {"log(0)", "null", "feel-argument"},
      {"exp(1)", "2.718281828459045235360287471352662"},
      {"exp(1000000)", "null", "feel-arithmetic"},
      {"odd(5)", "true"},
      {"even(-2)", "true"},
      {"odd(0.5)", "false"},
      {"abs(\"x\")", "null", "feel-argument"},
      {"abs(null)", "null", "feel-null-operand"},
      {"abs([-3])", "3"},
  };
  check_cases(cases);
}

TEST_CASE("text functions count code points") {
  const FeelCase cases[] = {
      {"substring(\"foobar\", 3)", "\"obar\""},
      {"substring(\"foobar\", -2)", "\"ar\""},
      {"substring(\"foobar\", 3, 3)", "\"oba\""},
      {"substring(\"\\U01F40Eabc\", 2)", "\"abc\""},
      {"substring(\"foobar\", 0)", "null", "feel-argument"},
      {"string length(\"\\U01F40Eabc\")", "4"},
      {"upper case(\"aBc4\xC3\xA4\")", "\"ABC4\xC3\x84\""},
      {"lower case(\"\xC3\x84\xCE\xA9\")", "\"\xC3\xA4\xCF\x89\""},
      {"substring before(\"foobar\", \"bar\")", "\"foo\""},
      {"substring before(\"foobar\", \"x\")", "\"\""},
      {"substring after(\"foobar\", \"ob\")", "\"ar\""},
      {"contains(\"foobar\", \"ob\")", "true"},
      {"starts with(\"foobar\", \"fo\")", "true"},
      {"ends with(\"foobar\", \"r\")", "true"},
      {"string join([\"a\", null, \"b\"], \"-\")", "\"a-b\""},
      {"string join([\"a\", \"b\"])", "\"ab\""},
      {"string join([\"a\", 1])", "null", "feel-argument"},
      {"trim(\"  a b \")", "\"a b\""},
      {"is blank(\" \")", "true"},
      {"string(1.50)", "\"1.5\""},
      {"string([1, \"a\", {b: null}])", "\"[1, \\\"a\\\", {b: null}]\""},
      {"string(@\"PT1H\")", "\"PT1H\""},
      {"string(null)", "null"},
  };
  check_cases(cases);
}

TEST_CASE("regular expressions in the flavour of XPath") {
  const FeelCase cases[] = {
      {"matches(\"foobar\", \"^fo*b\")", "true"},
      {"matches(\"FOO\", \"foo\", \"i\")", "true"},
      {"matches(\"a\\nb\", \"a.b\")", "false"},
      {"matches(\"a\\nb\", \"a.b\", \"s\")", "true"},
      {"matches(\"a\\nb\", \"^b$\", \"m\")", "true"},
      {"matches(\"a\\n\", \"a$\")", "false"},
      {"matches(\"a.b\", \"a.b\", \"q\")", "true"},
      {"matches(\"axb\", \"a.b\", \"q\")", "false"},
      {"matches(\"B\", \"[A-Z-[OI]]\")", "true"},
      {"matches(\"O\", \"[A-Z-[OI]]\")", "false"},
      {"matches(\"b\", \"[a-z-[aeiou-[e]]]\")", "true"},
      {"matches(\"e\", \"^[a-z-[aeiou-[e]]]$\")", "true"},
      {"matches(\"\\u0416\", \"\\p{IsCyrillic}\")", "true"},
      {"matches(\"x\", \"\\P{IsCyrillic}\")", "true"},
      {"matches(\"_a-1\", \"^\\i\\c*$\")", "true"},
      {"matches(\"1a\", \"^\\i\\c*$\")", "false"},
      {"matches(\"abab\", \"^(ab)\\1$\")", "true"},
      {"matches(\"a1\", \"^\\w\\d$\")", "true"},
      {"matches(\"a\", \"(?=a)\")", "null", "feel-argument"},
      {"matches(\"a\", \"a++\")", "null", "feel-argument"},
      {"matches(\"a\", \"(a\")", "null", "feel-argument"},
      {"matches(\"a\", \"a)\")", "null", "feel-argument"},
      {"matches(\"a\", \"[z-a]\")", "null", "feel-argument"},
      {"matches(\"a\", \"\\ba\")", "null", "feel-argument"},
      {"matches(\"a\", \"a\", \"g\")", "null", "feel-argument"},
      {"replace(\"abracadabra\", \"a(.)\", \"<$1>\")", "\"<b>r<c><d><b>ra\""},
      {"replace(\"abc\", \"b\", \"\\$\")", "\"a$c\""},
      {"replace(\"abc\", \"b\", \"$x\")", "null", "feel-argument"},
      {"replace(\"abc\", \"x*\", \"-\")", "null", "feel-argument"},
      {"replace(\"a.b\", \".\", \"$1\", \"q\")", "\"a$1b\""},
      {"split(\"a;b;;c\", \";\")", "[\"a\", \"b\", \"\", \"c\"]"},
      {"split(\"John  Doe\", \"\\s+\")", "[\"John\", \"Doe\"]"},
      {"split(\"\", \",\")", "[\"\"]"},
      {"extract(\"a1 b22\", \"\\d+\")", "[\"1\", \"22\"]"},
      {"matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a|aa|a*)*$\")", "null",
       "feel-limit"},
  };
  check_cases(cases);
}

TEST_CASE("list functions") {
  const FeelCase cases[] = {
      {"list contains([1, null], null)", "true"},
      {"list replace([1, 2, 3], 2, 9)", "[1, 9, 3]"},
      {"list replace([1, 2, 3], function(item, newItem) item > 1, 9)", "[1, 9, 9]"},
      {"count([1, 2])", "2"},
      {"count([])", "0"},
      {"min([3, 1, 2])", "1"},
      {"max(3, 1, 2)", "3"},
      {"max(\"a\", \"b\")", "\"b\""},
      {"min([])", "null", "feel-argument"},
      {"min([1, \"a\"])", "null", "feel-argument"},
      {"sum([0.1, 0.2])", "0.3"},
      {"sum(1, 2, 3)", "6"},
      {"mean([1, 2, 4])", "2.333333333333333333333333333333333"},
      {"median([3, 1, 2, 10])", "2.5"},
      {"stddev([2, 4, 7, 5])", "2.081665999466132735282297706979931"},
      {"mode([6, 3, 9, 6, 6, 3, 3])", "[3, 6]"},
      {"product([2, 3, 4])", "24"},
      {"all([true, null])", "null"},
      {"all([true, false, null])", "false"},
      {"any([false, null, true])", "true"},
      {"any([])", "false"},
      {"sublist([1, 2, 3], 2)", "[2, 3]"},
      {"sublist([1, 2, 3], -2, 1)", "[2]"},
      {"append([1], 2, [3])", "[1, 2, [3]]"},
      {"concatenate([1], [2, 3], 4)", "[1, 2, 3, 4]"},
      {"insert before([1, 3], 2, 2)", "[1, 2, 3]"},
      {"remove([1, 2, 3], -1)", "[1, 2]"},
      {"remove([1], 2)", "null", "feel-argument"},
      {"reverse([1, 2, 3])", "[3, 2, 1]"},
      {"index of([1, 2, 1], 1)", "[1, 3]"},
      {"union([1, 2], [2, 3])", "[1, 2, 3]"},
      {"distinct values([1, 2, 1, null, null])", "[1, 2, null]"},
      {"duplicate values([1, 2, 1, 1])", "[1]"},
      {"flatten([[1, [2]], 3])", "[1, 2, 3]"},
      {"sort([3, 1, 2])", "[1, 2, 3]"},
      {"sort([{n: 2}, {n: 1}], function(a, b) a.n < b.n)", "[{n: 1}, {n: 2}]"},
      {"sort([1, \"a\"])", "null", "feel-argument"},
      {"is empty([])", "true"},
      {"partition([1, 2, 3], 2)", "[[1, 2], [3]]"},
      {"sort([])", "[]"},
      {"sort(l)", "[]", "", "{l: []}"},
      {"reverse([])", "[]"},
      {"concatenate([], [])", "[]"},
      {"union([])", "[]"},
      {"remove([1], 1)", "[]"},
      {"flatten([])", "[]"},
      {"distinct values([])", "[]"},
      {"index of([], 1)", "[]"},
      {"mode([])", "[]"},
      {"list replace([], function(item, newItem) true, 1)", "[]"},
  };
  check_cases(cases);
}

TEST_CASE("context functions") {
  const FeelCase cases[] = {
      {"get value({a: 1}, \"a\")", "1"},
      {"get value({a: {b: 2}}, [\"a\", \"b\"])", "2"},
      {"get value({a: 1}, \"b\")", "null", "feel-no-entry"},
      {"get entries({a: 1})", "[{key: \"a\", value: 1}]"},
      {"context put({a: 1}, \"b\", 2)", "{a: 1, b: 2}"},
      {"context put({a: 1}, \"a\", 2)", "{a: 2}"},
      {"context put({a: {b: 1}}, [\"a\", \"c\"], 2)", "{a: {b: 1, c: 2}}"},
      {"context put({}, [\"a\", \"b\"], 1)", "{a: {b: 1}}"},
      {"context merge([{a: 1, b: 1}, {b: 2}])", "{a: 1, b: 2}"},
      {"context([{key: \"a\", value: 1}])", "{a: 1}"},
      {"context([{key: \"a\", value: 1}, {key: \"a\", value: 2}])", "null", "feel-argument"},
  };
  check_cases(cases);
}

TEST_CASE("conversion and tests for missing values") {
  const FeelCase cases[] = {
      {"number(\"1 000,5\", \" \", \",\")", "1000.5"},
      {"number(\"1,000.5\", \",\", \".\")", "1000.5"},
      {"number(\"1.5\")", "1.5"},
      {"number(\"x\")", "null", "feel-argument"},
      {"number(\"1\", \".\", \".\")", "null", "feel-argument"},
      {"is(1, 1.0)", "true"},
      {"is(@\"10:00:00Z\", @\"10:00:00+00:00\")", "true"},
      {"is(@\"10:00:00Z\", @\"11:00:00+01:00\")", "false"},
      {"is defined(a)", "true", "", "{a: 1}"},
      {"is defined(a.b)", "false", "", "{a: {c: 1}}"},
      {"is defined(x)", "false"},
      {"get or else(null, 1)", "1"},
      {"get or else(x.y, 1)", "1"},
      {"assert(1, 1 > 0)", "1"},
      {"assert(1, false, \"why\")", "null", "feel-argument"},
      {"not(1)", "null", "feel-argument"},
  };
  check_cases(cases);
}

TEST_CASE("dates, times and durations") {
  const FeelCase cases[] = {
      {"date(\"2024-02-29\")", "@\"2024-02-29\""},
      {"date(2024, 2, 29)", "@\"2024-02-29\""},
      {"date(2023, 2, 29)", "null", "feel-argument"},
      {"date(@\"2024-02-29T10:00:00\")", "@\"2024-02-29\""},
      {"time(\"10:00:00Z\")", "@\"10:00:00Z\""},
      {"time(10, 30, 15.5)", "@\"10:30:15.5\""},
      {"time(10, 30, 0, @\"PT1H\")", "@\"10:30:00+01:00\""},
      {"time(24, 0, 0)", "null", "feel-argument"},
      {"time(@\"2024-02-29\")", "@\"00:00:00Z\""},
      {"date and time(\"2024-02-29T10:00:00\")", "@\"2024-02-29T10:00:00\""},
      {"date and time(\"2024-02-29\")", "@\"2024-02-29T00:00:00\""},
      {"date and time(@\"2024-02-29\", @\"10:00:00\")", "@\"2024-02-29T10:00:00\""},
      {"date and time(2024, 2, 29, 10, 0, 0)", "@\"2024-02-29T10:00:00\""},
      {"duration(\"P1Y\")", "@\"P1Y\""},
      {"duration(\"P1YT1H\")", "null", "feel-argument"},
      {"years and months duration(@\"2022-01-31\", @\"2024-03-30\")", "@\"P2Y1M\""},
      {"years and months duration(@\"2024-03-30\", @\"2022-01-31\")", "@\"-P2Y1M\""},
      {"now()", "@\"2024-05-06T07:08:09Z\""},
      {"today()", "@\"2024-05-06\""},
      {"day of year(@\"2024-12-31\")", "366"},
      {"day of week(@\"2024-02-29\")", "\"Thursday\""},
      {"month of year(@\"2024-02-29\")", "\"February\""},
      {"week of year(@\"2021-01-03\")", "53"},
      {"last day of month(@\"2024-02-01\")", "@\"2024-02-29\""},
  };
  check_cases(cases);
}

TEST_CASE("relations of points and ranges") {
  const FeelCase cases[] = {
      {"before(1, 10)", "true"},
      {"before([1..5), [5..10])", "true"},
      {"before([1..5], [5..10])", "false"},
      {"after(10, [1..5])", "true"},
      {"meets([1..5], [5..10])", "true"},
      {"met by([5..10], [1..5))", "false"},
      {"overlaps([1..5], [3..8])", "true"},
      {"overlaps before([1..5], [3..8])", "true"},
      {"overlaps after([3..8], [1..5])", "true"},
      {"finishes(5, [1..5])", "true"},
      {"finished by([1..5], 5)", "true"},
      {"includes([1..10], [2..3])", "true"},
      {"during(5, [1..10])", "true"},
      {"starts([1..5], [1..10])", "true"},
      {"started by([1..10], 1)", "true"},
      {"coincides([1..5], [1..5])", "true"},
      {"before(1, \"a\")", "null", "feel-argument"},
      {"range(\"[1..5)\")", "[1..5)"},
      {"range(\"[5..1]\")", "null", "feel-argument"},
      {"range(\"[a..5]\")", "null", "feel-argument"},
  };
  check_cases(cases);
}
