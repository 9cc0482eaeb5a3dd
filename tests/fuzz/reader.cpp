// Any bytes through the one door in: nothing may crash, hang or leak, every diagnostic has a place inside the
// text, and every index of a model is either none or inside its array.
//   build-clang/tests/fuzz_reader -max_total_time=300 -max_len=20000 CORPUS_FOLDER
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/check.hpp"
#include "formats/read.hpp"

namespace {

void check_model(const weir::model::Definitions& model, const weir::SourceMap& sources) {
  const std::size_t size = sources.text(model.file).size();
  const auto inside = [&](weir::Span span) {
    return !span.known() || (span.begin <= span.end && span.end <= size);
  };
  for (const auto& element : model.document.elements) {
    WEIR_CHECK(inside(element.tag) && inside(element.name_span) && inside(element.text_span));
    WEIR_CHECK(element.first_attribute + element.attribute_count <= model.document.attributes.size());
  }
  for (const auto& attribute : model.document.attributes)
    WEIR_CHECK(inside(attribute.name_span) && inside(attribute.value_span));
  for (const auto& node : model.nodes) {
    WEIR_CHECK(weir::index(node.scope) < model.scopes.size());
    for (const auto flow : node.incoming) WEIR_CHECK(weir::index(flow) < model.flows.size());
    for (const auto flow : node.outgoing) WEIR_CHECK(weir::index(flow) < model.flows.size());
    WEIR_CHECK(inside(node.span));
  }
  for (const auto& flow : model.flows) {
    WEIR_CHECK(flow.source == weir::model::NodeIndex::none || weir::index(flow.source) < model.nodes.size());
    WEIR_CHECK(flow.target == weir::model::NodeIndex::none || weir::index(flow.target) < model.nodes.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  weir::SourceMap sources;
  weir::Diagnostics diagnostics;
  const auto result = weir::formats::read("fuzz", std::string(reinterpret_cast<const char*>(data), size),
                                          sources, diagnostics);
  for (const weir::Diagnostic& each : diagnostics.list()) {
    WEIR_CHECK(each.span.known() && each.span.begin <= each.span.end);
    WEIR_CHECK(each.span.end <= sources.text(each.span.file).size());
    WEIR_CHECK(!each.message.empty() && !each.code.empty() && !each.group.empty());
  }
  if (result.has_model) check_model(result.definitions, sources);
  WEIR_CHECK(result.has_model || result.kind == weir::formats::FileKind::dmn || diagnostics.has_errors());
  return 0;
}
