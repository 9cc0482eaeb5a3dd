// A modification of a running instance from outside, which the specification does not know: tokens are taken
// away and others begin elsewhere, in one step.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/semantics/semantics.hpp"

namespace weir::semantics {

struct Modification {
  std::vector<NodeId> cancelled;  // every token at these, with everything below it; scopes left empty end too
  std::vector<NodeId> begun;      // a token enters each, in the scope that is open, else in a new one
};

/// What forbids it in this state, in words; empty = it can be done.
std::string forbidden(const ProcessGraph& graph, const State& state, const Modification& modification);

/// Does it. When it is forbidden nothing happens.
void modify(const ProcessGraph& graph, const Modification& modification, State& state, Outcome& outcome);

}  // namespace weir::semantics
