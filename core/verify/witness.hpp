// A path of canonical states -> steps that `weir run --trace` can follow: the path is played on a live state,
// whose scope names and question numbers are those that a run sees.
#pragma once

#include <functional>
#include <vector>

#include "core/semantics/trace.hpp"
#include "core/verify/actions.hpp"
#include "core/verify/canonical.hpp"
#include "core/verify/properties.hpp"

namespace weir::verify {

class WitnessPlayer {
 public:
  /// Uses the caller's enumeration and encoding: canonical states must mean the same to both.
  WitnessPlayer(const graph::ProcessGraph& graph, Actions& actions, Canonical& canonical);

  /// Begins with this action.
  void start(const semantics::Action& action) { act(action); }
  /// Plays the first action that leads to this canonical state. There is one when the state follows.
  void go_to(const std::vector<std::uint8_t>& state);
  /// The same, with the end event `ended` happening on the way.
  void go_to(const std::vector<std::uint8_t>& state, NodeId ended);
  /// The steps played and where they end.
  [[nodiscard]] Witness take();

 private:
  void act(const semantics::Action& action);
  template <class F>
  semantics::Action find(F is_it);
  bool is(const semantics::State& state, const std::vector<std::uint8_t>& wanted);

  const graph::ProcessGraph& graph_;
  Actions& actions_;
  Canonical& canonical_;
  Witness witness_;
  semantics::State live_, next_;
  semantics::Outcome outcome_;
  semantics::ScopeNames names_;
  std::vector<std::uint8_t> key_;
};

}  // namespace weir::verify
