// Decisions that are not in FEEL: JUEL as Camunda 7 reads it, and what cannot run here.
#include "tests/core/dmn/support.hpp"

using namespace weir;
using namespace weir::test;

namespace {

std::string table(std::string_view attributes, std::string_view input, std::string_view test,
                  std::string_view entry) {
  return fmt::format(R"(<inputData id="n" name="n"><variable name="n"/></inputData>
<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#n"/></informationRequirement>
<decisionTable><input xmlns:camunda="http://camunda.org/schema/1.0/dmn" {1}><inputExpression><text>n</text></inputExpression></input>
<output/><rule><inputEntry {0}><text>{2}</text></inputEntry><outputEntry {0}><text>{3}</text></outputEntry></rule>
</decisionTable></decision>)",
                     attributes, input, test, entry);
}

}  // namespace

TEST_CASE("cells in JUEL", "[dmn]") {
  struct Case {
    const char* attributes;
    const char* input;
    const char* test;
    const char* entry;
    const char* answer;
    const char* code;
  };
  const Case cases[] = {
      {"", "", "${cellInput == 5}", "${n + 1}", "6", ""},
      {"", "", "5", "${n > 4 ? 'big' : 'small'}", "\"big\"", ""},
      {"expressionLanguage='juel'", "", "cellInput gt 4", "n * 2", "10", ""},
      {"", "camunda:inputVariable='x'", "${x == 5}", "1", "1", ""},
      {"", "", "${cellInput == 6}", "1", "null", "dmn-no-rule"},
      {"", "", "5", "\"costs ${n}\"", "\"costs ${n}\"", ""},  // a text of FEEL
  };
  for (const Case& each : cases) {
    CAPTURE(each.test, each.entry);
    Model model(table(each.attributes, each.input, each.test, each.entry));
    CHECK(model.diagnostics.empty());
    CHECK(model.answer("d", {number("n", 5)}) == each.answer);
    CHECK(model.code() == each.code);
  }
}

TEST_CASE("cells in a script language are reported and never match", "[dmn]") {
  Model model(table("expressionLanguage='groovy'", "", "cellInput == 5", "n + 1"));
  REQUIRE(model.diagnostics.size() == 2);
  for (const Diagnostic& each : model.diagnostics.list()) {
    CHECK(each.code == "expression-language");
    CHECK(each.span.known());
    CHECK(each.message.find("groovy") != std::string::npos);
  }
  CHECK(model.answer("d", {number("n", 5)}) == "null");
}

TEST_CASE("functions in Java and PMML are reported with a place and are null", "[dmn]") {
  const std::string call =
      R"(<knowledgeRequirement><requiredKnowledge href="#cos"/></knowledgeRequirement>)" + literal("cos(0)") +
      "</decision>";
  const std::string boxed =
      R"(<businessKnowledgeModel id="cos" name="cos"><variable name="cos"/><encapsulatedLogic kind="Java">
         <formalParameter name="x" typeRef="number"/><context>
         <contextEntry><variable name="class"/>)" +
      literal("\"java.lang.Math\"") + R"(</contextEntry><contextEntry><variable name="method signature"/>)" +
      literal("\"cos(double)\"") +
      R"(</contextEntry></context></encapsulatedLogic></businessKnowledgeModel>
         <decision id="d" name="d"><variable name="d"/>)" +
      call;
  Model model(boxed);
  REQUIRE(model.diagnostics.size() == 1);
  CHECK(model.diagnostics.list()[0].code == "feel-unsupported");
  CHECK(model.diagnostics.list()[0].span.known());
  CHECK(model.diagnostics.list()[0].message.find("Java (java.lang.Math, cos(double))") != std::string::npos);
  CHECK(model.answer("d") == "null");
  CHECK(model.code() == "feel-unsupported");
  CHECK(model.found.list().front().span.known());

  Model inside(R"(<decision id="d" name="d"><variable name="d"/>)" +
               literal("{cos: function(x) external {java: {class: \"java.lang.Math\", "
                       "method signature: \"cos(double)\"}}, r: cos(0)}.r") +
               "</decision>");
  REQUIRE(inside.diagnostics.size() == 1);
  CHECK(inside.diagnostics.list()[0].code == "feel-unsupported");
  CHECK(inside.answer("d") == "null");
  CHECK(inside.code() == "feel-unsupported");
  CHECK(inside.found.list().front().message.find("Java") != std::string::npos);
}

TEST_CASE("calls of knowledge models are no unknown functions, misspelt ones are", "[dmn]") {
  const auto model_of = [](const char* text) {
    return R"(<businessKnowledgeModel id="rate" name="rate"><variable name="rate"/><encapsulatedLogic>
              <formalParameter name="x"/>)" +
           literal("x * 2") +
           R"(</encapsulatedLogic></businessKnowledgeModel><decision id="d" name="d"><variable name="d"/>
              <knowledgeRequirement><requiredKnowledge href="#rate"/></knowledgeRequirement>)" +
           literal(text) + "</decision>";
  };
  Model right(model_of("rate(4)"));
  CHECK(right.diagnostics.empty());
  CHECK(right.answer("d") == "8");
  Model wrong(model_of("rat(4)"));
  REQUIRE(wrong.diagnostics.size() == 1);
  CHECK(wrong.diagnostics.list()[0].message == "there is no function 'rat'; did you mean 'rate'?");
}
