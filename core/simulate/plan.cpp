// Resolving is by maps from ids, built once. Activities that exactly the same resources can do share a team,
// so that a resource that becomes free looks at few queues.
#include "core/simulate/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "core/base/did_you_mean.hpp"
#include "core/base/printable.hpp"
#include "core/simulate/defaults.hpp"

namespace weir::simulate {

using graph::ElementKind;
using graph::Loop;

namespace {

constexpr std::uint32_t most_resources = 1'000'000;

/// Ids and their numbers, for look-ups and for "did you mean".
class Names {
 public:
  void add(std::string_view id, std::uint32_t number) { numbers_.insert_or_assign(std::string(id), number); }
  [[nodiscard]] std::uint32_t find(std::string_view id) const {
    const auto found = numbers_.find(id);
    return found == numbers_.end() ? none : found->second;
  }
  [[nodiscard]] std::string hint(std::string_view id) const {
    std::vector<std::string_view> all;
    for (const auto& [name, number] : numbers_) all.push_back(name);
    return did_you_mean_text(id, all);
  }

 private:
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

class Planner {
 public:
  Planner(const graph::ProcessGraph& graph, const model::Definitions& definitions, const Scenario& scenario,
          Diagnostics& diagnostics)
      : graph_(graph), definitions_(definitions), scenario_(scenario), diagnostics_(diagnostics) {}

  Plan make() {
    plan_.graph = &graph_;
    plan_.nodes.resize(graph_.nodes.size());
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
      nodes_.add(graph_.node_ids[i], i);
      plan_.nodes[i].stream = stream_of(graph_.node_ids[i]);
    }
    for (std::uint32_t i = 0; i < graph_.flows.size(); ++i) flows_.add(graph_.flow_ids[i], i);
    plan_calendars();
    plan_arrivals();
    plan_resources();
    plan_activities();
    plan_events();
    plan_data();
    plan_repetitions();
    plan_flows();
    plan_costs();
    return std::move(plan_);
  }

 private:
  void warn(std::string message, Span span, std::string_view element = {}) {
    diagnostics_.warning("scenario-mismatch", std::move(message), span, std::string(element)).group =
        "simulation";
  }

  /// The node with this id, or none and a warning.
  NodeId node(std::string_view id, Span span) {
    const std::uint32_t found = nodes_.find(id);
    if (found != none) return NodeId{found};
    warn(fmt::format("the process has no element '{}'{}", printable(id), nodes_.hint(id)), span, id);
    return NodeId::none;
  }

  std::uint32_t calendar(std::string_view id, Span span) {
    if (id.empty()) return 0;
    const std::uint32_t found = calendars_.find(id);
    if (found != none) return found;
    if (!missing_calendars_.emplace(id).second) return 0;  // said once, not for each person
    warn(fmt::format("there is no calendar '{}'; always on duty is assumed{}", printable(id),
                     calendars_.hint(id)),
         span);
    return 0;
  }

  void plan_calendars() {
    plan_.calendars.emplace_back();
    for (const NamedCalendar& each : scenario_.calendars) {
      calendars_.add(each.id, static_cast<std::uint32_t>(plan_.calendars.size()));
      plan_.calendars.push_back(each.calendar);
    }
  }

  void plan_arrivals() {
    const Arrivals& arrivals = scenario_.arrivals;
    const std::vector<NodeId> starts = graph_.instance_starts();
    plan_.start = starts.empty() ? graph::process_node : starts.front();
    if (!arrivals.element.empty()) {
      const NodeId named = node(arrivals.element, arrivals.span);
      if (std::find(starts.begin(), starts.end(), named) != starts.end())
        plan_.start = named;
      else if (named != NodeId::none)
        warn(fmt::format("no instance can begin at '{}'", printable(arrivals.element)), arrivals.span,
             arrivals.element);
    }
    plan_.begin = scenario_.begin;
    if (scenario_.until) plan_.until = scenario_.begin + *scenario_.until;
    plan_.invented.arrivals = !arrivals.between.has_value();
    plan_.between_arrivals = arrivals.between.value_or(default_arrivals());
    plan_.arrival_calendar = calendar(arrivals.calendar, arrivals.span);
    plan_.arrival_stream = stream_of(graph_.node_id(plan_.start));
    if (scenario_.until && !scenario_.cases && !(plan_.between_arrivals.mean() > 0))
      error("no time passes between arrivals: they never reach the end", arrivals.span);
    if (plan_.calendars[plan_.arrival_calendar].weekly_work() == 0)
      error("no case ever arrives: the calendar of the arrivals has no hours", arrivals.span);
  }

