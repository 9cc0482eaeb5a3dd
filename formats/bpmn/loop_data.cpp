// loopDataInputRef, loopDataOutputRef and their items (10.3.8) -> names of variables. The references name a
// data input or output of the activity, which an association joins with what stands around (10.4), or that
// directly. A variable has the name of its data element, or the id where the name is none for an expression.
#include <algorithm>

#include "formats/bpmn/context.hpp"

namespace weir::formats::bpmn {

using model::ElementId;
using model::ElementKind;

namespace {

bool is_variable(std::string_view text) {
  return !text.empty() && !(text[0] >= '0' && text[0] <= '9') &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

std::string_view text_of(const Context& context, ElementId parent, ElementKind kind) {
  const ElementId child = context.document.child(parent, kind);
  return child == ElementId::none ? std::string_view() : trim(context.element(child).text);
}

std::string_view own_name(const Context& context, ElementId id) {
  for (const std::string_view attribute : {"name", "id"})
    if (const std::string_view text = context.trimmed_value(id, attribute); is_variable(text)) return text;
  return {};
}

/// The variable that a reference to a data element means.
std::string_view variable(const Context& context, std::string_view reference) {
  const ElementId id = context.find(reference);
  if (id == ElementId::none) return is_variable(reference) ? reference : std::string_view();
  if (context.element(id).kind == ElementKind::data_object_reference)
    if (const ElementId object = context.find(context.trimmed_value(id, "dataObjectRef"));
        object != ElementId::none && !is_variable(context.trimmed_value(id, "name")))
      return own_name(context, object);
  return own_name(context, id);
}

/// What an association of the activity joins with its data input or output `reference`.
std::string_view joined(const Context& context, ElementId activity, std::string_view reference, bool input) {
  for (const ElementId child : model::children(context.document, activity)) {
    const ElementKind kind = context.element(child).kind;
    if (kind != (input ? ElementKind::data_input_association : ElementKind::data_output_association))
      continue;
    const std::string_view source = reference_name(text_of(context, child, ElementKind::source_ref));
    const std::string_view target = reference_name(text_of(context, child, ElementKind::target_ref));
    if (reference != (input ? target : source)) continue;
    if (const std::string_view other = input ? source : target; !other.empty())
      return variable(context, other);
    const ElementId assignment = context.document.child(child, ElementKind::assignment);
    if (input && assignment != ElementId::none) return text_of(context, assignment, ElementKind::from);
  }
  return variable(context, reference);
}

}  // namespace

void resolve_loop_data(Context& context) {
  for (model::FlowNode& node : context.model.nodes) {
    model::Loop& loop = node.loop;
    if (loop.kind != model::Loop::Kind::multi_instance) continue;
    if (loop.collection.empty() && !loop.data_input_ref.empty())
      loop.collection = joined(context, node.element, loop.data_input_ref, true);
    if (const ElementId item = context.document.child(loop.element, ElementKind::input_data_item);
        loop.element_variable.empty() && item != ElementId::none)
      loop.element_variable = own_name(context, item);
    const ElementId item = context.document.child(loop.element, ElementKind::output_data_item);
    if (item == ElementId::none || loop.data_output_ref.empty() || !loop.outputs.empty()) continue;
    model::LoopOutput output;
    output.list.target = joined(context, node.element, loop.data_output_ref, false);
    output.list.source = own_name(context, item);
    output.list.span = context.id_place(item);
    if (!output.list.target.empty() && !output.list.source.empty()) loop.outputs.push_back(output);
  }
}

}  // namespace weir::formats::bpmn
