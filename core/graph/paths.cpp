// One backward search per incoming flow of a join: which nodes lead to that flow without passing the join. A
// boundary event continues its host, a link catch event its throw events; paths never leave the scope
// (table 13.3).
#include "core/graph/paths.hpp"

namespace weir::graph {

namespace {

constexpr std::uint32_t no_row = 0xffffffffu;
constexpr std::size_t most_words = 8u << 20;

bool needs_reach(const ProcessGraph& graph, NodeId node) {
  const ElementKind kind = graph[node].kind;
  return kind == ElementKind::complex_gateway ||
         (kind == ElementKind::inclusive_gateway && graph.incoming(node).size() > 1);
}

std::uint32_t words_of(const ProcessGraph& graph, NodeId node) {
  return (graph.child_ranges[index(graph[node].parent)].size() + 63) / 64;
}

}  // namespace

bool compute_reach(ProcessGraph& graph) {
  const std::size_t count = graph.nodes.size();
  graph.reach_row.assign(count, no_row);
  graph.reach_words.assign(count, 0);
  graph.reach_offset.assign(count, 0);
  std::size_t total = 0;
  for (std::uint32_t i = 1; i < count; ++i) {
    const NodeId node{i};
    if (!needs_reach(graph, node)) continue;
    total += graph.incoming(node).size() * words_of(graph, node);
    if (total > most_words) return false;
  }
  graph.reach_bits.assign(total, 0);
  std::size_t offset = 0;
  std::vector<std::vector<NodeId>> throws_of_link(count);
  for (std::uint32_t i = 1; i < count; ++i)
    if (graph.nodes[i].link_target != NodeId::none)
      throws_of_link[index(graph.nodes[i].link_target)].push_back(NodeId{i});

  std::vector<NodeId> open;
  for (std::uint32_t i = 1; i < count; ++i) {
    const NodeId join{i};
    if (!needs_reach(graph, join)) continue;
    const std::uint32_t words = words_of(graph, join);
    graph.reach_row[i] = 0;
    graph.reach_words[i] = words;
    graph.reach_offset[i] = offset;
    for (const FlowId flow : graph.incoming(join)) {
      std::uint64_t* row = graph.reach_bits.data() + offset;
      offset += words;
      open.clear();
      const auto add = [&](NodeId node) {
        if (node == NodeId::none || node == join) return;
        std::uint64_t& word = row[graph.local[index(node)] / 64];
        const std::uint64_t bit = std::uint64_t{1} << (graph.local[index(node)] % 64);
        if (word & bit) return;
        word |= bit;
        open.push_back(node);
      };
      add(graph[flow].source);
      while (!open.empty()) {
        const NodeId node = open.back();
        open.pop_back();
        for (const FlowId in : graph.incoming(node)) add(graph[in].source);
        add(graph[node].attached_to);
        for (const NodeId thrower : throws_of_link[index(node)]) add(thrower);
      }
    }
  }
  return true;
}

}  // namespace weir::graph
