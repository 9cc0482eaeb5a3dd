// Any bytes as TOML: as a definition, as somebody else's file and as weir.toml. Nothing may crash, hang or
// leak, every place is inside the text, every index of a model is inside its array, and lint and compile take
// what comes out.
//   build-clang/tests/fuzz_toml -max_total_time=300 -max_len=20000 CORPUS_FOLDER samples/procurement
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/check.hpp"
#include "core/graph/compile.hpp"
#include "core/lint/linter.hpp"
#include "formats/read.hpp"

namespace {

void check(const weir::SourceMap& sources, const weir::Diagnostics& diagnostics) {
  for (const weir::Diagnostic& each : diagnostics.list()) {
    WEIR_CHECK(each.span.known() && each.span.begin <= each.span.end);
    WEIR_CHECK(each.span.end <= sources.text(each.span.file).size());
    WEIR_CHECK(!each.message.empty() && !each.code.empty() && !each.group.empty());
  }
}

void check(const weir::model::Definitions& model) {
  using weir::index;
  for (const auto& node : model.nodes) {
    WEIR_CHECK(index(node.scope) < model.scopes.size());
    WEIR_CHECK(!node.id.empty() && node.span.known());
    for (const auto flow : node.incoming) WEIR_CHECK(index(flow) < model.flows.size());
    for (const auto flow : node.outgoing) WEIR_CHECK(index(flow) < model.flows.size());
  }
  for (const auto& flow : model.flows)
    WEIR_CHECK(index(flow.source) < model.nodes.size() && index(flow.target) < model.nodes.size());
  for (const auto& process : model.processes) WEIR_CHECK(index(process.scope) < model.scopes.size());
}

void read_as(const char* name, std::string text) {
  weir::SourceMap sources;
  weir::Diagnostics diagnostics;
  const auto result = weir::formats::read(name, std::move(text), sources, diagnostics);
  if (result.kind != weir::formats::FileKind::toml) return;  // the reader's own target looks at other formats
  check(sources, diagnostics);
  if (!result.has_model) return;
  check(result.definitions);
  weir::Diagnostics further;
  for (std::uint32_t i = 0; i < result.definitions.processes.size(); ++i)
    weir::graph::compile(result.definitions, weir::model::ProcessIndex{i}, further);
  const auto selection = weir::lint::select({});
  weir::lint::lint(weir::lint::Subject{result.definitions}, *selection, further);
  check(sources, further);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  read_as("definition.toml", text);
  read_as("weir.toml", text);
  return 0;
}
