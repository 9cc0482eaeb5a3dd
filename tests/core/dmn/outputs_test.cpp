// Tables with several outputs under every hit policy (DMN 1.5, 8.2.8 to 8.2.11), defaults, and cells that
// compare with variables.
#include "tests/core/dmn/support.hpp"

using namespace weir;
using namespace weir::test;

namespace {

/// Rules on n: below 10 (a, 1), 5 to 20 (b, 2), 15 (a, 3), above 100 and above the limit (c, 9).
std::string table(std::string_view policy, bool ordered = false, bool defaults = false) {
  const auto output = [&](const char* name, const char* order, const char* value) {
    return fmt::format(
        R"(<output name="{}">{}{}</output>)", name,
        ordered ? fmt::format("<outputValues><text>{}</text></outputValues>", order) : "",
        defaults ? fmt::format("<defaultOutputEntry><text>{}</text></defaultOutputEntry>", value) : "");
  };
  std::string rules;
  const auto rule = [&](const char* test, const char* kind, const char* rank) {
    rules += fmt::format(
        "<rule><inputEntry><text>{}</text></inputEntry><outputEntry><text>{}</text></outputEntry>"
        "<outputEntry><text>{}</text></outputEntry></rule>",
        test, kind, rank);
  };
  rule("&lt; 10", "\"a\"", "1");
  rule("[5..20]", "\"b\"", "2");
  rule("15", "\"a\"", "3");
  rule("&gt; limit", "\"c\"", "n * 9");
  return fmt::format(R"(<inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>
<inputData id="limit" name="limit"><variable name="limit" typeRef="number"/></inputData>
<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#n"/></informationRequirement>
<informationRequirement><requiredInput href="#limit"/></informationRequirement>
<decisionTable {}><input><inputExpression><text>n</text></inputExpression></input>{}{}{}</decisionTable></decision>)",
                     policy, output("kind", "\"b\", \"a\", \"c\"", "\"none\""),
                     output("rank", "3, 2, 1, 900", "0"), rules);
}

}  // namespace

TEST_CASE("several outputs under every hit policy", "[dmn]") {
  struct Case {
    const char* policy;
    bool ordered;
    bool defaults;
    int n;
    const char* answer;
    const char* code;
  };
  const Case cases[] = {
      {"", false, false, 1, "{kind: \"a\", rank: 1}", ""},
      {"", false, false, 7, "null", "dmn-hit-policy"},
      {"", false, false, 50, "null", "dmn-no-rule"},
      {"", false, true, 50, "{kind: \"none\", rank: 0}", ""},
      {"", false, false, 100, "{kind: \"c\", rank: 900}", ""},
      {R"(hitPolicy="ANY")", false, false, 1, "{kind: \"a\", rank: 1}", ""},
      {R"(hitPolicy="ANY")", false, false, 7, "null", "dmn-hit-policy"},
      {R"(hitPolicy="FIRST")", false, false, 7, "{kind: \"a\", rank: 1}", ""},
      {R"(hitPolicy="FIRST")", false, true, 50, "{kind: \"none\", rank: 0}", ""},
      {R"(hitPolicy="PRIORITY")", true, false, 7, "{kind: \"b\", rank: 2}", ""},
      {R"(hitPolicy="PRIORITY")", true, false, 15, "{kind: \"b\", rank: 2}", ""},
      {R"(hitPolicy="RULE ORDER")", false, false, 7, "[{kind: \"a\", rank: 1}, {kind: \"b\", rank: 2}]", ""},
      {R"(hitPolicy="OUTPUT ORDER")", true, false, 7, "[{kind: \"b\", rank: 2}, {kind: \"a\", rank: 1}]", ""},
      {R"(hitPolicy="COLLECT")", false, false, 7, "[{kind: \"a\", rank: 1}, {kind: \"b\", rank: 2}]", ""},
      {R"(hitPolicy="COLLECT")", false, false, 50, "null", "dmn-no-rule"},
      {R"(hitPolicy="COLLECT" aggregation="COUNT")", false, false, 7, "2", ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.policy, each.n);
    Model model(table(each.policy, each.ordered, each.defaults));
    CHECK(model.diagnostics.empty());
    CHECK(model.answer("d", {number("n", each.n), number("limit", 99)}) == each.answer);
    CHECK(model.code() == each.code);
  }
}
