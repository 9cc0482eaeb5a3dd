// Any bytes as a DMN file: nothing may crash, hang or leak. What is read is compiled, its tables are looked
// at, and every decision is evaluated under small limits.
//   build-clang/tests/fuzz_dmn -max_total_time=600 -max_len=8000 -dict=... corpus
// Files without a root element get one around them, so that mutations reach what is inside.
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/check.hpp"
#include "core/dmn/coverage.hpp"
#include "core/value/owned.hpp"
#include "formats/read.hpp"

namespace {

using namespace weir;

feel::Limits small_limits() {
  feel::Limits limits;
  limits.steps = 20'000;
  limits.memory = 8u << 20;
  limits.list_size = 20'000;
  limits.text_size = 1u << 20;
  limits.depth = 500;
  return limits;
}

constexpr std::string_view root =
    R"(<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  if (text.find("definitions") == std::string::npos) text = std::string(root) + text + "</definitions>";
  SourceMap sources;
  Diagnostics found;
  const formats::ReadResult file = formats::read("fuzz.dmn", std::move(text), sources, found);
  if (!file.has_decisions) return 0;
  const dmn::Definitions* const all[] = {&file.decisions};
  const dmn::Program program = dmn::compile(all, found);
  const std::size_t length = sources.text(file.file).size();
  dmn::CoverageLimits limits;
  limits.work = 200'000;
  limits.pairs = 10'000;
  limits.memory = 1u << 20;
  dmn::check_tables(program, found, limits);
  for (const Diagnostic& each : found.list())
    WEIR_CHECK(!each.span.known() || (each.span.begin <= each.span.end && each.span.end <= length));
  value::Variables variables;
  variables.set("amount", value::Value::integer(1000));
  variables.set("category", value::Value::string("travel"));
  feel::Workspace workspace(small_limits());
  workspace.now = value::DateTime{};
  using Kind = dmn::Element::Kind;
  for (const Kind kind : {Kind::decision, Kind::knowledge_model, Kind::decision_service})
    for (const dmn::Decision each : program.all(kind)) {
      workspace.reset();
      dmn::Explanation explanation;
      Diagnostics troubles;
      const value::Value value =
          dmn::evaluate(each, {variables.entries()}, workspace, troubles, &explanation);
      const value::OwnedValue owned(value);
    }
  return 0;
}
