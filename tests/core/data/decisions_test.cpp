// What becomes of the result of a decision in each dialect, as a table.
#include "core/data/decisions.hpp"

#include "core/value/print.hpp"
#include "formats/read.hpp"
#include "tests/support/catch.hpp"

using namespace weir;
using namespace weir::data;

namespace {

/// A table over `n` with rules "> 1" and "> 2", which give "a" and "b" (and 1 and 2).
std::string table(const std::string& hit_policy, bool two_outputs, const std::string& entry = "\"a\"") {
  const auto rule = [&](const std::string& test, const std::string& first, const std::string& second) {
    return "<rule id='over'><inputEntry><text>" + test + "</text></inputEntry><outputEntry><text>" + first +
           "</text></outputEntry>" +
           (two_outputs ? "<outputEntry><text>" + second + "</text></outputEntry>" : "") + "</rule>";
  };
  return "<decision id='size' name='The size'><decisionTable " + hit_policy +
         "><input><inputExpression><text>n</text></inputExpression></input><output name='big'/>" +
         (two_outputs ? "<output name='rank'/>" : "") + rule("&gt; 1", entry, "1") +
         rule("&gt; 2", "\"b\"", "2") + "</decisionTable></decision>";
}

struct Asked {
  std::string mapping = "resultList";
  std::string binding = "latest", version;
  std::string reference = "size";
  bool outputs = false;  // has output mappings
  bool must_match = false;
  int n = 2;
};

std::string text(const value::Variables& variables) {
  std::string out;
  for (const value::Entry& each : variables.entries())
    out += (out.empty() ? "" : " ") + std::string(each.key.text()) + "=" + value::to_literal(each.value);
  return out;
}

/// "variables | locals", or "problem: ...".
std::string ask(const std::string& decision, const Asked& how, std::string* why = nullptr) {
  SourceMap sources;
  Diagnostics found;
  const formats::ReadResult read = formats::read(
      "sizes.dmn",
      "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' name='d' namespace='urn:d'>" +
          decision + "</definitions>",
      sources, found);
  REQUIRE(read.has_decisions);
  const dmn::Definitions* all[] = {&read.decisions};
  const dmn::Program program = dmn::compile(all, found);
  REQUIRE_FALSE(found.has_errors());
  model::FlowNode activity;
  activity.id = "task";
  activity.result_variable = "r";
  activity.work.decision.reference = how.reference;
  activity.work.decision.mapping = how.mapping;
  activity.work.decision.binding = how.binding;
  activity.work.decision.version = how.version;
  activity.work.decision.must_match = how.must_match;
  if (how.outputs) activity.outputs.push_back({"x", "=r", {}});
  const auto find = [&](const DecisionReference& reference) -> Result<dmn::Decision> {
    if (const dmn::Decision there = program.find(reference.id)) return there;
    return Error{"there is none"};
  };
  value::Variables variables;
  variables.set("n", value::Value::integer(how.n));
  variables.set("which", value::Value::string("size"));
  const value::Scope scope{variables.entries(), nullptr};
  feel::Workspace workspace;
  Texts texts;
  const Decided decided = decide(activity, find, false, scope, texts, workspace, found);
  if (why != nullptr) *why = decided.why;
  if (!decided.problem.empty()) return "problem: " + decided.problem;
  return text(decided.variables) + " | " + text(decided.locals);
}

}  // namespace

