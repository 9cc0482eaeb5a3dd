// Data first, dice where it says nothing. A condition says nothing when it is null, for instance because it
// reads what only a task of the real process would have found out.
#include "core/simulate/ways.hpp"

#include <algorithm>

#include "core/data/choose_flows.hpp"
#include "core/data/test_instance.hpp"

namespace weir::simulate {

namespace {

std::size_t place(std::span<const FlowId> all, FlowId flow) {
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), flow) - all.begin());
}

}  // namespace

std::span<const FlowId> Ways::choose(NodeId node, const value::Variables& variables, Random& random) {
  if (plan_.data.decides(node) != Decides::nothing) {
    value::Scope scope;
    scope.entries = variables.entries();
    data::Decision decision =
        data::choose_flows(graph_, plan_.data.expressions, node, scope, 0, workspace_, ignored_);
    ignored_ = {};
    if (decision.why == data::Why::condition || decision.why == data::Why::default_flow) {
      flows_ = std::move(decision.flows);
      return flows_;
    }
  }
  return by_chance(node, random);
}

std::optional<std::uint32_t> Ways::count(NodeId node, const value::Variables& variables) {
  if (plan_.data.decides(node) == Decides::nothing) return std::nullopt;
  value::Scope scope;
  scope.entries = variables.entries();
  const feel::Expression* collection = plan_.data.expressions.collection(node);
  const feel::Expression* written =
      collection != nullptr ? collection : plan_.data.expressions.cardinality(node);
  if (written == nullptr) return std::nullopt;
  const value::Value value = feel::evaluate(*written, scope, workspace_);
  if (value.is(value::Kind::list)) return static_cast<std::uint32_t>(value.items().size());
  if (!value.is(value::Kind::number)) return std::nullopt;
  const auto whole = value.decimal().to_integer();
  if (!whole || *whole < 0) return std::nullopt;
  return static_cast<std::uint32_t>(std::min<std::int64_t>(*whole, 0xfffffffell));
}

std::optional<bool> Ways::activates(const semantics::Question& question, const semantics::State& state,
                                    const value::Variables& variables) {
  if (graph_[question.node].kind != graph::ElementKind::complex_gateway) return std::nullopt;
  value::Scope scope;
  scope.entries = variables.entries();
  const auto holds =
      data::activates(question.node, plan_.data.expressions, state, question.token.slot, scope, workspace_);
  return holds.value_or(true);  // what only a real case would know does not stop this one
}

std::uint32_t Ways::instance_ends(NodeId node, const value::Variables& variables, double again,
                                  Random& random) {
  std::uint32_t holds = graph_[node].has_condition && random.unit() < again ? 1 : 0;
  if (graph_[node].complex_behaviors == 0) return holds;
  value::Scope scope;
  scope.entries = variables.entries();
  // What only a real case would know does not stop the others.
  holds |= data::test_instance(graph_, plan_.data.expressions, node, scope, workspace_, ignored_).holds & ~1u;
  ignored_ = {};
  return holds;
}

std::optional<data::Activation> Ways::activities(const semantics::Question& question,
                                                 const semantics::State& state, std::uint32_t activated,
                                                 const value::Variables& variables) {
  value::Scope scope;
  scope.entries = variables.entries();
  return data::choose_activities(graph_, plan_.data.expressions, state, question.token.slot, activated, scope,
                                 workspace_);
}

std::span<const FlowId> Ways::by_chance(NodeId node, Random& random) {
  flows_.clear();
  const auto outgoing = graph_.outgoing(node);
  if (graph_[node].kind == graph::ElementKind::exclusive_gateway) {
    draw_one(outgoing, random);
    return flows_;
  }
  // Every flow that may be taken or not by itself, the others always, the default flow instead of none.
  bool conditional = false;
  for (const FlowId flow : outgoing) conditional = conditional || graph_[flow].conditional;
  bool chosen = false;
  FlowId otherwise = FlowId::none;
  for (const FlowId flow : outgoing) {
    if (graph_[flow].is_default) {
      otherwise = flow;
    } else if (conditional && !graph_[flow].conditional) {
      flows_.push_back(flow);
    } else if (random.unit() < plan_.probabilities[index(flow)]) {
      flows_.push_back(flow);
      chosen = true;
    }
  }
  if (!chosen && otherwise != FlowId::none) {
    flows_.push_back(otherwise);
    std::sort(flows_.begin(), flows_.end(),
              [&](FlowId a, FlowId b) { return place(outgoing, a) < place(outgoing, b); });
  }
  if (flows_.empty()) draw_one(outgoing, random);
  return flows_;
}

void Ways::draw_one(std::span<const FlowId> outgoing, Random& random) {
  double total = 0;
  for (const FlowId flow : outgoing) total += plan_.probabilities[index(flow)];
  double left = random.unit() * total;
  FlowId drawn = outgoing.front();
  for (const FlowId flow : outgoing) {
    const double probability = plan_.probabilities[index(flow)];
    if (!(probability > 0)) continue;
    drawn = flow;  // the last possible one when rounding leaves a rest
    if (left < probability) break;
    left -= probability;
  }
  flows_.push_back(drawn);
}

}  // namespace weir::simulate
