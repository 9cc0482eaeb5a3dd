// Look-ups by id are for messages, traces and tests; nothing hot uses them.
#include "core/graph/process_graph.hpp"

#include <algorithm>

namespace weir::graph {

std::vector<NodeId> ProcessGraph::instance_starts() const {
  std::vector<NodeId> out;
  for (const NodeId child : children(process_node)) {
    const Node& node = (*this)[child];
    if (node.kind == ElementKind::start_event && node.trigger != Trigger::error &&
        node.trigger != Trigger::escalation && node.trigger != Trigger::compensation)
      out.push_back(child);
    else if (node.kind == ElementKind::receive_task && node.instantiate && incoming(child).empty())
      out.push_back(child);
    else if (node.kind == ElementKind::event_based_gateway && node.instantiate && incoming(child).empty())
      for (const FlowId flow : outgoing(child)) {
        const NodeId event = (*this)[flow].target;
        const ElementKind kind = (*this)[event].kind;
        if ((kind == ElementKind::intermediate_catch_event || kind == ElementKind::receive_task) &&
            std::find(out.begin(), out.end(), event) == out.end())
          out.push_back(event);
      }
  }
  if (out.empty() && !start_nodes(process_node).empty()) out.push_back(process_node);
  return out;
}

NodeId ProcessGraph::find_node(std::string_view id_text) const {
  const auto found = std::find(node_ids.begin(), node_ids.end(), id_text);
  return found == node_ids.end() ? NodeId::none
                                 : NodeId{static_cast<std::uint32_t>(found - node_ids.begin())};
}

FlowId ProcessGraph::find_flow(std::string_view id_text) const {
  const auto found = std::find(flow_ids.begin(), flow_ids.end(), id_text);
  return found == flow_ids.end() ? FlowId::none
                                 : FlowId{static_cast<std::uint32_t>(found - flow_ids.begin())};
}

CodeId ProcessGraph::find_code(std::string_view text) const {
  const auto found = std::find(codes.begin(), codes.end(), text);
  return found == codes.end() ? CodeId::none : CodeId{static_cast<std::uint32_t>(found - codes.begin())};
}

ProcessGraph::ProcessGraph() = default;
ProcessGraph::ProcessGraph(ProcessGraph&&) noexcept = default;
ProcessGraph& ProcessGraph::operator=(ProcessGraph&&) noexcept = default;
ProcessGraph::~ProcessGraph() = default;

}  // namespace weir::graph
