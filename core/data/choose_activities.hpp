// Which activities of an ad-hoc sub-process run next when nobody chooses: each one that nothing leads to,
// once; with ordering="Sequential" one after the other, in document order. It is over when its completion
// condition is true or when all of them have been.
#pragma once

#include <optional>
#include <vector>

#include "core/data/expressions.hpp"
#include "core/semantics/state.hpp"

namespace weir::data {

struct Activation {
  std::vector<NodeId> nodes;
  std::uint32_t count = 0;  // of the answer: 0 = these are all, 1 = there may be more, 2 = what runs is ended
};

/// `host` hosts the sub-process; `activated` of its activities have been. Empty: nothing to do now.
std::optional<Activation> choose_activities(const graph::ProcessGraph& graph, const Expressions& expressions,
                                            const semantics::State& state, std::uint32_t host,
                                            std::uint32_t activated, const value::Scope& variables,
                                            feel::Workspace& workspace);

/// activationCount of a complex gateway: tokens in front of it, that of `token` included.
std::uint32_t activation_count(const semantics::State& state, std::uint32_t token);
/// Whether a complex gateway fires now. Without an activation condition each token activates it.
std::optional<bool> activates(NodeId gateway, const Expressions& expressions, const semantics::State& state,
                              std::uint32_t token, const value::Scope& variables, feel::Workspace& workspace);

}  // namespace weir::data