  void error(std::string message, Span span) {
    diagnostics_.error("bad-scenario", std::move(message), span).group = "simulation";
  }

  void plan_resources() {
    for (const Resource& each : scenario_.resources) {
      if (each.count > most_resources || plan_.resources.size() + each.count > most_resources) {
        error(fmt::format("more than {} resources", most_resources), each.span);
        return;
      }
      std::vector<std::uint32_t> members;
      for (std::uint32_t i = 0; i < each.count; ++i) {
        members.push_back(static_cast<std::uint32_t>(plan_.resources.size()));
        const std::string suffix = each.count > 1 ? fmt::format("_{}", i) : std::string();
        plan_.resources.push_back({each.id + suffix, (each.name.empty() ? each.id : each.name) + suffix,
                                   each.pool.empty() ? each.id : each.pool,
                                   calendar(each.calendar, each.span), each.cost_per_hour});
      }
      auto& pool = pools_[each.pool];
      pool.insert(pool.end(), members.begin(), members.end());
      resources_.add(each.id, static_cast<std::uint32_t>(by_resource_.size()));
      by_resource_.push_back(std::move(members));
    }
    plan_.memberships.resize(plan_.resources.size());
  }

  /// Members of the resource or pool that a row names; empty and a warning when there is none.
  std::vector<std::uint32_t> members(const ActivityTime& row) {
    if (row.resource.empty()) return {};
    if (const std::uint32_t found = resources_.find(row.resource); found != none) return by_resource_[found];
    if (const auto pool = pools_.find(row.resource); pool != pools_.end()) return pool->second;
    warn(fmt::format("there is no resource '{}'{}", printable(row.resource), resources_.hint(row.resource)),
         row.span, row.element);
    return {};
  }

  std::uint32_t team(std::vector<std::uint32_t> resources) {
    const auto [found, added] = teams_.try_emplace(resources, static_cast<std::uint32_t>(plan_.teams.size()));
    if (added) {
      for (std::uint32_t i = 0; i < resources.size(); ++i)
        plan_.memberships[resources[i]].push_back({found->second, i});
      plan_.teams.push_back({std::move(resources)});
    }
    return found->second;
  }

  void plan_activities() {
    std::map<std::uint32_t, std::map<std::uint32_t, Distribution>> by_node;  // resource -> time
    std::vector<bool> timed(graph_.nodes.size());
    for (const ActivityTime& row : scenario_.activities) {
      const NodeId id = node(row.element, row.span);
      if (id == NodeId::none) continue;
      if (!graph_[id].works) {
        warn(fmt::format("'{}' is no activity: it takes no time of resources", row.element), row.span,
             row.element);
        continue;
      }
      if (row.resource.empty()) {
        plan_.nodes[index(id)].time = row.time;
        timed[index(id)] = true;
      }
      for (const std::uint32_t resource : members(row)) {
        by_node[index(id)].insert_or_assign(resource, row.time);
        timed[index(id)] = true;
      }
    }
    for (const auto& [id, times] : by_node) {
      PlannedNode& planned = plan_.nodes[id];
      std::vector<std::uint32_t> able;
      for (const auto& [resource, time] : times) {
        able.push_back(resource);
        planned.times.push_back(time);
      }
      planned.how = PlannedNode::Time::team;
      planned.team = team(std::move(able));
      if (std::none_of(plan_.teams[planned.team].resources.begin(), plan_.teams[planned.team].resources.end(),
                       [&](std::uint32_t resource) {
                         return plan_.calendars[plan_.resources[resource].calendar].weekly_work() > 0;
                       }))
        warn(fmt::format("nobody who can do '{}' is ever on duty", graph_.node_ids[id]), {},
             graph_.node_ids[id]);
    }
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
      const graph::Node& each = graph_.nodes[i];
      if (each.works && !model::is(each.kind, model::Category::container) && !timed[i])
        invent_time(NodeId{i});
    }
  }

