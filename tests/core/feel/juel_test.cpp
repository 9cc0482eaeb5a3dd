#include "core/feel/juel.hpp"

#include "tests/core/feel/support.hpp"

using namespace weir;
using weir::test::check_cases;
using weir::test::FeelCase;

TEST_CASE("JUEL operators") {
  const FeelCase cases[] = {
      {"${1 + 2 * 3}", "7"},
      {"#{a > 5}", "true", "", "{a: 6}"},
      {"${a gt 5 && a le 6}", "true", "", "{a: 6}"},
      {"${a eq 6 and not (a ne 6)}", "true", "", "{a: 6}"},
      {"${!ok}", "true", "", "{ok: false}"},
      {"${ok ? 'yes' : 'no'}", "\"yes\"", "", "{ok: true}"},
      {"${a ? b : c ? 1 : 2}", "2", "", "{a: false, b: 0, c: false}"},
      {"${empty text}", "true", "", "{text: \"\"}"},
      {"${not empty list}", "true", "", "{list: [1]}"},
      {"${x == null}", "true", "", "{x: null}"},
      {"${x != null}", "true", "", "{x: 1}"},
      {"${'10' > 9}", "true"},
      {"${'a' < 'b'}", "true"},
      {"${x < 5}", "false", "", "{x: null}"},
      {"${'1' == 1}", "true"},
      {"${7 mod 4}", "3"},
      {"${7 div 2}", "3.5"},
      {"${-a}", "-6", "", "{a: 6}"},
      {"${'it\\'s'}", "\"it's\""},
      {"${x}", "null", "feel-unknown-variable"},
      {"${10 / 0}", "null", "feel-arithmetic"},
  };
  check_cases(cases, feel::Language::juel);
}

TEST_CASE("JUEL paths and methods") {
  const FeelCase cases[] = {
      {"${order.price}", "5", "", "{order: {price: 5}}"},
      {"${order['price']}", "5", "", "{order: {price: 5}}"},
      {"${list[1]}", "8", "", "{list: [7, 8]}"},
      {"${list[2]}", "null", "feel-index", "{list: [7, 8]}"},
      {"${list.size() > 1}", "true", "", "{list: [7, 8]}"},
      {"${list.contains(7)}", "true", "", "{list: [7, 8]}"},
      {"${text.equals('x')}", "true", "", "{text: \"x\"}"},
      {"${'x'.equals(text)}", "false", "", "{text: null}"},
      {"${text.startsWith('ab') && text.length() == 3}", "true", "", "{text: \"abc\"}"},
      {"${text.toUpperCase().substring(1)}", "\"BC\"", "", "{text: \"abc\"}"},
      {"${order.getPrice()}", "5", "", "{order: {price: 5}}"},
      {"${order.containsKey('price')}", "true", "", "{order: {price: 5}}"},
      {"${execution.getVariable('a') == 1}", "true", "", "{a: 1}"},
      {"${execution.getVariable('b') == null}", "true", "", "{a: 1}"},
      {"${execution.hasVariable('a')}", "true", "", "{a: 1}"},
      {"${vars:get('a')}", "1", "", "{a: 1}"},
      {"${var:equals(a, 1)}", "true", "", "{a: 1}"},
      {"${vars:contains('l', 2)}", "true", "", "{l: [1, 2]}"},
      {"${collection:contains(l, 2)}", "true", "", "{l: [1, 2]}"},
      {"${collection:containsAny(l, 'a,z')}", "true", "", "{l: [\"a\", \"b\"]}"},
      {"${collection:notContains(l, 3)}", "true", "", "{l: [1, 2]}"},
      {"${collection:notContainsAny(l, 'y,z')}", "true", "", "{l: [\"a\", \"b\"]}"},
      {"${dateTime().plusDays(5)}", "@\"2024-05-11T07:08:09Z\""},
      {"${dateTime().minusHours(-2).toDate()}", "@\"2024-05-06T09:08:09Z\""},
      {"${dateTime().plusMonths(x)}", "null", "feel-unknown-function", "{x: \"soon\"}"},
      {"${S(order).prop('price').numberValue() > 4}", "true", "", "{order: {price: 5}}"},
      {"${bean.doIt(1)}", "null", "feel-unknown-variable"},
      {"${a.doIt()}", "null", "feel-unknown-function", "{a: {b: 1}}"},
  };
  check_cases(cases, feel::Language::juel);
}

