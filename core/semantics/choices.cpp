// Work can fail in any way somebody is prepared for. A catcher far out that an error end event below it
// already serves says nothing about the tasks beside that end event.
#include "core/semantics/choices.hpp"

#include <algorithm>

namespace weir::semantics {

using graph::ElementKind;
using graph::Trigger;

namespace {

bool is_inside(const ProcessGraph& graph, NodeId node, NodeId container) {
  for (NodeId at = graph[node].parent; at != NodeId::none; at = graph[at].parent)
    if (at == container) return true;
  return false;
}

void add(std::vector<CodeId>& codes, CodeId code) {
  if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
}

}  // namespace

Failures possible_failures(const ProcessGraph& graph) {
  Failures out;
  out.errors.resize(graph.nodes.size());
  out.escalations.resize(graph.nodes.size());
  std::vector<std::pair<NodeId, CodeId>> error_ends;
  bool any_catcher = false;
  for (std::uint32_t i = 1; i < graph.nodes.size(); ++i) {
    const graph::Node& node = graph.nodes[i];
    if (node.trigger == Trigger::error && node.kind == ElementKind::end_event)
      error_ends.emplace_back(NodeId{i}, node.code);
    else if (node.trigger == Trigger::error || node.trigger == Trigger::escalation)
      any_catcher = true;
  }
  if (!any_catcher) return out;
  // A catcher around `container` with this code is served when some error end event inside can reach it; what
  // an event sub-process throws itself goes further out.
  const auto served = [&](NodeId container, CodeId code, NodeId catcher = NodeId::none) {
    return std::any_of(error_ends.begin(), error_ends.end(), [&](const auto& end) {
      return (code == CodeId::none || end.second == code) && is_inside(graph, end.first, container) &&
             !(catcher != NodeId::none && is_inside(graph, end.first, catcher));
    });
  };
  for (std::uint32_t i = 1; i < graph.nodes.size(); ++i) {
    const NodeId node{i};
    if (!model::is(graph[node].kind, model::Category::activity) || graph.child_ranges[i].size() > 0) continue;
    for (const NodeId boundary : graph.boundary_events(node)) {
      if (graph[boundary].trigger == Trigger::error) add(out.errors[i], graph[boundary].code);
      if (graph[boundary].trigger == Trigger::escalation) add(out.escalations[i], graph[boundary].code);
    }
    NodeId inside = node;
    for (NodeId container = graph[node].parent; container != NodeId::none;
         container = graph[container].parent) {
      for (const NodeId sub_process : graph.event_sub_processes(container)) {
        if (sub_process == inside || graph.start_nodes(sub_process).empty()) continue;
        const graph::Node& start = graph[graph.start_nodes(sub_process)[0]];
        if (start.trigger == Trigger::error && !served(container, start.code, sub_process))
          add(out.errors[i], start.code);
      }
      for (const NodeId boundary : graph.boundary_events(container))
        if (graph[boundary].trigger == Trigger::error && !served(container, graph[boundary].code))
          add(out.errors[i], graph[boundary].code);
      inside = container;
    }
  }
  return out;
}

}  // namespace weir::semantics