  void invent_time(NodeId id) {
    bool invented = false;
    plan_.nodes[index(id)].time = default_time(graph_, definitions_, id, invented);
    if (invented) plan_.invented.durations.push_back(graph_.node_id(id));
  }

  void plan_events() {
    std::vector<bool> timed(graph_.nodes.size());
    for (const EventTime& row : scenario_.events) {
      const NodeId id = node(row.element, row.span);
      if (id == NodeId::none) continue;
      plan_.nodes[index(id)].time = row.time;
      timed[index(id)] = true;
    }
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
      const graph::Node& each = graph_.nodes[i];
      if (timed[i] || !model::is(each.kind, model::Category::event) || each.trigger == graph::Trigger::none ||
          each.trigger == graph::Trigger::link)
        continue;
      const bool inner_start = each.kind == ElementKind::start_event && each.parent != graph::process_node &&
                               each.parent != NodeId::none;
      if (each.kind == ElementKind::intermediate_catch_event ||
          (each.trigger == graph::Trigger::timer &&
           (each.kind == ElementKind::boundary_event || inner_start)))
        invent_time(NodeId{i});
      else if (each.kind == ElementKind::boundary_event || inner_start)
        plan_.nodes[i].how = PlannedNode::Time::never;
    }
  }

  void plan_data() {
    std::vector<PlacedCondition> conditions;
    for (const FlowCondition& row : scenario_.conditions) {
      const NodeId gateway = node(row.gateway, row.span);
      if (gateway == NodeId::none) continue;
      const FlowId flow = flow_of(gateway, row.flow, row.gateway, row.span);
      if (flow != FlowId::none) conditions.push_back({flow, &row});
    }
    plan_.data = plan_case_data(graph_, definitions_, scenario_.variables, conditions, diagnostics_);
  }

