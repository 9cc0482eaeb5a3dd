// Conditions in Java, MVEL, Groovy and JavaScript, as far as JUEL has the same words.
#include "core/feel/expression.hpp"
#include "core/value/owned.hpp"
#include "core/value/print.hpp"
#include "tests/support/catch.hpp"

using namespace weir;

namespace {

std::string value_of(std::string_view text, std::string_view language) {
  Diagnostics found;
  const auto expression = feel::compile_condition(text, language, {}, found);
  if (!expression) return found.list().front().code;
  value::Variables variables;
  variables.set("x", value::Value::integer(15));
  variables.set("word", value::Value::string("left"));
  variables.set("yes", value::Value::boolean(true));
  const std::vector<value::Entry> entries{{value::Key("adult"), value::Value::boolean(true)}};
  variables.set("person", value::Value::context(entries));
  const value::Scope scope{variables.entries(), nullptr};
  feel::Workspace workspace;
  return value::to_literal(feel::evaluate(*expression, scope, workspace));
}

}  // namespace

TEST_CASE("conditions in script languages are evaluated as far as they are simple", "[feel][juel]") {
  constexpr std::string_view java = "http://www.java.com/java";
  struct Case {
    std::string_view text, language, expected;
  };
  const Case cases[] = {
      {"return x > 10;", java, "true"},
      {"return x > 10;", "", "true"},
      {"return x > 10 && !yes;", java, "false"},
      {"return person.isAdult() == true;", java, "true"},
      {"return \"LEFT\".equalsIgnoreCase(word);", java, "true"},
      {"return kcontext.getVariable(\"x\") == 15;", java, "true"},
      {"return kcontext.getVariable(\"nothing\") == null;", java, "true"},
      {"x == 15", "mvel", "true"},
      {"word == 'left'", "groovy", "true"},
      {"x !== 15 || word === 'left';", "javascript", "true"},
      {"return KieFunctions.isTrue(yes);", java, "true"},
      {"return KieFunctions.isFalse(yes);", java, "false"},
      {"return KieFunctions.equalsTo(word, \"left\");", java, "true"},
      {"return KieFunctions.between(x, 10, 20);", java, "true"},
      {"return KieFunctions.greaterThan(x, 15);", java, "false"},
      {"return KieFunctions.contains(word, \"ef\");", java, "true"},
      {"x > 10", "http://www.w3.org/1999/XPath", "true"},
      // What is more than one expression, or calls what is not here, stays where it was.
      {"int y = x; return y > 10;", java, "expression-language"},
      {"return service.check(x);", java, "expression-language"},
      {"next(null, false)", "javascript", "expression-language"},
      {"$x//@value = 'a'", "http://www.w3.org/1999/XPath", "expression-language"},
      {"x > 10", "python", "true"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text, each.language);
    CHECK(value_of(each.text, each.language) == each.expected);
  }
}
