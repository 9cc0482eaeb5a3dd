// The expressions of one process, compiled once: what drivers evaluate to answer questions.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/feel/expression.hpp"
#include "core/graph/process_graph.hpp"

namespace weir::data {

class Expressions {
 public:
  // In the .cpp file: else every file that has one compiles all of this again.
  Expressions();
  Expressions(Expressions&&) noexcept;
  Expressions& operator=(Expressions&&) noexcept;
  ~Expressions();

  /// Compiles what the process says. Texts that cannot be evaluated (an unknown language, a syntax error) are
  /// reported once and are then absent: drivers treat them as null.
  static Expressions compile(const model::Definitions& definitions, const graph::ProcessGraph& graph,
                             Diagnostics& diagnostics);

  /// Gives a flow another condition than the process says.
  void set_condition(FlowId flow, feel::Expression condition) {
    conditions_[index(flow)].emplace(std::move(condition));
  }

  // Null = there is none.
  [[nodiscard]] const feel::Expression* condition(FlowId flow) const { return get(conditions_, index(flow)); }
  /// loopCondition of a standard loop, completionCondition of a multi-instance activity or ad-hoc
  /// sub-process, activationCondition of a complex gateway.
  [[nodiscard]] const feel::Expression* loop_condition(NodeId node) const {
    return get(loop_conditions_, index(node));
  }
  /// Condition of the n-th complexBehaviorDefinition, from 0.
  [[nodiscard]] const feel::Expression* behavior_condition(NodeId node, std::uint32_t definition) const {
    const auto found = behavior_conditions_.find(node);
    return found == behavior_conditions_.end() ? nullptr : get(found->second, definition);
  }
  /// What the n-th of model::Loop::outputs collects from each instance: of its list, or of each of its
  /// fields.
  [[nodiscard]] const feel::Expression* output(NodeId node, std::size_t output, std::size_t field) const {
    const auto found = outputs_.find(node);
    return found == outputs_.end() || output >= found->second.size() ? nullptr
                                                                     : get(found->second[output], field);
  }
  [[nodiscard]] const feel::Expression* cardinality(NodeId node) const {
    return get(cardinalities_, index(node));
  }
  [[nodiscard]] const feel::Expression* collection(NodeId node) const {
    return get(collections_, index(node));
  }
  /// Timer of an event's n-th definition: date, duration or cycle, whatever is written; see
  /// model::EventDefinition.
  [[nodiscard]] const feel::Expression* timer(NodeId node, std::uint32_t definition = 0) const {
    return get(timers_, first_definition_[index(node)] + definition);
  }
  /// Condition of a conditional event.
  [[nodiscard]] const feel::Expression* event_condition(NodeId node, std::uint32_t definition = 0) const {
    return get(event_conditions_, first_definition_[index(node)] + definition);
  }
  /// Script of a script task and the variable its result goes to.
  [[nodiscard]] const feel::Expression* script(NodeId node) const { return get(scripts_, index(node)); }
  [[nodiscard]] std::string_view script_result(NodeId node) const { return script_results_[index(node)]; }
  /// Somebody wants to know what the variables of a sub-process were when a step has ended it: its output
  /// mappings, an event in it that sends a message, compensation.
  [[nodiscard]] bool map_sub_processes() const { return map_sub_processes_; }

 private:
  using Pool = std::vector<std::optional<feel::Expression>>;
  static const feel::Expression* get(const Pool& pool, std::size_t at) {
    return at < pool.size() && pool[at] ? &*pool[at] : nullptr;
  }

  Pool conditions_;
  Pool loop_conditions_, cardinalities_, collections_, timers_, event_conditions_, scripts_;
  std::map<NodeId, Pool> behavior_conditions_;  // of few nodes
  std::map<NodeId, std::vector<Pool>> outputs_;
  std::vector<std::string_view> script_results_;
  bool map_sub_processes_ = false;
  std::vector<std::uint32_t> first_definition_;  // of a node's events, in timers_ and event_conditions_
};

}  // namespace weir::data
