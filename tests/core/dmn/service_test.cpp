// Decision services (DMN 1.5, 6.3.6 and 10.4): what they take, what stays inside, what comes out; called by
// themselves and as functions.
#include <algorithm>

#include "tests/core/dmn/support.hpp"

using namespace weir;
using namespace weir::test;

namespace {

std::string input(const char* name, const char* type) {
  return fmt::format(R"(<inputData id="{0}" name="{0}"><variable name="{0}" typeRef="{1}"/></inputData>)",
                     name, type);
}

/// `needs`: "i:x" an input, "d:x" a decision, "k:x" knowledge, blank between them.
std::string decision(std::string_view name, std::string_view needs, std::string_view logic,
                     std::string_view type = "Any") {
  std::string required;
  while (!needs.empty()) {
    const std::size_t blank = needs.find(' ');
    const std::string_view one = needs.substr(0, blank);
    const char* const kind = one[0] == 'i' ? "Input" : one[0] == 'd' ? "Decision" : "Knowledge";
    const char* const wrapper = one[0] == 'k' ? "knowledge" : "information";
    required += fmt::format(R"(<{0}Requirement><required{1} href="#{2}"/></{0}Requirement>)", wrapper, kind,
                            one.substr(2));
    needs = blank == std::string_view::npos ? std::string_view{} : needs.substr(blank + 1);
  }
  return fmt::format(R"(<decision id="{0}" name="{0}"><variable name="{0}" typeRef="{3}"/>{1}{2}</decision>)",
                     name, required, logic, type);
}

/// `total` = base * rate inside, with base from an input decision; `label` is a second output.
std::string services() {
  return input("quantity", "number") + input("price", "number") +
         decision("base", "i:quantity i:price", literal("quantity * price"), "number") +
         decision("rate", "d:base", literal("if base &gt; 100 then 0.9 else 1"), "number") +
         decision("total", "d:base d:rate", literal("base * rate"), "number") +
         decision("label", "d:total", literal("\"total: \" + string(total)"), "string") +
         R"(<decisionService id="whole" name="whole"><variable name="whole"/>
            <outputDecision href="#total"/><encapsulatedDecision href="#base"/><encapsulatedDecision href="#rate"/>
            <inputData href="#quantity"/><inputData href="#price"/></decisionService>
            <decisionService id="from_base" name="from base"><variable name="from base"/>
            <outputDecision href="#total"/><encapsulatedDecision href="#rate"/><inputDecision href="#base"/>
            </decisionService>
            <decisionService id="two" name="two"><variable name="two"/>
            <outputDecision href="#total"/><outputDecision href="#label"/>
            <encapsulatedDecision href="#rate"/><inputDecision href="#base"/></decisionService>
            <decisionService id="typed" name="typed"><variable name="typed" typeRef="string"/>
            <outputDecision href="#total"/><encapsulatedDecision href="#rate"/><inputDecision href="#base"/>
            </decisionService>)";
}

}  // namespace

TEST_CASE("decision services by themselves", "[dmn]") {
  Model model(services());
  CHECK(model.diagnostics.empty());
  CHECK(model.answer("whole", {number("quantity", 3), number("price", 50)}) == "135");
  CHECK(model.code().empty());
  CHECK(model.answer("whole", {number("quantity", 1), number("price", 50)}) == "50");
  // An input decision is given, not computed: what it would need is not asked for.
  CHECK(model.answer("from base", {number("base", 200)}) == "180");
  CHECK(model.code().empty());
  CHECK(model.answer("from base", {number("base", 200), number("quantity", 1), number("price", 1)}) == "180");
  CHECK(model.answer("two", {number("base", 200)}) == "{total: 180, label: \"total: 180\"}");
  CHECK(model.answer("typed", {number("base", 200)}) == "null");
  CHECK(model.code() == "dmn-type-mismatch");
  // Without its input: null, and said why.
  CHECK(model.answer("from base") == "null");
  CHECK_FALSE(model.code().empty());
}

TEST_CASE("decision services as functions", "[dmn]") {
  struct Case {
    const char* service;
    std::string logic;
    const char* answer;
    const char* code;
  };
  const auto binding = [](const char* name, const char* text) {
    return fmt::format(R"(<binding><parameter name="{}"/>{}</binding>)", name, literal(text));
  };
  const Case cases[] = {
      {"whole", literal("whole(3, 50)"), "135", ""},
      {"whole", literal("whole(price: 50, quantity: 3)"), "135", ""},
      {"whole", literal("whole(3)"), "null", "feel-arity"},
      {"whole", literal("whole(quantity: 3, cost: 50)"), "null", "feel-arity"},
      {"whole", literal("whole(\"3\", 50)"), "null", "dmn-type-mismatch"},
      {"whole", literal("whole([3], 50)"), "135", ""},
      {"from base", literal("from base(200)"), "180", ""},
      {"from base", literal("for b in [100, 200] return from base(b)"), "[100, 180]", ""},
      {"two", literal("two(200).label"), "\"total: 180\"", ""},
      {"whole", literal("whole instance of function&lt;number, number&gt; -&gt; Any"), "true", ""},
      {"whole",
       "<invocation>" + literal("whole") + binding("price", "50") + binding("quantity", "3") +
           "</invocation>",
       "135", ""},
      {"whole", "<invocation>" + literal("whole") + binding("cost", "50") + "</invocation>", "null",
       "feel-arity"},
      {"whole", literal("{f: whole, r: f(3, 50)}.r"), "135", ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.logic);
    std::string id = each.service;
    std::replace(id.begin(), id.end(), ' ', '_');
    Model model(services() + decision("caller", "k:" + id, each.logic));
    CHECK(model.answer("caller") == each.answer);
    CHECK(model.code() == each.code);
  }
}

TEST_CASE("a service called twice keeps its runs apart", "[dmn]") {
  Model model(services() + decision("both", "k:whole", literal("whole(1, 50) + whole(3, 50)")));
  CHECK(model.answer("both") == "185");
  CHECK(model.code().empty());
}
