// Decisions written here, from the specification: hit policies, boxed expressions, types, services.
#include <fmt/format.h>

#include "tests/core/dmn/support.hpp"

using namespace weir;
using namespace weir::test;

namespace {

std::string table(std::string_view policy, std::string_view output, int copies = 1) {
  std::string rules;
  const auto rule = [&](const char* test, const char* result) {
    rules += fmt::format(
        "<rule><inputEntry><text>{}</text></inputEntry><outputEntry><text>{}</text></outputEntry></rule>",
        test, result);
  };
  for (int i = 0; i < copies; ++i) {
    rule("&lt; 10", "1");
    rule("[5..20]", "3");
    rule("15, 16", "2");
    rule("? = n and n &gt; 100", "9");
  }
  return fmt::format(R"(<inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>
<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#n"/></informationRequirement>
<decisionTable {}><input><inputExpression><text>n</text></inputExpression></input>{}{}</decisionTable></decision>)",
                     policy, output, rules);
}

}  // namespace

TEST_CASE("hit policies", "[dmn]") {
  struct Case {
    const char* policy;
    const char* output;
    int n;
    const char* answer;
    const char* code;
  };
  constexpr const char* plain = "<output/>";
  constexpr const char* ordered = "<output><outputValues><text>3, 2, 1, 9</text></outputValues></output>";
  constexpr const char* otherwise =
      "<output><defaultOutputEntry><text>0</text></defaultOutputEntry></output>";
  const Case cases[] = {
      {"", plain, 1, "1", ""},
      {"", plain, 7, "null", "dmn-hit-policy"},
      {"", plain, 20, "3", ""},
      {"", plain, 21, "null", "dmn-no-rule"},
      {"", otherwise, 21, "0", ""},
      {"", plain, 101, "9", ""},
      {R"(hitPolicy="ANY")", plain, 7, "null", "dmn-hit-policy"},
      {R"(hitPolicy="FIRST")", plain, 7, "1", ""},
      {R"(hitPolicy="PRIORITY")", ordered, 7, "3", ""},
      {R"(hitPolicy="PRIORITY")", plain, 7, "null", "dmn-hit-policy"},
      {R"(hitPolicy="RULE ORDER")", plain, 15, "[3, 2]", ""},
      {R"(hitPolicy="OUTPUT ORDER")", ordered, 7, "[3, 1]", ""},
      {R"(hitPolicy="COLLECT")", plain, 16, "[3, 2]", ""},
      {R"(hitPolicy="COLLECT" aggregation="SUM")", plain, 16, "5", ""},
      {R"(hitPolicy="COLLECT" aggregation="MIN")", plain, 16, "2", ""},
      {R"(hitPolicy="COLLECT" aggregation="MAX")", plain, 16, "3", ""},
      {R"(hitPolicy="COLLECT" aggregation="COUNT")", plain, 16, "2", ""},
      {R"(hitPolicy="COLLECT" aggregation="COUNT")", plain, 50, "0", ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.policy, each.n);
    Model model(table(each.policy, each.output));
    CHECK(model.diagnostics.empty());
    CHECK(model.answer("d", {number("n", each.n)}) == each.answer);
    CHECK(model.code() == each.code);
  }
}

TEST_CASE("a table of many rules gives what each of its tests gives", "[dmn]") {
  Model model(table(R"(hitPolicy="COLLECT" aggregation="COUNT")", "<output/>", 40));
  for (int n = -1; n < 110; ++n) {
    const int expected =
        (n < 10 ? 1 : 0) + (n >= 5 && n <= 20 ? 1 : 0) + (n == 15 || n == 16 ? 1 : 0) + (n > 100 ? 1 : 0);
    CAPTURE(n);
    CHECK(model.answer("d", {number("n", n)}) == std::to_string(40 * expected));
  }
  const value::Entry between{value::Key("n"), value::Value::number(155, -1)};
  CHECK(model.answer("d", {between}) == "40");
}

