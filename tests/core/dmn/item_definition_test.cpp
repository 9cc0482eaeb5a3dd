// Types that a file defines (DMN 1.5, 7.3.2 and 10.3.2.9): what they allow, what input is turned into, what
// is refused.
#include "tests/core/dmn/support.hpp"

using namespace weir;
using namespace weir::test;

namespace {

constexpr const char* types = R"(
<itemDefinition name="tCategory"><typeRef>string</typeRef>
  <allowedValues><text>"travel", "hardware"</text></allowedValues></itemDefinition>
<itemDefinition name="tAge"><typeRef>number</typeRef>
  <typeConstraint><text>[0..150)</text></typeConstraint></itemDefinition>
<itemDefinition name="tAdult"><typeRef>tAge</typeRef>
  <typeConstraint><text>&gt;= 18</text></typeConstraint></itemDefinition>
<itemDefinition name="tAges" isCollection="true"><typeRef>number</typeRef>
  <allowedValues><text>[0..150)</text></allowedValues></itemDefinition>
<itemDefinition name="tPair" isCollection="true"><typeRef>number</typeRef>
  <typeConstraint><text>count(?) = 2</text></typeConstraint></itemDefinition>
<itemDefinition name="tPerson">
  <itemComponent name="name"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="home address"><itemComponent name="city"><typeRef>string</typeRef></itemComponent>
  </itemComponent>
  <itemComponent name="age"><typeRef>tAge</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tPeople" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>
<itemDefinition name="tFold"><functionItem outputTypeRef="number"><parameters name="x" typeRef="number"/>
  </functionItem></itemDefinition>)";

}  // namespace

TEST_CASE("values against the types of a file", "[dmn]") {
  struct Case {
    const char* type;
    const char* value;  // of the input, FEEL
    const char* logic;  // of the decision
    const char* answer;
    const char* code;
  };
  const Case cases[] = {
      {"tCategory", "\"travel\"", "x", "\"travel\"", ""},
      {"tCategory", "\"food\"", "x", "null", "dmn-value-not-allowed"},
      {"tCategory", "1", "x", "null", "dmn-type-mismatch"},
      {"tCategory", "null", "x", "null", ""},
      {"tCategory", "[\"travel\"]", "x", "\"travel\"", ""},
      {"tAge", "0", "x", "0", ""},
      {"tAge", "150", "x", "null", "dmn-value-not-allowed"},
      {"tAge", "-1", "x", "null", "dmn-value-not-allowed"},
      {"tAdult", "18", "x", "18", ""},
      {"tAdult", "17", "x", "null", "dmn-value-not-allowed"},
      {"tAges", "[1, 2]", "x", "[1, 2]", ""},
      {"tAges", "[1, 200]", "x", "null", "dmn-value-not-allowed"},
      {"tAges", "[1, \"2\"]", "x", "null", "dmn-type-mismatch"},
      {"tAges", "7", "x", "[7]", ""},
      {"tPair", "[1, 2]", "x", "[1, 2]", ""},
      {"tPair", "[1, 2, 3]", "x", "null", "dmn-value-not-allowed"},
      {"tPerson", "{name: \"Ann\", home address: {city: \"Bonn\"}, age: 30}", "x.home address.city",
       "\"Bonn\"", ""},
      {"tPerson", "{name: \"Ann\", home address: {city: 5}, age: 30}", "x", "null", "dmn-type-mismatch"},
      {"tPerson", "{name: \"Ann\", home address: {city: \"Bonn\"}, age: 300}", "x", "null",
       "dmn-value-not-allowed"},
      {"tPeople", "[{name: \"Ann\", home address: {city: \"Bonn\"}, age: 30}]", "x.name", "[\"Ann\"]", ""},
      {"tns:tAge", "150", "x", "null", "dmn-value-not-allowed"},  // a qualified name, as in DMN 1.1
      {"feel:number", "\"1\"", "x", "null", "dmn-type-mismatch"},
      {"date", "@\"2024-02-29\"", "x", "@\"2024-02-29\"", ""},
      {"date and time", "@\"2024-02-29\"", "x", "@\"2024-02-29T00:00:00Z\"", ""},
      {"date", "\"2024-02-29\"", "x", "null", "dmn-type-mismatch"},
      {"boolean", "\"true\"", "x", "null", "dmn-type-mismatch"},
      {"number", "[1, 2]", "x", "null", "dmn-type-mismatch"},
      {"Any", "[1, \"a\"]", "x", "[1, \"a\"]", ""},
      {"tPerson", "1", "{name: \"Ann\", home address: {city: \"B\"}, age: 30} instance of tPerson", "true",
       ""},
      {"tAges", "1", "[1, 2] instance of tAges", "true", ""},
      {"tCategory", "\"travel\"", "1 instance of tCategory", "false", ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.type, each.value, each.logic);
    const std::string required =
        std::string(each.logic).find("instance") == std::string::npos
            ? R"(<informationRequirement><requiredInput href="#x"/></informationRequirement>)"
            : "";
    Model model(types +
                fmt::format(R"(<inputData id="x" name="x"><variable name="x" typeRef="{}"/></inputData>
<decision id="d" name="d"><variable name="d"/>{}{}</decision>)",
                            each.type, required, literal(each.logic)));
    CHECK(model.diagnostics.empty());
    Diagnostics none;
    feel::Workspace workspace;
    feel::CompileOptions options;
    const std::string_view names[] = {"home address"};
    options.names = names;
    const auto value = feel::compile(each.value, feel::Language::feel, options, none);
    REQUIRE(value.has_value());
    CHECK(model.answer("d", {{value::Key("x"), feel::evaluate(*value, {}, workspace)}}) == each.answer);
    CHECK(model.code() == each.code);
  }
}

TEST_CASE("results against the types of a file", "[dmn]") {
  struct Case {
    const char* type;
    const char* logic;
    const char* answer;
    const char* code;
  };
  const Case cases[] = {
      {"tAge", "30", "30", ""},
      {"tAge", "\"30\"", "null", "dmn-type-mismatch"},
      {"tAge", "200", "null", "dmn-value-not-allowed"},
      {"tAges", "30", "[30]", ""},
      {"number", "[30]", "30", ""},
      {"tPair", "[1]", "null", "dmn-value-not-allowed"},
      {"string", "null", "null", ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.type, each.logic);
    Model model(types +
                fmt::format(R"(<decision id="d" name="d"><variable name="d" typeRef="{}"/>{}</decision>)",
                            each.type, literal(each.logic)));
    CHECK(model.answer("d") == each.answer);
    CHECK(model.code() == each.code);
  }
}
