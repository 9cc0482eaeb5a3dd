// What engines collect from the instances of a multi-instance activity.
#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

using model::Document;
using model::ElementId;
using model::ElementKind;
using model::Namespace;

namespace {

/// <zeebe:loopCharacteristics outputCollection="results" outputElement="= result"/>
void add_zeebe(const Document& document, ElementId extensions, model::Loop& loop) {
  const ElementId written = document.child(extensions, Namespace::zeebe, "loopCharacteristics");
  const model::Attribute* element =
      written == ElementId::none ? nullptr : document.attribute(written, "outputElement");
  const std::string_view target =
      written == ElementId::none ? std::string_view() : trim(document.value(written, "outputCollection"));
  if (element != nullptr && !target.empty())
    loop.outputs.push_back({{target, element->value, element->value_span}, {}});
}

/// <flowable:variableAggregation target="reviews"><variable source="score" target="points"/>...; a list that
/// a class of Java or an expression makes is none of ours.
void add_aggregations(const Document& document, ElementId extensions, model::Loop& loop) {
  for (const ElementId each : model::children(document, extensions)) {
    if (document[each].name != "variableAggregation" ||
        (document[each].ns != Namespace::flowable && document[each].ns != Namespace::activiti))
      continue;
    model::LoopOutput output;
    output.list.target = trim(document.value(each, "target"));
    output.list.span = document.place(each, "target");
    for (const ElementId field : model::children(document, each)) {
      if (document[field].name != "variable") continue;
      const model::Attribute* source = document.attribute(field, "source");
      if (source == nullptr) source = document.attribute(field, "sourceExpression");
      if (source == nullptr) continue;
      const std::string_view target = document.value(field, "target");
      output.fields.push_back({target.empty() ? source->value : target, source->value, source->value_span});
    }
    if (!output.list.target.empty() && !output.fields.empty()) loop.outputs.push_back(output);
  }
}

}  // namespace

void fill_loop(const Document& document, model::FlowNode& node) {
  if (node.loop.kind != model::Loop::Kind::multi_instance) return;
  const ElementId extensions = document.child(node.loop.element, ElementKind::extension_elements);
  if (extensions == ElementId::none) return;
  add_zeebe(document, extensions, node.loop);
  add_aggregations(document, extensions, node.loop);
}

}  // namespace weir::formats::bpmn::dialects
