// Small integer ids. Each kind of id is its own enum class so that a flow can never be passed for a node.
#pragma once

#include <cstdint>

namespace weir {

/// A node of one graph::ProcessGraph. Index into ProcessGraph::nodes.
enum class NodeId : std::uint32_t { none = 0xffffffffu };
/// A sequence flow of one graph::ProcessGraph. Index into ProcessGraph::flows.
enum class FlowId : std::uint32_t { none = 0xffffffffu };
/// An interned error, escalation, signal or message code of one ProcessGraph. Index into ProcessGraph::codes.
enum class CodeId : std::uint32_t { none = 0xffffffffu };

template <class Id>
constexpr std::uint32_t index(Id id) {
  return static_cast<std::uint32_t>(id);
}

}  // namespace weir
