// What a simulated case knows: variables drawn when it arrives, and the expressions of the process that read
// them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/random.hpp"
#include "core/data/expressions.hpp"
#include "core/graph/process_graph.hpp"
#include "core/simulate/scenario.hpp"

namespace weir::simulate {

struct PlannedVariable {
  std::string name;
  Distribution number;
  std::vector<CaseVariable::Choice> choices;  // empty = a number
  double total = 0;                           // of their weights
  std::uint64_t stream = 0;
};

/// How far case data answers the questions of a node.
enum class Decides : std::uint8_t {
  nothing,
  some,  // an expression reads case data, others read what no case has, or are missing
  all
};

struct CaseData {
  std::vector<PlannedVariable> variables;
  data::Expressions expressions;  // empty without variables, complex gateways and ad-hoc sub-processes
  std::vector<Decides> by_node;   // empty without variables
  [[nodiscard]] Decides decides(NodeId node) const {
    return by_node.empty() ? Decides::nothing : by_node[index(node)];
  }
};

/// A condition of the scenario whose flow has been found.
struct PlacedCondition {
  FlowId flow = FlowId::none;
  const FlowCondition* condition = nullptr;
};

/// Expressions that read both case data and something that no case has become a warning.
CaseData plan_case_data(const graph::ProcessGraph& graph, const model::Definitions& definitions,
                        const std::vector<CaseVariable>& variables,
                        const std::vector<PlacedCondition>& conditions, Diagnostics& diagnostics);

/// Gives a case its value of one variable. Numbers are rounded to millionths.
void draw(const PlannedVariable& variable, Random& random, value::Variables& to);

/// The random stream of an element or variable: depends on its name only.
std::uint64_t stream_of(std::string_view name);

}  // namespace weir::simulate
