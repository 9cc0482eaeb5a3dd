// Which answers a question admits when nothing is known about data. Shared by verify (tries all of them), by
// dry runs and by whoever checks an answer that comes from outside.
#pragma once

#include <vector>

#include "core/semantics/semantics.hpp"

namespace weir::semantics {

/// Calls f(flows) for each admissible answer to Ask::flows at a node: one flow for exclusive gateways; for
/// inclusive gateways and conditional flows of other nodes all unconditional flows plus any conditional ones,
/// the default flow only when none of these; an inclusive gateway without any condition: each non-empty set
/// (13.4.3, 8.3.13). Returns false when there are more than 2^12 sets: then only single flows and the largest
/// set were given.
template <class F>
bool for_each_choice(const ProcessGraph& graph, NodeId node, std::vector<FlowId>& scratch, F f) {
  const auto outgoing = graph.outgoing(node);
  if (graph[node].kind == graph::ElementKind::exclusive_gateway) {
    for (const FlowId flow : outgoing) {
      scratch.assign(1, flow);
      f(std::span<const FlowId>(scratch));
    }
    return true;
  }
  std::vector<FlowId> free;  // may be taken or not
  bool any_conditional = false;
  bool has_default = false;
  for (const FlowId flow : outgoing) {
    any_conditional = any_conditional || graph[flow].conditional;
    has_default = has_default || graph[flow].is_default;
  }
  const bool abstract = !any_conditional && graph[node].kind != graph::ElementKind::complex_gateway;
  bool always = false;
  for (const FlowId flow : outgoing) {
    const bool is_free = abstract ? !graph[flow].is_default : graph[flow].conditional;
    if (is_free) free.push_back(flow);
    always = always || (!is_free && !graph[flow].is_default);
  }
  const auto give = [&](auto chosen) {
    scratch.clear();
    std::size_t next = 0;
    bool one_chosen = false;
    for (const FlowId flow : outgoing) {
      const bool is_free = next < free.size() && free[next] == flow;
      if (is_free) {
        if (chosen(next)) {
          scratch.push_back(flow);
          one_chosen = true;
        }
        ++next;
      } else if (!graph[flow].is_default) {
        scratch.push_back(flow);
      }
    }
    if (!one_chosen && has_default)
      for (const FlowId flow : outgoing)
        if (graph[flow].is_default) scratch.push_back(flow);
    if (!scratch.empty()) f(std::span<const FlowId>(scratch));
  };
  if (free.size() > 12) {
    for (std::size_t i = 0; i < free.size(); ++i) give([&](std::size_t at) { return at == i; });
    give([](std::size_t) { return true; });
    if (always || has_default) give([](std::size_t) { return false; });
    return false;
  }
  for (std::uint32_t set = 0; set < (1u << free.size()); ++set)
    give([&](std::size_t at) { return ((set >> at) & 1u) != 0; });
  return true;
}

/// Calls f(count) for each admissible answer to Ask::again at a node. Returns false when there are more than
/// 2^8: then only none, each alone and all of them were given.
template <class F>
bool for_each_test(const graph::Node& node, F f) {
  if (node.loop != graph::Loop::parallel && node.loop != graph::Loop::sequential) {
    f(0u);
    f(1u);
    return true;
  }
  // completionCondition, then the definitions of behavior Complex.
  const std::uint32_t first = node.has_condition ? 1 : 2;
  const std::uint32_t end = 2u << node.complex_behaviors;
  if (end <= 512) {
    for (std::uint32_t holds = 0; holds < end; holds += first) f(holds);
    return true;
  }
  f(0u);
  for (std::uint32_t bit = first; bit < end; bit <<= 1) f(bit);
  f(end - first);
  return false;
}

/// Error codes with which work at each node may fail: those its own error boundary events catch, and those
/// caught further out unless an error end event inside that catcher's scope throws them already. Index =
/// NodeId.
struct Failures {
  std::vector<std::vector<CodeId>> errors;
  std::vector<std::vector<CodeId>> escalations;
};
Failures possible_failures(const ProcessGraph& graph);

}  // namespace weir::semantics
