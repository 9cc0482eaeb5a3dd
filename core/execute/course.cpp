#include "core/execute/course.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace weir::execute {

using graph::ElementKind;
using graph::Trigger;
using semantics::What;

namespace {

constexpr std::array<std::string_view, 13> trigger_names{"",
                                                         "message",
                                                         "timer",
                                                         "signal",
                                                         "error",
                                                         "escalation",
                                                         "condition",
                                                         "compensation",
                                                         "cancel",
                                                         "terminate",
                                                         "link",
                                                         "multiple",
                                                         "parallel multiple"};

/// "throws signal 'late'".
std::string told(const graph::ProcessGraph& graph, NodeId node, std::string_view verb) {
  std::string out;
  for (const graph::Event& each : graph.definitions(node)) {
    out +=
        fmt::format("{}{}", out.empty() ? "" : ", ", trigger_names[static_cast<std::size_t>(each.trigger)]);
    if (each.code != CodeId::none) out += fmt::format(" '{}'", graph.codes[index(each.code)]);
  }
  return out.empty() ? "reached" : fmt::format("{} {}", verb, out);
}

/// Empty: not worth a word. `asked`: the element that the step was about.
std::string what(const graph::ProcessGraph& graph, const semantics::Happened& happened, NodeId asked) {
  const graph::Node& node = graph[happened.node];
  const bool inside = node.parent != NodeId::none && graph[node.parent].event_sub_process;
  const bool link = node.trigger == Trigger::link;
  switch (happened.what) {
    case What::entered:
      if (node.kind == ElementKind::end_event ||
          (node.kind == ElementKind::intermediate_throw_event && !link))
        return told(graph, happened.node, "throws");
      if (happened.node != asked &&
          (node.kind == ElementKind::boundary_event || (node.kind == ElementKind::start_event && inside)))
        return told(graph, happened.node, "catches");
      return {};
    case What::left:
      return happened.node != asked && node.kind == ElementKind::intermediate_catch_event && !link
                 ? told(graph, happened.node, "catches")
                 : "";
    case What::cancelled:
      return happened.node != asked && node.works ? "interrupted" : "";
    default:
      return {};
  }
}

}  // namespace

void Course::begin(const Deployed& deployed, const Record& record) {
  graph_ = &deployed.graph;
  outcome_.want_trace = true;
  Instance instance(deployed);
  if (record.changes.whole && !apply(std::span<const Record>(&record, 1), instance)) graph_ = nullptr;
  state_ = std::move(instance.state);
  names_ = std::move(instance.names);
}

std::vector<Passed> Course::take(const TraceStep& step) {
  std::vector<Passed> out;
  if (graph_ == nullptr) return out;
  const auto action = semantics::resolve(*graph_, state_, names_, step);
  if (!action) {
    graph_ = nullptr;
    return out;
  }
  semantics::perform(*graph_, *action, state_, outcome_);
  names_.update(*graph_, state_, outcome_);
  const NodeId asked = action->kind == semantics::Action::Kind::answer ? action->question.node : NodeId::none;
  for (const semantics::Happened& each : outcome_.trace) {
    Passed passed{graph_->node_id(each.node), what(*graph_, each, asked)};
    const auto same = [&](const Passed& other) {  // instances of one activity, and the activity
      return each.what == What::cancelled && other.element == passed.element && other.what == passed.what;
    };
    if (!passed.what.empty() && std::none_of(out.begin(), out.end(), same)) out.push_back(std::move(passed));
  }
  return out;
}

}  // namespace weir::execute
