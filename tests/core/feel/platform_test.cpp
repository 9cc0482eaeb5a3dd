// Which versions of Camunda 8 have which functions.
#include "core/feel/platform.hpp"

#include "formats/json/feel.hpp"
#include "tests/core/feel/support.hpp"

using namespace weir;
using weir::test::check_cases;
using weir::test::FeelCase;

TEST_CASE("versions of platforms") {
  using feel::camunda_version;
  CHECK(camunda_version("Camunda Cloud", "8.6.0") == feel::CamundaVersion{8, 6});
  CHECK(camunda_version("Camunda Cloud", "8.10") == feel::CamundaVersion{8, 10});
  CHECK(camunda_version("Camunda Cloud", "1.3.0") == feel::CamundaVersion{1, 3});
  CHECK(camunda_version("Camunda Cloud", "8") == feel::CamundaVersion{8, 0});
  CHECK_FALSE(camunda_version("Camunda Cloud", "").known());
  CHECK_FALSE(camunda_version("Camunda Cloud", "soon").known());
  CHECK_FALSE(camunda_version("Camunda Platform", "7.19.0").known());
}

TEST_CASE("functions that the platform does not have are reported") {
  struct Case {
    const char* text;
    feel::CamundaVersion version;
    const char* message;  // "" = none
  };
  const Case cases[] = {
      {"trim(a)", {8, 6}, ""},
      {"trim(a)", {8, 5}, "'trim' needs Camunda 8.6, the model is for 8.5"},
      {"trim(a)", {1, 3}, "'trim' needs Camunda 8.6, the model is for 1.3"},
      {"trim(a)", {}, ""},
      {"count(a)", {8, 0}, ""},
      {"if is empty(a) then 1 else 2", {8, 5}, "'is empty' needs Camunda 8.6, the model is for 8.5"},
      {"get or else(a, 1)", {8, 2}, "'get or else' needs Camunda 8.3, the model is for 8.2"},
      {"fromAi(a)", {8, 10}, ""},
      {"list replace(a, 1, 2)", {8, 9}, "'list replace' is DMN's, but no version of Camunda 8 has it"},
      {"from json(a)", {8, 9}, ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    Diagnostics found;
    feel::CompileOptions options;
    options.platform = each.version;
    CHECK(feel::compile(each.text, feel::Language::feel, options, found).has_value());
    CHECK((found.empty() ? "" : found.list().front().message) == each.message);
  }
}

TEST_CASE("texts for other programs") {
  formats::json::teach_feel();
  const FeelCase cases[] = {
      {"to base64(\"\")", "\"\""},
      {"to base64(\"f\")", "\"Zg==\""},
      {"to base64(\"fo\")", "\"Zm8=\""},
      {"to base64(\"foobar\")", "\"Zm9vYmFy\""},
      {"from base64(\"Zm8=\")", "\"fo\""},
      {"from base64(\"Zg==\")", "\"f\""},
      {"from base64(to base64(\"\\u00e4\\U01F40E\"))", "\"\xC3\xA4\xF0\x9F\x90\x8E\""},
      {"from base64(\"Zg=\")", "null", "feel-argument"},
      {"from base64(\"/w==\")", "null", "feel-argument"},
      {"from base64(\"Z*==\")", "null", "feel-argument"},
      {"matches(uuid(), \"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$\")", "true"},
      {"uuid() = uuid()", "false"},
      {"from json(\"{\\\"a\\\": [1, 2.50, null, true]}\").a[2]", "2.5"},
      {"from json(\"[1\")", "null", "feel-argument"},
      {"from json(1)", "null", "feel-argument"},
      {"to json({a: [1, \"b\", null], c: date(\"2026-11-25\")})",
       R"("{\"a\":[1,\"b\",null],\"c\":\"2026-11-25\"}")"},
      {"from json(to json({x: 1})) = {x: 1}", "true"},
  };
  check_cases(cases);
}
