// Tables with known answers.
#include <fmt/format.h>

#include "core/dmn/coverage.hpp"
#include "formats/read.hpp"
#include "tests/support/catch.hpp"

using namespace weir;

namespace {

struct Sketch {
  std::string policy = "UNIQUE";
  std::vector<std::string> inputs;              // "expression" or "expression:type"
  std::vector<std::vector<std::string>> rules;  // tests, then outputs
  std::string values = {};                      // inputValues of the last input
  std::string order = {};                       // outputValues
  std::string otherwise = {};                   // default output entry
  std::string before = {};                      // other elements of the file
};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) c == '<' ? out += "&lt;" : c == '>' ? out += "&gt;" : out += c;
  return out;
}

std::string text(std::string_view element, std::string_view inside) {
  return fmt::format("<{0}><text>{1}</text></{0}>", element, escaped(inside));
}

/// Codes and messages, one a line.
std::string check(const Sketch& sketch, const dmn::CoverageLimits& limits = {}) {
  std::string body = sketch.before + "<decision id=\"d\" name=\"d\"><variable name=\"d\"/>";
  for (const std::size_t at : {sketch.before.find("id=\"x\"")})
    if (at != std::string::npos)
      body += "<informationRequirement><requiredInput href=\"#x\"/></informationRequirement>";
  body += fmt::format("<decisionTable hitPolicy=\"{}\">", sketch.policy);
  for (std::size_t i = 0; i < sketch.inputs.size(); ++i) {
    const auto colon = sketch.inputs[i].find(':');
    body += "<input>";
    body += colon == std::string::npos
                ? text("inputExpression", sketch.inputs[i])
                : fmt::format("<inputExpression typeRef=\"{}\"><text>{}</text></inputExpression>",
                              sketch.inputs[i].substr(colon + 1), sketch.inputs[i].substr(0, colon));
    if (i + 1 == sketch.inputs.size() && !sketch.values.empty()) body += text("inputValues", sketch.values);
    body += "</input>";
  }
  body += "<output>";
  if (!sketch.order.empty()) body += text("outputValues", sketch.order);
  if (!sketch.otherwise.empty()) body += text("defaultOutputEntry", sketch.otherwise);
  body += "</output>";
  for (const auto& rule : sketch.rules) {
    body += "<rule>";
    for (std::size_t i = 0; i < rule.size(); ++i)
      body += text(i < sketch.inputs.size() ? "inputEntry" : "outputEntry", rule[i]);
    body += "</rule>";
  }
  body += "</decisionTable></decision>";
  SourceMap sources;
  Diagnostics found;
  const formats::ReadResult file =
      formats::read("test.dmn",
                    R"(<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" )"
                    R"(namespace="urn:m">)" +
                        body + "</definitions>",
                    sources, found);
  const dmn::Definitions* const all[] = {&file.decisions};
  const dmn::Program program = dmn::compile(all, found);
  dmn::check_tables(program, found, limits);
  std::string lines;
  for (const Diagnostic& each : found.list()) lines += each.code + ": " + each.message + "\n";
  return lines;
}

}  // namespace

TEST_CASE("tables without mistakes") {
  CHECK(check({.inputs = {"x"}, .rules = {{"< 10", "1"}, {"10", "2"}, {"> 10", "3"}}}) == "");
  CHECK(check({.inputs = {"x"}, .rules = {{"\"a\", \"b\"", "1"}, {"not(\"a\", \"b\")", "2"}}}) == "");
  CHECK(check({.inputs = {"b:boolean"}, .rules = {{"true", "1"}, {"false", "2"}}}) == "");
  CHECK(check({.inputs = {"x"}, .rules = {{"\"a\"", "1"}, {"\"b\"", "2"}}, .values = "\"a\", \"b\""}) == "");
  CHECK(check({.inputs = {"x"}, .rules = {{"[1..5]", "1"}, {"(5..9]", "2"}}, .values = "[1..9]"}) == "");
  CHECK(check({.inputs = {"x", "y"},
               .rules = {{"< 1", "-", "1"}, {">= 1", "< 1", "2"}, {">= 1", ">= 1", "3"}}}) == "");
  CHECK(check({.inputs = {"d"}, .rules = {{"<= @\"2024-02-28\"", "1"}, {">= @\"2024-02-29\"", "2"}}}) == "");
}

TEST_CASE("gaps have a witness") {
  CHECK(check({.inputs = {"x"}, .rules = {{"< 10", "1"}, {"> 10", "2"}}}) ==
        "dmn-gap: no rule matches x = 10\n");
  CHECK(check({.inputs = {"x"}, .rules = {{"[0..9]", "1"}, {"[10..20]", "2"}}}) ==
        "dmn-gap: no rule matches x = -1\n"
        "dmn-gap: no rule matches x = 9.5\n"
        "dmn-gap: no rule matches x = 21\n");
  CHECK(check({.inputs = {"x"}, .rules = {{"\"other\"", "1"}}}) ==
        "dmn-gap: no rule matches x = \"other_\"\n");
  CHECK(check({.inputs = {"b:boolean", "x"}, .rules = {{"true", "-", "1"}, {"false", ">= 0", "2"}}}) ==
        "dmn-gap: no rule matches b = false, x = -1\n");
  CHECK(check({.inputs = {"t"}, .rules = {{"< @\"PT1H\"", "1"}}}) ==
        "dmn-gap: no rule matches t = @\"PT1H\"\n");
  CHECK(check({.inputs = {"x"}, .rules = {{"< 10", "1"}}, .otherwise = "0"}) == "");
  CHECK(check({.policy = "COLLECT", .inputs = {"x"}, .rules = {{"< 10", "1"}}}) == "");
}