TEST_CASE("texts with expressions inside") {
  const FeelCase cases[] = {
      {"Order ${id} of #{name}!", "\"Order 5 of Ann!\"", "", "{id: 5, name: \"Ann\"}"},
      {"${id}", "5", "", "{id: 5}"},
      {"plain", "\"plain\""},
      {"\\${id}", "\"${id}\""},
      {"${}", "", "juel-syntax"},
      {"${a", "", "juel-syntax"},
      {"${a = 1}", "", "juel-syntax"},
      {"${'abc}", "", "juel-syntax"},
      {"${a b}", "", "juel-syntax"},
  };
  check_cases(cases, feel::Language::juel);
}

TEST_CASE("the language of a condition") {
  struct Case {
    const char* text;
    const char* attribute;
    feel::Language language;
  };
  const Case cases[] = {
      {"= a > 1", "", feel::Language::feel},
      {"${a > 1}", "", feel::Language::juel},
      {"#{a > 1}", "http://www.w3.org/1999/XPath", feel::Language::juel},
      {"a > 1", "https://www.omg.org/spec/DMN/20191111/FEEL/", feel::Language::feel},
      {"a > 1", "", feel::Language::feel},
      {"$a > 1", "http://www.w3.org/1999/XPath", feel::Language::foreign},
      {"a > 1", "groovy", feel::Language::foreign},
      {"a > 1", "application/javascript", feel::Language::foreign},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text, each.attribute);
    CHECK(feel::choose_language(each.text, each.attribute).language == each.language);
  }
  Diagnostics found;
  CHECK(feel::compile_condition("  = a > 1", "", {}, found).has_value());
  CHECK(found.empty());
  CHECK_FALSE(feel::compile_condition("Amount ok?", "", {}, found).has_value());
  CHECK(found.list().back().code == "expression-text");
  CHECK_FALSE(feel::compile_condition("more than 5 items!", "", {}, found).has_value());
  CHECK(found.list().back().code == "expression-text");
  CHECK_FALSE(feel::compile_condition("def x = 1; x > 0", "groovy", {}, found).has_value());
  CHECK(found.list().back().code == "expression-language");
}

TEST_CASE("conditions are true, false or neither") {
  Diagnostics found;
  feel::Workspace workspace;
  const auto answer = [&](const char* text) {
    return feel::condition(*feel::compile_condition(text, "", {}, found), {}, workspace);
  };
  CHECK(answer("= 1 < 2") == true);
  CHECK(answer("${1 > 2}") == false);
  CHECK(answer("${'true'}") == true);
  CHECK_FALSE(answer("= null").has_value());
  CHECK(workspace.trouble_count() == 0);
  CHECK_FALSE(answer("= 1 + 1").has_value());
  CHECK(workspace.trouble_count() == 1);
}

TEST_CASE("absurd JUEL gives an error, not a crash") {
  for (const char* part : {"(", "!", "-", "[", "a[", "a.b(", "1+", "a?", "empty "}) {
    std::string text = "${";
    for (int i = 0; i < 50'000; ++i) text += part;
    Diagnostics found;
    CAPTURE(part);
    (void)feel::compile(text, feel::Language::juel, {}, found);
    CHECK_FALSE(found.empty());
  }
}

TEST_CASE("calls that only the program an expression was written for can make") {
  struct Case {
    const char* text;
    std::vector<std::string_view> calls;
  };
  const Case cases[] = {
      {"${bean.doIt(1) && bean.doIt(2)}", {"doIt"}},
      {"${list.contains(x) && order.getPrice() > 1 && order.isPaid()}", {}},
      {"${execution.getVariable('x').size()}", {}},
      {"${execution.setVariable('x', 1)}", {"setVariable"}},
      {"${var:eq(a, 1) || collection:contains(l, 1)}", {}},
      {"${date:format(now(), 'dd')} ${compute(1)}", {"date:format", "compute"}},
      {"${order.getPrice(1)}", {"getPrice"}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    Diagnostics found;
    const auto expression = feel::compile(each.text, feel::Language::juel, {}, found);
    REQUIRE(expression.has_value());
    CHECK(feel::foreign_calls(expression->root()) == each.calls);
  }
}
