// Flow nodes and sequence flows: what their own attributes and direct children say (BPMN 2.0.2 sections 10.3
// to 10.6).
#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn {

using model::Category;
using model::ElementId;
using model::ElementKind;

namespace {

void fill_from_attributes(const Context& context, model::FlowNode& node) {
  const ElementId id = node.element;
  if (node.is_activity() || node.is_gateway())
    node.default_ref = reference_name(context.document.value(id, "default"));
  if (node.is_activity()) {
    node.for_compensation = context.boolean(id, "isForCompensation", false);
    node.start_quantity = context.trimmed_value(id, "startQuantity");
    node.completion_quantity = context.trimmed_value(id, "completionQuantity");
  }
  if (node.is(Category::catching)) node.parallel_multiple = context.boolean(id, "parallelMultiple", false);
  switch (node.kind) {
    case ElementKind::sub_process:
    case ElementKind::transaction:
    case ElementKind::ad_hoc_sub_process:
      node.triggered_by_event = context.boolean(id, "triggeredByEvent", false);
      node.ad_hoc_sequential = context.trimmed_value(id, "ordering") == "Sequential";
      node.ad_hoc_cancel_remaining = context.boolean(id, "cancelRemainingInstances", true);
      break;
    case ElementKind::boundary_event:
      node.attached_to_ref = reference_name(context.document.value(id, "attachedToRef"));
      node.interrupting = context.boolean(id, "cancelActivity", true);
      break;
    case ElementKind::start_event:
      node.interrupting = context.boolean(id, "isInterrupting", true);
      break;
    case ElementKind::call_activity:
      node.called_element = reference_name(context.document.value(id, "calledElement"));
      break;
    case ElementKind::script_task:
      node.script_format = context.trimmed_value(id, "scriptFormat");
      if (node.script_format.empty())  // a global one calls it so
        node.script_format = context.trimmed_value(id, "scriptLanguage");
      break;
    case ElementKind::receive_task:
      node.instantiate = context.boolean(id, "instantiate", false);
      node.message_ref = reference_name(context.document.value(id, "messageRef"));
      break;
    case ElementKind::send_task:
      node.message_ref = reference_name(context.document.value(id, "messageRef"));
      break;
    case ElementKind::event_based_gateway:
      node.instantiate = context.boolean(id, "instantiate", false);
      node.parallel_event_gateway = context.trimmed_value(id, "eventGatewayType") == "Parallel";
      break;
    default:
      break;
  }
}

void fill_from_children(Context& context, model::NodeIndex node_index, model::FlowNode& node) {
  for (const ElementId child : model::children(context.document, node.element)) {
    const ElementKind kind = context.element(child).kind;
    if (model::is(kind, Category::event_definition)) {
      if (node.is_event()) node.event_definitions.push_back(event_definition(context, child));
      continue;
    }
    switch (kind) {
      case ElementKind::event_definition_ref:
        if (node.is_event())
          context.definition_references.push_back({node_index, node.event_definitions.size(), child});
        break;
      case ElementKind::standard_loop_characteristics:
      case ElementKind::multi_instance_loop_characteristics:
        if (node.is_activity() && node.loop.kind == model::Loop::Kind::none) node.loop = loop(context, child);
        break;
      case ElementKind::completion_condition:
        if (node.kind == ElementKind::ad_hoc_sub_process)
          node.completion_condition = context.expression(child);
        break;
      case ElementKind::activation_condition:
        if (node.kind == ElementKind::complex_gateway) node.activation_condition = context.expression(child);
        break;
      case ElementKind::script:
        if (node.kind == ElementKind::script_task) node.script = context.element(child).text;
        break;
      default:
        break;
    }
  }
}

}  // namespace

void fill_node(Context& context, model::NodeIndex node_index) {
  model::FlowNode& node = context.model.nodes[index(node_index)];
  fill_from_attributes(context, node);
  fill_from_children(context, node_index, node);
  dialects::fill(context.document, context.model.dialect, node);
}

void fill_flow(Context& context, model::SequenceFlow& flow) {
  flow.source_ref = context.trimmed_value(flow.element, "sourceRef");
  flow.target_ref = context.trimmed_value(flow.element, "targetRef");
  flow.source_span = context.document.place(flow.element, "sourceRef");
  flow.target_span = context.document.place(flow.element, "targetRef");
  const ElementId condition = context.document.child(flow.element, ElementKind::condition_expression);
  if (condition != ElementId::none) flow.condition = context.expression(condition);
}

}  // namespace weir::formats::bpmn