TEST_CASE("what is not known is no gap and no overlap") {
  CHECK(check({.inputs = {"x"}, .rules = {{"< limit", "1"}, {">= limit", "2"}}}) == "");
  CHECK(check({.inputs = {"x", "x + 1"}, .rules = {{"< 5", "> 0", "1"}, {">= 5", "-", "2"}}}) == "");
  CHECK(check({.inputs = {"x", "x"}, .rules = {{">= 0", "< 5", "1"}, {"< 0", "-", "2"}, {"-", ">= 5", "3"}}})
            .find("dmn-gap") == std::string::npos);
}

TEST_CASE("overlaps") {
  CHECK(check({.inputs = {"x"}, .rules = {{"<= 10", "1"}, {">= 10", "2"}}}) ==
        "dmn-overlap: rule 1 and rule 2 match both, but the hit policy is UNIQUE: x = 10\n");
  CHECK(check({.policy = "ANY", .inputs = {"x"}, .rules = {{"<= 10", "1"}, {">= 10", "2"}}}) ==
        "dmn-overlap: rule 1 and rule 2 match both with different outputs, but the hit policy is ANY: "
        "x = 10\n");
  CHECK(check({.policy = "ANY", .inputs = {"x"}, .rules = {{"<= 10", "1"}, {">= 10", "1.0"}}}) == "");
  CHECK(check({.policy = "ANY", .inputs = {"x"}, .rules = {{"<= 10", "1"}, {">= 10", "y"}}}) == "");
}

TEST_CASE("rules that never count") {
  CHECK(check({.policy = "FIRST", .inputs = {"x"}, .rules = {{"< 10", "1"}, {"< 5", "2"}, {"-", "3"}}}) ==
        "dmn-shadowed-rule: rule 2 never counts: where it matches, rule 1 does already\n");
  CHECK(check({.policy = "FIRST", .inputs = {"x"}, .rules = {{"< 10", "1"}, {">= 10", "2"}, {"-", "3"}}}) ==
        "dmn-shadowed-rule: rule 3 never counts: where it matches, rule 1, rule 2 do already\n");
  CHECK(check({.policy = "PRIORITY",
               .inputs = {"x"},
               .rules = {{"< 5", "\"low\""}, {"-", "\"high\""}},
               .order = "\"high\", \"low\""}) ==
        "dmn-shadowed-rule: rule 1 never counts: where it matches, rule 2 does already\n");
  CHECK(check({.policy = "PRIORITY",
               .inputs = {"x"},
               .rules = {{"< 5", "\"high\""}, {"-", "\"low\""}},
               .order = "\"high\", \"low\""}) == "");
  CHECK(check({.inputs = {"x"}, .rules = {{"[9..1]", "1"}, {"-", "2"}}}) ==
        "dmn-unreachable-rule: rule 1 never matches: no value of x passes its test\n");
  CHECK(check({.policy = "COLLECT", .inputs = {"x"}, .rules = {{"< y", "1"}, {"< y", "1"}}}) ==
        "dmn-duplicate-rule: rule 2 says the same as rule 1\n");
}

TEST_CASE("types limit what is looked at") {
  const std::string type =
      "<itemDefinition name=\"tColour\"><typeRef>string</typeRef>"
      "<allowedValues><text>\"red\", \"blue\"</text></allowedValues></itemDefinition>"
      "<inputData id=\"x\" name=\"x\"><variable name=\"x\" typeRef=\"tColour\"/></inputData>";
  CHECK(check({.inputs = {"x"}, .rules = {{"\"red\"", "1"}, {"\"blue\"", "2"}}, .before = type}) == "");
  CHECK(check({.inputs = {"x"}, .rules = {{"\"red\"", "1"}, {"\"bleu\"", "2"}}, .before = type}) ==
        "dmn-unreachable-rule: rule 2 never matches: no value of x passes its test\n"
        "dmn-gap: no rule matches x = \"blue\"\n");
}

TEST_CASE("tables that are too large are said to be") {
  Sketch sketch;
  for (int i = 0; i < 12; ++i) sketch.inputs.push_back(fmt::format("x{}", i));
  for (int rule = 0; rule < 60; ++rule) {
    auto& row = sketch.rules.emplace_back();
    for (int i = 0; i < 12; ++i)
      row.push_back(fmt::format("{} {}", (rule * 7 + i) % 3 ? ">" : "<", rule * i % 17));
    row.push_back(fmt::format("{}", rule));
  }
  sketch.policy = "FIRST";
  dmn::CoverageLimits limits;
  limits.work = 100;
  CHECK(check(sketch, limits).find("dmn-not-checked") != std::string::npos);
  limits = {};
  limits.memory = 1;
  CHECK(check(sketch, limits).find("dmn-not-checked") != std::string::npos);
}
