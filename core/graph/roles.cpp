// Facts about nodes that every step of the semantics needs and that only depend on the graph.
#include "core/graph/compile.hpp"

namespace weir::graph {

namespace {

bool joins(const ProcessGraph& graph, NodeId node) {
  switch (graph[node].kind) {
    case ElementKind::complex_gateway:
      return true;
    case ElementKind::parallel_gateway:
    case ElementKind::inclusive_gateway:
      return graph.incoming(node).size() > 1;
    default:
      return false;
  }
}

/// Exclusive, inclusive and complex gateways choose among their flows; other nodes when a flow has a
/// condition.
bool asks_flows(const ProcessGraph& graph, NodeId node) {
  switch (graph[node].kind) {
    case ElementKind::exclusive_gateway:
    case ElementKind::inclusive_gateway:
    case ElementKind::complex_gateway:
      if (graph.outgoing(node).size() > 1) return true;
      break;
    case ElementKind::parallel_gateway:
    case ElementKind::event_based_gateway:
      return false;
    default:
      break;
  }
  for (const FlowId flow : graph.outgoing(node))
    if (graph[flow].conditional) return true;
  return false;
}

/// Entering does nothing but open a question, so in front of the node and inside it are the same.
bool at_once(const ProcessGraph& graph, NodeId id) {
  const Node& node = graph[id];
  switch (node.kind) {
    case ElementKind::event_based_gateway:
      return true;
    case ElementKind::exclusive_gateway:
      return node.asks_flows;
    case ElementKind::inclusive_gateway:
      return !node.joins && node.asks_flows;
    case ElementKind::intermediate_catch_event:
      return node.trigger != Trigger::link;
    default:
      break;
  }
  return node.works && !model::is(node.kind, model::Category::container) && node.loop == Loop::none &&
         graph.boundary_events(id).empty() && node.start_quantity == 1;
}

}  // namespace

void fill_roles(ProcessGraph& graph) {
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    Node& node = graph.nodes[i];
    node.works = model::is(node.kind, model::Category::activity);
    node.activity = node.works && !node.thrown_by_worker;
    node.joins = joins(graph, NodeId{i});
    node.asks_flows = asks_flows(graph, NodeId{i});
    node.at_once = at_once(graph, NodeId{i});
  }
}

}  // namespace weir::graph
