// Tables of expressions and what they give.
#pragma once

#include <span>
#include <string>

#include "core/feel/expression.hpp"
#include "core/value/print.hpp"
#include "tests/support/catch.hpp"

namespace weir::test {

struct FeelCase {
  const char* expression;
  const char* expected;        // as a literal; "" = does not compile
  const char* code = "";       // of the first diagnostic, "" = there is none
  const char* context = "{}";  // variables, as a context literal
};

/// Value of the expression as literal; the first diagnostic's code goes to `code`.
inline std::string evaluated(const FeelCase& each, feel::Language language, std::string& code,
                             const value::Zones* zones = nullptr) {
  Diagnostics found;
  feel::Workspace variables_workspace;
  Diagnostics none;
  const auto variables = feel::compile(each.context, feel::Language::feel, {}, none);
  REQUIRE(variables.has_value());
  variables_workspace.zones = zones;
  const value::Value context = feel::evaluate(*variables, {}, variables_workspace);
  REQUIRE(context.is(value::Kind::context));
  std::vector<std::string_view> names;
  for (const value::Entry& entry : context.entries()) names.push_back(entry.key.text());
  feel::CompileOptions options;
  options.names = names;
  const auto expression = feel::compile(each.expression, language, options, found);
  std::string result;
  if (expression) {
    feel::Workspace workspace;
    workspace.zones = zones;
    workspace.now = value::parse_date_time("2024-05-06T07:08:09Z");
    const value::Value* input = context.find(value::Key("?"));  // of unary tests
    result = value::to_literal(feel::evaluate(*expression, value::Scope{context.entries()}, workspace,
                                              input != nullptr ? *input : value::Value{}));
    feel::report(*expression, workspace, found);
  }
  code = found.empty() ? "" : found.list().front().code;
  return result;
}

inline void check_cases(std::span<const FeelCase> cases, feel::Language language = feel::Language::feel,
                        const value::Zones* zones = nullptr) {
  for (const FeelCase& each : cases) {
    CAPTURE(each.expression, each.context);
    std::string code;
    CHECK(evaluated(each, language, code, zones) == each.expected);
    CHECK(code == each.code);
  }
}

}  // namespace weir::test
