// Boxed expressions inside each other (DMN 1.5, 7.3 and 10.2.1), and what they do with values they are not
// made for.
#include "tests/core/dmn/support.hpp"

using namespace weir;
using namespace weir::test;

namespace {

std::string in(std::string_view tag, std::string_view inside) {
  return fmt::format("<{0}>{1}</{0}>", tag, inside);
}
std::string text(std::string_view tag, std::string_view feel) {
  return in(tag, literal(feel));
}
std::string iterator(std::string_view kind, std::string_view over, std::string_view body) {
  const char* const last = kind == "for" ? "return" : "satisfies";
  return fmt::format(R"(<{0} iteratorVariable="i">{1}{2}</{0}>)", kind, text("in", over), in(last, body));
}
std::string entry(std::string_view name, std::string_view inside) {
  return fmt::format(R"(<contextEntry><variable name="{}"/>{}</contextEntry>)", name, inside);
}

}  // namespace

TEST_CASE("boxed expressions of all kinds, inside each other", "[dmn]") {
  struct Case {
    std::string logic;
    const char* answer;
    const char* code;
  };
  const auto conditional = [](std::string_view a, std::string_view b, std::string_view c) {
    return "<conditional>" + text("if", a) + text("then", b) + text("else", c) + "</conditional>";
  };
  const auto filter = [](std::string_view of, std::string_view match) {
    return "<filter>" + text("in", of) + text("match", match) + "</filter>";
  };
  const Case cases[] = {
      {conditional("1 = 1", "\"a\"", "\"b\""), "\"a\"", ""},
      {conditional("1 = 2", "\"a\"", "\"b\""), "\"b\"", ""},
      {conditional("null", "\"a\"", "\"b\""), "\"b\"", ""},
      {conditional("\"yes\"", "\"a\"", "\"b\""), "\"b\"", "feel-type-mismatch"},
      {conditional("true", "1", "1 / 0"), "1", ""},  // the other branch is not evaluated
      {filter("[1, 2, 3]", "item &gt; 1"), "[2, 3]", ""},
      {filter("[{a: 1}, {a: 2}]", "a = 2"), "[{a: 2}]", ""},
      {filter("[{a: 1}, {a: 2}]", "item.a = 1"), "[{a: 1}]", ""},
      {filter("[1, 2]", "item &gt; 5"), "[]", ""},
      {filter("[]", "item &gt; 5"), "[]", ""},
      {filter("null", "item &gt; 5"), "null", ""},
      {filter("5", "item = 5"), "[5]", ""},
      {filter("[1, 2]", "\"x\""), "null", "feel-type-mismatch"},
      {iterator("for", "[1, 2, 3]", literal("i * i")), "[1, 4, 9]", ""},
      {iterator("for", "1..3", literal("i")), "", ""},
      {iterator("for", "[1..3]", literal("i")), "[1, 2, 3]", ""},
      {iterator("for", "[]", literal("i")), "[]", ""},
      {iterator("for", "null", literal("i")), "null", ""},
      {iterator("for", "[1, 2, 3]", literal("if count(partial) = 0 then i else partial[-1] + i")),
       "[1, 3, 6]", ""},
      {iterator("some", "[1, 2, 3]", literal("i &gt; 2")), "true", ""},
      {iterator("some", "[]", literal("i &gt; 2")), "false", ""},
      {iterator("every", "[1, 2, 3]", literal("i &gt; 0")), "true", ""},
      {iterator("every", "[]", literal("i &gt; 0")), "true", ""},
      {iterator("some", "[null, 3]", literal("i = 3")), "true", ""},
      {iterator("every", "[1]", literal("\"x\"")), "null", "feel-type-mismatch"},
      {iterator("for", "[1, 2]", iterator("for", "[i, i + 10]", literal("i"))), "[[1, 11], [2, 12]]", ""},
      {iterator("for", "[1, 2, 3]", conditional("odd(i)", "i", "null")), "[1, null, 3]", ""},
      {in("context", entry("a", in("context", entry("b", in("list", literal("1") + literal("2"))))) +
                         entry("c", literal("a.b[2] + 1"))),
       "{a: {b: [1, 2]}, c: 3}", ""},
      {in("context",
          entry("n", literal("5")) +
              entry("twice", R"(<functionDefinition><formalParameter name="x" typeRef="number"/>)" +
                                 literal("x * 2 + n") + "</functionDefinition>") +
              in("contextEntry", literal("twice(10)"))),
       "25", ""},
      {in("context",
          entry("f", R"(<functionDefinition><formalParameter name="a"/><formalParameter name="b"/>)" +
                         literal("a - b") + "</functionDefinition>") +
              in("contextEntry", "<invocation>" + literal("f") + R"(<binding><parameter name="b"/>)" +
                                     literal("1") + R"(</binding><binding><parameter name="a"/>)" +
                                     literal("3") + "</binding></invocation>")),
       "2", ""},
      {R"(<relation><column name="a"/><column name="b c"/><row>)" + literal("1") + literal("\"x\"") +
           "</row><row>" + literal("2") + literal("null") + "</row></relation>",
       "[{a: 1, b c: \"x\"}, {a: 2, b c: null}]", ""},
      {"<invocation>" + literal("nothing") + "</invocation>", "null", "feel-unknown-variable"},
      {"<invocation>" + literal("5") + "</invocation>", "null", "feel-unknown-function"},
      {in("list", ""), "[]", ""},
      {in("context", ""), "{}", ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.logic);
    Model model("<decision id=\"d\" name=\"d\"><variable name=\"d\"/>" + each.logic + "</decision>");
    if (*each.answer == '\0') {  // no FEEL: said when it is compiled
      CHECK(model.diagnostics.has_errors());
      continue;
    }
    CHECK(model.diagnostics.empty());
    CHECK(model.answer("d") == each.answer);
    CHECK(model.code() == each.code);
  }
}

TEST_CASE("the types of boxed expressions convert and refuse", "[dmn]") {
  struct Case {
    const char* logic;
    const char* answer;
    const char* code;
  };
  const Case cases[] = {
      {R"(<literalExpression typeRef="number"><text>"1"</text></literalExpression>)", "null",
       "dmn-type-mismatch"},
      {R"(<literalExpression typeRef="number"><text>[1]</text></literalExpression>)", "1", ""},
      {R"(<list typeRef="number"><literalExpression><text>1</text></literalExpression></list>)", "1", ""},
      {R"(<context><contextEntry><variable name="a" typeRef="string"/><literalExpression><text>1</text>
          </literalExpression></contextEntry></context>)",
       "{a: null}", "dmn-type-mismatch"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.logic);
    Model model(fmt::format("<decision id=\"d\" name=\"d\"><variable name=\"d\"/>{}</decision>", each.logic));
    CHECK(model.answer("d") == each.answer);
    CHECK(model.code() == each.code);
  }
}
