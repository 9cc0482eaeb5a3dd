// References -> indexes. A reference resolves by its full text first and by its local part second: the
// specification makes some of them QNames, and tools write prefixes or leave them out as they like.
#include "formats/bpmn/context.hpp"

namespace weir::formats::bpmn {

using model::Category;
using model::ElementId;
using model::ElementKind;
using model::FlowIndex;
using model::NodeIndex;

namespace {

template <class Index>
Index look_up(const std::unordered_map<std::string_view, Index>& map, std::string_view reference) {
  if (reference.empty()) return Index::none;
  auto found = map.find(reference);
  if (found == map.end() && reference.find(':') != std::string_view::npos)
    found = map.find(model::local_part(reference));
  return found == map.end() ? Index::none : found->second;
}

void resolve_flows(Context& context) {
  model::Definitions& model = context.model;
  for (std::size_t i = 0; i < model.flows.size(); ++i) {
    model::SequenceFlow& flow = model.flows[i];
    flow.source = look_up(model.node_by_id, flow.source_ref);
    flow.target = look_up(model.node_by_id, flow.target_ref);
    if (flow.source != NodeIndex::none)
      model.nodes[index(flow.source)].outgoing.push_back(static_cast<FlowIndex>(i));
    if (flow.target != NodeIndex::none)
      model.nodes[index(flow.target)].incoming.push_back(static_cast<FlowIndex>(i));
  }
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    model::FlowNode& node = model.nodes[i];
    if (!node.attached_to_ref.empty()) node.attached_to = look_up(model.node_by_id, node.attached_to_ref);
    if (node.default_ref.empty()) continue;
    const FlowIndex named = look_up(context.flow_by_id, node.default_ref);
    if (named == FlowIndex::none || index(model.flows[index(named)].source) != i) continue;
    node.default_flow = named;
    model.flows[index(named)].is_default = true;
  }
}

/// Definitions by reference go where the reference stands among the inline ones.
void resolve_event_definitions(Context& context) {
  const auto& references = context.definition_references;
  for (std::size_t i = 0; i < references.size();) {
    const NodeIndex node = references[i].node;
    auto& inline_ones = context.model.nodes[index(node)].event_definitions;
    std::vector<model::EventDefinition> merged;
    std::size_t taken = 0;
    for (; i < references.size() && references[i].node == node; ++i) {
      for (; taken < references[i].position; ++taken) merged.push_back(inline_ones[taken]);
      const ElementId target = context.find(context.element(references[i].element).text);
      if (target != ElementId::none && model::is(context.element(target).kind, Category::event_definition))
        merged.push_back(event_definition(context, target));
    }
    for (; taken < inline_ones.size(); ++taken) merged.push_back(inline_ones[taken]);
    inline_ones = std::move(merged);
  }
}

void resolve_behaviors(Context& context) {
  for (model::FlowNode& node : context.model.nodes)
    for (model::BehaviorEvent& each : node.loop.behavior_events)
      for (const std::string_view reference : each.references) {
        const ElementId target = context.find(reference);
        if (target != ElementId::none && model::is(context.element(target).kind, Category::event_definition))
          each.definitions.push_back(event_definition(context, target));
      }
}

void resolve_collaborations(Context& context) {
  model::Definitions& model = context.model;
  std::unordered_map<std::string_view, model::ProcessIndex> process_by_id;
  for (std::size_t i = 0; i < model.processes.size(); ++i)
    process_by_id.emplace(model.processes[i].id, static_cast<model::ProcessIndex>(i));
  for (model::Participant& each : model.participants) each.process = look_up(process_by_id, each.process_ref);

  const auto end = [&](std::string_view reference) {
    const ElementId found = context.find(reference);
    if (found == ElementId::none) return found;
    const ElementKind kind = context.element(found).kind;
    return kind == ElementKind::participant || model::is(kind, Category::flow_node) ? found : ElementId::none;
  };
  for (model::MessageFlow& each : model.message_flows) {
    each.source = end(each.source_ref);
    each.target = end(each.target_ref);
  }
  for (model::Association& each : model.associations) {
    each.source = context.find(each.source_ref);
    each.target = context.find(each.target_ref);
  }
  for (model::Lane& lane : model.lanes)
    for (model::Lane::Member& member : lane.members) member.node = look_up(model.node_by_id, member.ref);
}

void resolve_diagrams(Context& context) {
  for (model::Diagram& diagram : context.model.diagrams) {
    diagram.plane_element = context.find(diagram.plane_ref);
    for (model::Shape& each : diagram.shapes) each.bpmn_element = context.find(each.bpmn_element_ref);
    for (model::Edge& each : diagram.edges) each.bpmn_element = context.find(each.bpmn_element_ref);
  }
}

}  // namespace

void resolve(Context& context) {
  resolve_flows(context);
  resolve_event_definitions(context);
  resolve_behaviors(context);
  resolve_loop_data(context);
  resolve_collaborations(context);
  resolve_diagrams(context);
}

}  // namespace weir::formats::bpmn
