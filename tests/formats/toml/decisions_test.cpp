// [[decision]] becomes a decision table of DMN; cells as FEEL.
#include "core/dmn/program.hpp"
#include "core/value/owned.hpp"
#include "core/value/print.hpp"
#include "tests/formats/toml/support.hpp"
#include "tests/support/catch.hpp"

using namespace weir;

namespace {

const char* const file = R"(weir = 1
[process]
id = "p"
[vars]
score = "integer"
code = "string"
day = "date"
[[step]]
decision = "ask"
dmn = "risk"
[[decision]]
id = "risk"
name = "Loan risk"
hit = "first"
inputs = ["score", 'upper case(code)', "limit * 2"]
outputs = ["verdict", "more"]
rules = [
  ["< 500", "-", "-", "decline \"now\"", 1_000.50, "a remark"],
  [700, '"A", "B"', "-", "= \"code \" + code", [1, true, { day = 2026-03-02 }]],
  ["-", "-", "> 10", "wide", 2026-03-02T10:00:00Z],
  ["-", "-", "-", "- = x", 10:30:00],
]
[[decision]]
id = "sum"
hit = "collect+"
inputs = ["score"]
outputs = ["points"]
rules = [["> 1", 10], ["> 2", 20]]
)";

std::string ask(const dmn::Program& program, const char* name, int score, const char* code, int limit) {
  value::Variables variables;
  variables.set("score", value::Value::integer(score));
  variables.set("code", value::Value::string(code));
  variables.set("limit", value::Value::integer(limit));
  feel::Workspace workspace;
  Diagnostics found;
  const value::Value result =
      dmn::evaluate(program.find(name), {variables.entries(), nullptr}, workspace, found);
  return (found.empty() ? "" : found.list()[0].message + ": ") + value::to_literal(result);
}

}  // namespace

TEST_CASE("decisions of a definition are decision tables", "[toml]") {
  const test::Read read{std::string(file)};
  CHECK(test::problems_of(read.sources, read.diagnostics).empty());
  REQUIRE(read.result.has_model);
  REQUIRE(read.result.has_decisions);
  Diagnostics found;
  const dmn::Definitions* all[] = {&read.result.decisions};
  const dmn::Program program = dmn::compile(all, found);
  CHECK(test::problems_of(read.sources, found).empty());
  CHECK(ask(program, "risk", 100, "x", 0) == R"({verdict: "decline \"now\"", more: 1000.5})");
  CHECK(ask(program, "Loan risk", 700, "b", 0) ==
        R"({verdict: "code b", more: [1, true, {day: @"2026-03-02"}]})");
  CHECK(ask(program, "risk", 600, "x", 6) == R"({verdict: "wide", more: @"2026-03-02T10:00:00Z"})");
  CHECK(ask(program, "risk", 600, "x", 5) == R"({verdict: "- = x", more: @"10:30:00"})");
  CHECK(ask(program, "sum", 3, "x", 0) == "30");
  // Variables are input data, of their declared type.
  const dmn::Decision risk = program.find("risk");
  std::string inputs;
  for (const dmn::Decision each : program.inputs_of(risk))
    inputs += dmn::element(each).name + ":" + std::string(dmn::type_name(each)) + " ";
  CHECK(inputs.find("score:number") != std::string::npos);
  CHECK(inputs.find("code:string") != std::string::npos);
  CHECK(inputs.find("limit:Any") != std::string::npos);
  // Mistakes in cells point at the cell.
  const auto& rules = dmn::element(risk).logic.table->rules;
  CHECK(read.text(rules[0].inputs[0].span) == "< 500");
  CHECK(read.text(rules[1].outputs[0].span).find("code") != std::string::npos);
}