TEST_CASE("boxed expressions", "[dmn]") {
  struct Case {
    std::string logic;
    const char* answer;
  };
  const auto in = [](std::string_view tag, std::string_view text) {
    return fmt::format("<{0}>{1}</{0}>", tag, literal(text));
  };
  const Case cases[] = {
      {"<context><contextEntry><variable name=\"a b\"/>" + literal("2") + "</contextEntry><contextEntry>" +
           literal("a b * 3") + "</contextEntry></context>",
       "6"},
      {"<list>" + literal("1") + literal("\"x\"") + "</list>", "[1, \"x\"]"},
      {"<relation><column name=\"k\"/><row>" + literal("1") + "</row><row>" + literal("2") +
           "</row></relation>",
       "[{k: 1}, {k: 2}]"},
      {"<conditional>" + in("if", "1 &lt; 2") + in("then", "\"yes\"") + in("else", "\"no\"") +
           "</conditional>",
       "\"yes\""},
      {"<filter>" + in("in", "[1, 2, 3]") + in("match", "item &gt; 1") + "</filter>", "[2, 3]"},
      {"<for iteratorVariable=\"i\">" + in("in", "[1, 2, 3]") + in("return", "i + count(partial)") + "</for>",
       "[1, 3, 5]"},
      {"<some iteratorVariable=\"i\">" + in("in", "[1, 2]") + in("satisfies", "i = 2") + "</some>", "true"},
      {"<every iteratorVariable=\"i\">" + in("in", "[1, 2]") + in("satisfies", "i = 2") + "</every>",
       "false"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.logic);
    Model model("<decision id=\"d\" name=\"d\"><variable name=\"d\"/>" + each.logic + "</decision>");
    CHECK(model.answer("d") == each.answer);
    CHECK(model.code().empty());
  }
}

TEST_CASE("knowledge models and decision services are functions, with limits", "[dmn]") {
  const std::string body =
      R"(<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic>
         <formalParameter name="n" typeRef="number"/>)" +
      literal("if n &lt; 2 then 1 else n * f(n - 1)") +
      R"(</encapsulatedLogic></businessKnowledgeModel>
      <businessKnowledgeModel id="g" name="g"><variable name="g"/><encapsulatedLogic>)" +
      literal("g()") + R"(</encapsulatedLogic></businessKnowledgeModel>
      <inputData id="x" name="x"><variable name="x" typeRef="number"/></inputData>
      <decision id="twice" name="twice"><variable name="twice"/><informationRequirement>
      <requiredInput href="#x"/></informationRequirement>)" +
      literal("2 * x") +
      R"(</decision><decisionService id="s" name="s"><variable name="s"/><outputDecision href="#twice"/>
      <inputData href="#x"/></decisionService>)";
  const auto decision = [](const char* name, const char* needs, const char* text) {
    return fmt::format(R"(<decision id="{0}" name="{0}"><variable name="{0}"/><knowledgeRequirement>
      <requiredKnowledge href="#{1}"/></knowledgeRequirement>{2}</decision>)",
                       name, needs, literal(text));
  };
  Model model(body + decision("five", "f", "f(5)") + decision("named", "f", "f(n: 3)") +
              decision("text", "f", "f(\"a\")") + decision("endless", "g", "g()") +
              decision("service", "s", "s(4)"));
  CHECK(model.answer("five") == "120");
  CHECK(model.answer("named") == "6");
  CHECK(model.answer("text") == "null");
  CHECK(model.code() == "dmn-type-mismatch");
  CHECK(model.answer("endless") == "null");
  CHECK(model.code() == "feel-limit");
  CHECK(model.answer("service") == "8");
  CHECK(model.answer("s", {number("x", 5)}) == "10");
}

TEST_CASE("decisions that require themselves are reported and null", "[dmn]") {
  const auto decision = [](const char* name, const char* needs) {
    return fmt::format(R"(<decision id="{0}" name="{0}"><variable name="{0}"/><informationRequirement>
      <requiredDecision href="#{1}"/></informationRequirement>{2}</decision>)",
                       name, needs, literal(needs));
  };
  Model model(decision("a", "b") + decision("b", "a") + decision("c", "missing"));
  REQUIRE(model.diagnostics.size() == 2);
  CHECK(model.diagnostics.list()[0].code == "dmn-unresolved-href");
  CHECK(model.diagnostics.list()[1].code == "dmn-cycle");
  CHECK(model.answer("a") == "null");
  CHECK(model.code() == "dmn-cycle");
}
