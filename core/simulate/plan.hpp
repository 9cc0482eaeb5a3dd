// A scenario resolved against a process: flat arrays by node, flow and resource, nothing left to look up
// while simulating. What the scenario does not say is invented here, once, and listed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/graph/process_graph.hpp"
#include "core/model/definitions.hpp"
#include "core/simulate/case_data.hpp"
#include "core/simulate/scenario.hpp"

namespace weir::simulate {

inline constexpr std::uint32_t none = 0xffffffffu;

/// One person or machine.
struct PlannedResource {
  std::string id, name, pool;
  std::uint32_t calendar = 0;  // into Plan::calendars
  double cost_per_hour = 0;
};

/// A set of resources that can do the same activities; work waits in one queue in front of each team.
struct Team {
  std::vector<std::uint32_t> resources;  // ascending = order of declaration
};

/// Membership of a resource: which team, and its position in Team::resources.
struct Membership {
  std::uint32_t team = none;
  std::uint32_t position = 0;
};

/// How the questions of a node are answered.
struct PlannedNode {
  enum class Time : std::uint8_t {
    elapses,  // `time`, wall clock
    team,     // times[k] = the k-th member of the team
    never     // a boundary event or event sub-process nobody gave a time
  };
  Time how = Time::elapses;
  std::uint32_t team = none;
  Distribution time;
  std::vector<Distribution> times;
  double fixed_cost = 0;
  double again = 0;  // probability that a loop goes on, or a multi-instance activity ends early
  Distribution count;
  std::uint64_t stream = 0;  // of its id, not of its place in the file
};

/// What the scenario left open and weir made up; ids, document order.
struct Invented {
  bool arrivals = false;
  std::vector<std::string> durations;
  std::vector<std::string> probabilities;  // gateways and loops
  [[nodiscard]] bool any() const { return arrivals || !durations.empty() || !probabilities.empty(); }
};

struct Plan {
  // In the .cpp file: else every file that has one compiles all of this again.
  Plan();
  Plan(Plan&&) noexcept;
  Plan& operator=(Plan&&) noexcept;
  ~Plan();

  const graph::ProcessGraph* graph = nullptr;  // must outlive the plan
  NodeId start = NodeId::none;
  value::Instant begin = 0;
  value::Instant until = value::never;  // no case arrives from then on
  Distribution between_arrivals;
  std::uint32_t arrival_calendar = 0;
  std::uint64_t arrival_stream = 0;
  std::vector<value::Calendar> calendars;  // calendars[0] = always
  std::vector<PlannedResource> resources;
  std::vector<Team> teams;
  std::vector<std::vector<Membership>> memberships;  // by resource
  std::vector<PlannedNode> nodes;                    // by NodeId
  std::vector<double> probabilities;                 // by FlowId
  CaseData data;
  Invented invented;
};

/// What the scenario says about elements, resources and calendars that do not exist becomes a warning with
/// its place, what makes no sense an error.
Plan make_plan(const graph::ProcessGraph& graph, const model::Definitions& definitions,
               const Scenario& scenario, Diagnostics& diagnostics);

}  // namespace weir::simulate