  void plan_repetitions() {
    std::vector<bool> again(graph_.nodes.size()), count(graph_.nodes.size());
    for (const Repetition& row : scenario_.repetitions) {
      const NodeId id = node(row.element, row.span);
      if (id == NodeId::none) continue;
      PlannedNode& planned = plan_.nodes[index(id)];
      if (row.again) {
        if (!(*row.again >= 0 && *row.again <= 1))
          error(fmt::format("{} is no probability", *row.again), row.span);
        planned.again = std::clamp(*row.again, 0.0, 1.0);
        again[index(id)] = true;
      }
      if (row.count) {
        planned.count = *row.count;
        count[index(id)] = true;
      }
    }
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
      const graph::Node& each = graph_.nodes[i];
      bool open = false;
      if (each.loop == Loop::standard && !again[i]) {
        // Without a condition nothing asks for another round but the maximum; tools write empty loop markers.
        open = each.has_condition;
        plan_.nodes[i].again = open ? default_again : each.loop_maximum > 0 ? 1 : 0;
      }
      if ((each.loop == Loop::parallel || each.loop == Loop::sequential) && !count[i]) {
        double literal = 0;
        open = !written_count(NodeId{i}, literal) && plan_.data.decides(NodeId{i}) != Decides::all;
        plan_.nodes[i].count = Distribution::fixed(open ? default_count : literal);
      }
      if (open) plan_.invented.probabilities.push_back(graph_.node_ids[i]);
    }
  }

  /// loopCardinality as a plain number.
  bool written_count(NodeId id, double& value) {
    const model::NodeIndex origin = graph_.origin[index(id)];
    if (origin == model::NodeIndex::none) return false;
    std::string_view text = definitions_[origin].loop.cardinality.body;
    if (!text.empty() && text.front() == '=') text.remove_prefix(1);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    if (text.empty() || text.size() > 6) return false;
    value = 0;
    for (const char c : text) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    return true;
  }

  /// The flow of `gateway` that a row means.
  FlowId flow_of(NodeId gateway, std::string_view wanted, std::string_view gateway_id, Span span) {
    for (const FlowId flow : graph_.outgoing(gateway))
      if (graph_.flow_id(flow) == wanted) return flow;
    for (const FlowId flow : graph_.outgoing(gateway))
      if (graph_.node_id(graph_[flow].target) == wanted) return flow;
    std::vector<std::string_view> names;
    for (const FlowId flow : graph_.outgoing(gateway)) {
      names.push_back(graph_.flow_id(flow));
      names.push_back(graph_.node_id(graph_[flow].target));
    }
    warn(fmt::format("no flow '{}' leaves '{}'{}", printable(wanted), printable(gateway_id),
                     did_you_mean_text(wanted, names)),
         span, gateway_id);
    return FlowId::none;
  }

  void plan_flows() {
    constexpr double open = -1, share = -2;  // nothing said; a share of what the others leave
    plan_.probabilities.assign(graph_.flows.size(), open);
    std::vector<Span> spans(graph_.nodes.size());
    for (const FlowProbability& row : scenario_.flows) {
      const NodeId gateway = node(row.gateway, row.span);
      if (gateway == NodeId::none) continue;
      if (spans[index(gateway)].file == FileId::none) spans[index(gateway)] = row.span;
      const FlowId flow = flow_of(gateway, row.flow, row.gateway, row.span);
      if (flow == FlowId::none) continue;
      if (row.probability && !(*row.probability >= 0 && std::isfinite(*row.probability))) {
        error(fmt::format("{} is no probability", *row.probability), row.span);
        continue;
      }
      plan_.probabilities[index(flow)] = row.probability.value_or(share);
    }
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) settle_flows(NodeId{i}, spans[i], open);
  }

  /// Makes the flows of one deciding node whole.
  void settle_flows(NodeId id, Span span, double open) {
    if (!graph_[id].asks_flows) return;
    const bool exclusive = graph_[id].kind == ElementKind::exclusive_gateway;
    double sum = 0;
    std::uint32_t undecided = 0, said = 0;
    for (const FlowId flow : graph_.outgoing(id)) {
      double& probability = plan_.probabilities[index(flow)];
      if (probability >= 0) sum += probability;
      if (probability != open) ++said;
      if (probability < 0) ++undecided;
    }
    const auto all = static_cast<double>(graph_.outgoing(id).size());
    if (said == 0) {
      if (plan_.data.decides(id) != Decides::all) plan_.invented.probabilities.push_back(graph_.node_id(id));
      for (const FlowId flow : graph_.outgoing(id))
        plan_.probabilities[index(flow)] = exclusive ? 1.0 / all : 0.5;
      return;
    }
    const double left = exclusive ? std::max(0.0, 1.0 - sum) : 0.5 * undecided;
    for (const FlowId flow : graph_.outgoing(id)) {
      double& probability = plan_.probabilities[index(flow)];
      if (probability < 0) probability = left / undecided;
      if (!exclusive && probability > 1) {
        warn(fmt::format("{} is no probability; 1 is assumed", probability), span, graph_.node_id(id));
        probability = 1;
      }
    }
    const double total = exclusive && undecided == 0 ? sum : sum + left;
    if (!exclusive || std::fabs(total - 1.0) <= 1e-6) return;
    warn(fmt::format("the probabilities of '{}' add up to {:.6g}; {}", graph_.node_id(id), total,
                     total > 0 ? "they are scaled to 1" : "equal ones are assumed"),
         span, graph_.node_id(id));
    for (const FlowId flow : graph_.outgoing(id)) {
      double& probability = plan_.probabilities[index(flow)];
      probability = total > 0 ? probability / total : 1.0 / all;
    }
  }

  void plan_costs() {
    for (const FixedCost& row : scenario_.costs)
      if (const NodeId id = node(row.element, row.span); id != NodeId::none)
        plan_.nodes[index(id)].fixed_cost = row.cost;
  }

  const graph::ProcessGraph& graph_;
  const model::Definitions& definitions_;
  const Scenario& scenario_;
  Diagnostics& diagnostics_;
  Plan plan_;
  std::set<std::string, std::less<>> missing_calendars_;
  Names nodes_, flows_, calendars_, resources_;
  std::vector<std::vector<std::uint32_t>> by_resource_;  // rows of the scenario -> numbers
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> pools_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> teams_;
};

}  // namespace

Plan make_plan(const graph::ProcessGraph& graph, const model::Definitions& definitions,
               const Scenario& scenario, Diagnostics& diagnostics) {
  return Planner(graph, definitions, scenario, diagnostics).make();
}

Plan::Plan() = default;
Plan::Plan(Plan&&) noexcept = default;
Plan& Plan::operator=(Plan&&) noexcept = default;
Plan::~Plan() = default;

}  // namespace weir::simulate