TEST_CASE("decisions: results become variables as the dialect says") {
  const std::string unique = table("hitPolicy='UNIQUE'", false), both = table("hitPolicy='FIRST'", true),
                    collect = table("hitPolicy='COLLECT'", false),
                    ordered = table("hitPolicy='RULE ORDER'", true),
                    sum = table("hitPolicy='COLLECT' aggregation='COUNT'", false),
                    literal =
                        "<decision id='size' name='The size'><variable name='sized'/>"
                        "<literalExpression><text>n + 1</text></literalExpression></decision>";
  struct Row {
    const std::string& decision;
    Asked how;
    std::string expected;
  };
  const auto mapping = [](std::string name, int n = 2, bool outputs = false) {
    Asked asked;
    asked.mapping = std::move(name);
    asked.n = n;
    asked.outputs = outputs;
    return asked;
  };
  const std::vector<Row> rows{
      // Camunda 7
      {unique, mapping("singleEntry"), R"(r="a" | decisionResult=[{big: "a"}])"},
      {unique, mapping("singleResult"), R"(r={big: "a"} | decisionResult=[{big: "a"}])"},
      {unique, mapping("collectEntries"), R"(r=["a"] | decisionResult=[{big: "a"}])"},
      {unique, mapping("resultList"), R"(r=[{big: "a"}] | decisionResult=[{big: "a"}])"},
      {unique, mapping("singleEntry", 0), "r=null | decisionResult=[]"},
      {unique, mapping("resultList", 0), "r=[] | decisionResult=[]"},
      {both, mapping("singleResult"), R"(r={big: "a", rank: 1} | decisionResult=[{big: "a", rank: 1}])"},
      {both, mapping("singleEntry"),
       "problem: the decision 'The size' that 'task' asks has several outputs, but its mapping singleEntry "
       "takes one"},
      {collect, mapping("collectEntries", 3), R"(r=["a", "b"] | decisionResult=[{big: "a"}, {big: "b"}])"},
      {collect, mapping("singleResult", 3),
       "problem: 2 rules of the decision 'The size' that 'task' asks count, but its mapping singleResult "
       "takes one"},
      {collect, mapping("collectEntries", 0), "r=[] | decisionResult=[]"},
      {sum, mapping("singleEntry", 3), "r=2 | decisionResult=[{big: 2}]"},
      {literal, mapping("singleResult"), "r={sized: 3} | decisionResult=[{sized: 3}]"},
      {unique, mapping("other"),
       "problem: 'task' maps the result of its decision by 'other', which is none of singleEntry, "
       "singleResult, "
       "collectEntries, resultList"},
      // Camunda 8
      {unique, mapping("value"), R"(r="a" | )"},
      {unique, mapping("value", 2, true), R"( | r="a")"},
      {unique, mapping("value", 0), "r=null | "},
      {both, mapping("value"), R"(r={big: "a", rank: 1} | )"},
      {collect, mapping("value", 3), R"(r=["a", "b"] | )"},
      {ordered, mapping("value", 3), R"(r=[{big: "a", rank: 1}, {big: "b", rank: 2}] | )"},
      // weir and Flowable
      {unique, mapping("outputs"), R"(big="a" | )"},
      {unique, mapping("outputs", 0), " | "},
      {both, mapping("outputs"), R"(big="a" rank=1 | )"},
      {both, mapping("outputs", 2, true),
       R"( | The size={big: "a", rank: 1} size={big: "a", rank: 1} big="a" rank=1)"},
      {collect, mapping("outputs", 3), R"(size=[{big: "a"}, {big: "b"}] | )"},
      {collect, mapping("outputs", 3, true), R"( | The size=["a", "b"] size=["a", "b"])"},
      {literal, mapping("outputs"), "sized=3 | "},
      // Whatever the mapping
      {unique, mapping("value", 3),
       "problem: the decision 'The size' that 'task' asks has no result: rule 1 (over) and rule 2 (over) "
       "match both, "
       "but the hit policy is UNIQUE"},
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(i, rows[i].how.mapping);
    CHECK(ask(rows[i].decision, rows[i].how) == rows[i].expected);
  }
}

TEST_CASE("decisions: which one, and in which version") {
  const std::string unique = table("hitPolicy='UNIQUE'", false);
  const auto asked = [](const std::string& reference, const std::string& binding,
                        const std::string& version) {
    Asked how;
    how.mapping = "value";
    how.reference = reference;
    how.binding = binding;
    how.version = version;
    return how;
  };
  CHECK(ask(unique, asked("=which", "deployment", "")) == R"(r="a" | )");
  CHECK(ask(unique, asked("${which}", "version", "=1 + 1")) == R"(r="a" | )");
  CHECK(ask(unique, asked("=nobody", "latest", ""))
            .starts_with("problem: which decision 'task' asks is not known"));
  CHECK(ask(unique, asked("other", "latest", "")) == "problem: 'task' asks for a decision: there is none");
  CHECK(ask(unique, asked("size", "version", "x")) ==
        "problem: 'task' asks for version 'x' of the decision 'size', which is no version number");
  CHECK(ask(unique, asked("size", "versionTag", "x"))
            .starts_with("problem: 'task' asks for the decision 'size' by"));
  CHECK(
      ask(unique, asked("size", "newest", "")).starts_with("problem: 'task' binds its decision by 'newest'"));

  const DecisionReference reference = decision_reference("rules/size.dmn#The size");
  CHECK(reference.file == "rules/size.dmn");
  CHECK(reference.id == "The size");
  CHECK(decision_reference("a#b").id == "a#b");
  CHECK(is_decision_file("all/rules/size.dmn", "./rules/size.dmn"));
  CHECK(is_decision_file("size.dmn", ""));
  CHECK_FALSE(is_decision_file("oversize.dmn", "size.dmn"));
}

TEST_CASE(
    "decisions: mistakes in an expression are problems except in Camunda 8, no rule in Flowable if wanted") {
  const std::string broken = table("hitPolicy='UNIQUE'", false, "n + \"text\"");
  Asked how;
  how.mapping = "singleEntry";
  CHECK(ask(broken, how).starts_with("problem: the decision 'The size' that 'task' asks has no result: "));
  how.mapping = "value";
  CHECK(ask(broken, how) == "r=null | ");
  how.mapping = "outputs";
  how.must_match = true;
  how.n = 0;
  CHECK(ask(table("hitPolicy='FIRST'", false), how) ==
        "problem: no rule of the decision 'The size' that 'task' asks matches");
}

TEST_CASE("decisions: why") {
  std::string why;
  ask(table("hitPolicy='UNIQUE'", false), {}, &why);
  CHECK(why == R"(The size = "a" by rule 1 over (n = 2))");
  Asked none;
  none.n = 1;
  ask(table("hitPolicy='UNIQUE'", false), none, &why);
  CHECK(why == "The size = null by no rule (n = 1)");
}
