// Which way a case goes and how many instances it starts: the data of the case decides where it can, else the
// probabilities of the plan.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/random.hpp"
#include "core/data/choose_activities.hpp"
#include "core/feel/workspace.hpp"
#include "core/semantics/semantics.hpp"
#include "core/simulate/plan.hpp"

namespace weir::simulate {

class Ways {
 public:
  explicit Ways(const Plan& plan) : plan_(plan), graph_(*plan.graph) {}

  /// Valid until the next call.
  std::span<const FlowId> choose(NodeId node, const value::Variables& variables, Random& random);
  /// Of a multi-instance activity; empty when data does not tell.
  std::optional<std::uint32_t> count(NodeId node, const value::Variables& variables);
  /// Whether a complex gateway fires, empty for other questions.
  std::optional<bool> activates(const semantics::Question& question, const semantics::State& state,
                                const value::Variables& variables);
  /// Whether an instance of a multi-instance activity that ends makes the activity throw or end: an answer;
  /// `again` is the probability that it does by its completionCondition.
  std::uint32_t instance_ends(NodeId node, const value::Variables& variables, double again, Random& random);
  /// What an ad-hoc sub-process does next.
  std::optional<data::Activation> activities(const semantics::Question& question,
                                             const semantics::State& state, std::uint32_t activated,
                                             const value::Variables& variables);

 private:
  std::span<const FlowId> by_chance(NodeId node, Random& random);
  void draw_one(std::span<const FlowId> outgoing, Random& random);

  const Plan& plan_;
  const graph::ProcessGraph& graph_;
  feel::Workspace workspace_;
  Diagnostics ignored_;  // why a condition is null; what can be known before is said with the plan
  std::vector<FlowId> flows_;
};

}  // namespace weir::simulate
