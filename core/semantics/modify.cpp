// The new tokens are put first, so that no scope looks complete while others are taken away.
#include "core/semantics/modify.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/semantics/play.hpp"

namespace weir::semantics {

using graph::Loop;
using model::ElementKind;

namespace {

bool many(const graph::Node& node) {
  return node.loop == Loop::parallel || node.loop == Loop::sequential;
}

class Modifier {
 public:
  Modifier(const ProcessGraph& graph, State& state, Outcome& outcome)
      : graph_(graph), state_(state), play_{graph, state, outcome} {}

  /// What forbids it; then the state is in the middle of it.
  std::string run(const Modification& modification) {
    for (const NodeId each : modification.cancelled)
      if (std::string why = find(each); !why.empty()) return why;
    for (const NodeId each : modification.begun)
      if (std::string why = begin(each); !why.empty()) return why;
    for (const TokenId each : cancelled_)
      if (state_.valid(each))
        if (!cancel(each.slot)) return "nothing would be left of the instance: cancel it instead";
    rebuild_joins(graph_, state_);
    play_.settle();
    return {};
  }

 private:
  [[nodiscard]] std::string name(NodeId node) const { return "'" + graph_.node_id(node) + "'"; }

  /// The container around a node whose instances are counted, or none.
  [[nodiscard]] NodeId counted_around(NodeId node) const {
    for (NodeId at = graph_[node].parent; at != graph::process_node && at != NodeId::none;
         at = graph_[at].parent)
      if (many(graph_[at])) return at;
    return NodeId::none;
  }

  std::string find(NodeId node) {
    if (const NodeId around = counted_around(node); around != NodeId::none)
      return fmt::format("{} is inside of {}, which counts its instances: move that one as a whole",
                         name(node), name(around));
    const std::size_t before = cancelled_.size();
    for (std::uint32_t slot = 0; slot < state_.tokens.size(); ++slot) {
      const Token& token = state_.tokens[slot];
      if (token.node != node || !is_live(token.phase) || state_.scopes[token.scope].kind != ScopeKind::body)
        continue;
      if (token.phase == Phase::compensating || token.phase == Phase::undoing ||
          graph_[node].for_compensation || compensates(token.scope))
        return fmt::format("compensation is under way at {}", name(node));
      cancelled_.push_back(state_.id(slot));
    }
    return before < cancelled_.size() ? std::string() : fmt::format("nothing is at {}", name(node));
  }

  std::string begin(NodeId node) {
    const graph::Node& target = graph_[node];
    if (target.kind == ElementKind::boundary_event)
      return fmt::format("{} happens while {} is under way: nothing enters it", name(node),
                         name(target.attached_to));
    if (target.event_sub_process) return fmt::format("{} begins with its start event only", name(node));
    if (target.for_compensation) return fmt::format("{} is for compensation only", name(node));
    if (target.joins && graph_.incoming(node).size() > 1)
      return fmt::format("{} waits for all that lead to it: begin at what follows it", name(node));
    std::uint32_t scope = no_slot;
    if (std::string why = open(target.parent, scope); !why.empty()) return why;
    const std::uint32_t token = state_.put_token(scope, node, FlowId::none, Phase::moving);
    play_.outcome.queue.push_back(state_.id(token));
    return {};
  }

  /// The one scope of a container that stays open, else a new one.
  std::string open(NodeId container, std::uint32_t& scope) {
    std::uint32_t found = 0;
    for (std::uint32_t slot = 0; slot < state_.scopes.size(); ++slot) {
      const Scope& each = state_.scopes[slot];
      if (each.kind != ScopeKind::body || each.node != container || goes(slot) || compensates(slot)) continue;
      ++found;
      scope = slot;
    }
    if (found == 1) return {};
    if (found > 1)
      return fmt::format("{} is open {} times: it is not said which is meant", name(container), found);
    const graph::Node& node = graph_[container];
    if (many(node))
      return fmt::format("{} counts its instances: begin at it rather than inside of it", name(container));
    if (node.event_sub_process)
      return fmt::format("{} is not under way: its event has not happened", name(container));
    if (node.for_compensation) return fmt::format("{} is for compensation only", name(container));
    std::uint32_t around = no_slot;
    if (std::string why = open(node.parent, around); !why.empty()) return why;
    const std::uint32_t host = state_.put_token(around, container, FlowId::none, Phase::hosting);
    play_.log(What::entered, around, container);
    play_.arm_boundaries(host);
    scope = state_.put_scope(container, around, host, ScopeKind::body);
    state_.tokens[host].child = scope;
    state_.touch_token(host);
    play_.log(What::opened, scope, container);
    play_.arm_event_sub_processes(scope);
    if (node.kind == ElementKind::ad_hoc_sub_process) {
      state_.scopes[scope].remaining = 1;  // open for activation
      play_.ask(host, Phase::hosting);
    }
    return {};
  }

  /// It is below a token that is taken away.
  [[nodiscard]] bool goes(std::uint32_t scope) const {
    for (std::uint32_t at = scope; at != no_slot; at = state_.scopes[at].parent) {
      const std::uint32_t host = state_.scopes[at].host;
      if (host != no_slot &&
          std::find(cancelled_.begin(), cancelled_.end(), state_.id(host)) != cancelled_.end())
        return true;
    }
    return false;
  }

  [[nodiscard]] bool compensates(std::uint32_t scope) const {
    for (std::uint32_t at = scope; at != no_slot; at = state_.scopes[at].parent) {
      const std::uint32_t host = state_.scopes[at].host;
      if (host != no_slot &&
          (state_.tokens[host].phase == Phase::undoing || graph_[state_.tokens[host].node].for_compensation))
        return true;
    }
    return false;
  }

  /// With each scope around it that has nothing left; false: that is the process.
  bool cancel(std::uint32_t token) {
    const std::uint32_t scope = state_.tokens[token].scope;
    play_.cancel_token(token);
    const Scope& left = state_.scopes[scope];
    const bool open_for_more =
        graph_[left.node].kind == ElementKind::ad_hoc_sub_process && left.remaining != 0;
    if (left.live != 0 || open_for_more) return true;
    return left.host != no_slot && cancel(left.host);
  }

  const ProcessGraph& graph_;
  State& state_;
  Play play_;
  std::vector<TokenId> cancelled_;
};

}  // namespace

std::string forbidden(const ProcessGraph& graph, const State& state, const Modification& modification) {
  State tried = state;
  tried.touched = nullptr;
  Outcome outcome;
  return Modifier(graph, tried, outcome).run(modification);
}

void modify(const ProcessGraph& graph, const Modification& modification, State& state, Outcome& outcome) {
  reset(outcome);
  if (forbidden(graph, state, modification).empty()) Modifier(graph, state, outcome).run(modification);
}

}  // namespace weir::semantics
