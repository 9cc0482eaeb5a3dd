#include "core/execute/migrate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/data/texts.hpp"

namespace weir::execute {

using graph::ProcessGraph;
using semantics::Phase;
using semantics::ScopeKind;

namespace {

class Move {
 public:
  Move(const Instance& instance, const Deployed& to, const Counterparts& counterparts, value::Arena& arena)
      : instance_(instance),
        from_(instance.graph()),
        to_(to.graph),
        deployed_(to),
        counterparts_(counterparts),
        arena_(arena) {}

  Result<Record> run() {
    if (from_.id != to_.id) return Error{fmt::format("it is of process '{}'", from_.id)};
    Record record = whole(instance_);
    record.definition = deployed_.definition;
    for (ScopeChange& each : record.changes.scopes)
      if (each.scope.kind != ScopeKind::free && !each.node.empty()) each.node = occupied(each.node);
    for (const ScopeChange& each : record.changes.scopes)
      if (each.scope.kind != ScopeKind::free) same_guards(instance_.state.scopes[each.slot].node, false);
    for (TokenChange& each : record.changes.tokens) {
      if (each.token.phase == Phase::free) continue;
      const NodeId node = each.token.node;
      each.node = occupied(each.node);
      if (from_[node].activity) same_guards(node, true);
      if (!each.flow.empty()) each.flow = flow(each.token.flow);
    }
    for (Wait& each : record.changes.waits) {
      const std::string_view moved = occupied(each.element);
      if (!problem_.empty()) break;
      each.element = moved;
      // One with holes was filled in when the wait began.
      const model::FlowNode& node = (*deployed_.definitions)[to_.origin[index(to_.find_node(moved))]];
      if (!data::is_expression(node.name)) each.label = node.label();
    }
    for (ScopeName& each : record.changes.scope_names) each.name = path(each.name);
    for (auto& [name, times] : record.changes.opened) name = path(name);
    for (auto& [element, times] : record.changes.visits) element = id(element);
    for (auto& [element, user] : record.changes.actors) element = id(element);
    if (!problem_.empty()) return Error{problem_};
    return record;
  }

 private:
  std::string_view id(std::string_view old) const {
    const auto found = counterparts_.find(old);
    return found == counterparts_.end() ? old : std::string_view(found->second);
  }

  void wrong(std::string why) {
    if (problem_.empty()) problem_ = std::move(why);
  }

  NodeId counterpart(NodeId old) const {
    return old == graph::process_node || old == NodeId::none ? old : to_.find_node(id(from_.node_id(old)));
  }

  /// The counterpart of an element that something stands at.
  std::string_view occupied(std::string_view old) {
    if (old.empty()) return old;  // the process
    const std::string_view now = id(old);
    const NodeId before = from_.find_node(old), after = to_.find_node(now);
    if (before == NodeId::none || after == NodeId::none) {
      wrong(
          fmt::format("it is at '{}', which the new definition does not have: say what takes its place with "
                      "--map {}=...",
                      old, old));
      return now;
    }
    const graph::Node &a = from_[before], &b = to_[after];
    if (a.kind != b.kind || a.loop != b.loop || a.event_sub_process != b.event_sub_process ||
        a.interrupting != b.interrupting)
      wrong(fmt::format("it is at '{}', and '{}' is something else", old, now));
    else if (counterpart(a.parent) != b.parent || counterpart(a.attached_to) != b.attached_to)
      wrong(fmt::format("it is at '{}', and '{}' stands elsewhere", old, now));
    else if (!std::ranges::equal(from_.definitions(before), to_.definitions(after), {},
                                 &graph::Event::trigger, &graph::Event::trigger))
      wrong(fmt::format("it is at '{}', and '{}' waits for something else", old, now));
    return now;
  }

  /// Events at the border of an activity, or event sub-processes of a scope, are armed when it begins.
  void same_guards(NodeId old, bool activity) {
    const NodeId now = counterpart(old);
    if (now == NodeId::none) return;  // said already
    const auto before = activity ? from_.boundary_events(old) : from_.event_sub_processes(old);
    const auto after = activity ? to_.boundary_events(now) : to_.event_sub_processes(now);
    const auto is_new = [&](NodeId each) {
      return std::none_of(before.begin(), before.end(), [&](NodeId one) { return counterpart(one) == each; });
    };
    if (const auto added = std::find_if(after.begin(), after.end(), is_new); added != after.end())
      wrong(fmt::format("'{}' is new where it is: it would never be armed", to_.node_id(*added)));
    for (const NodeId each : before)
      if (const NodeId one = counterpart(each); std::find(after.begin(), after.end(), one) == after.end())
        wrong(fmt::format("'{}' is armed and has no counterpart", from_.node_id(each)));
  }

  /// The flow of this id, else the only one between the counterparts of its ends.
  std::string_view flow(FlowId old) {
    const graph::Flow& ends = from_.flows[index(old)];
    const NodeId source = counterpart(ends.source), target = counterpart(ends.target);
    const std::string_view name = from_.flow_id(old);
    FlowId found = FlowId::none;
    int fitting = 0;
    for (std::uint32_t i = 0; i < to_.flows.size(); ++i) {
      if (to_.flows[i].source != source || to_.flows[i].target != target) continue;
      if (to_.flow_id(FlowId{i}) == id(name)) return keep(std::string(to_.flow_id(FlowId{i})));
      found = FlowId{i};
      ++fitting;
    }
    if (fitting != 1) {
      wrong(fmt::format("a token came by flow '{}', which has no counterpart", name));
      return name;
    }
    return keep(std::string(to_.flow_id(found)));
  }

  /// "p/review#2/check" with each container replaced.
  std::string_view path(std::string_view old) {
    std::string out;
    for (std::size_t at = 0; at <= old.size();) {
      const std::size_t end = std::min(old.find('/', at), old.size());
      const std::string_view part = old.substr(at, end - at);
      const std::string_view name = part.substr(0, part.find('#'));
      out += out.empty() && at == 0 ? "" : "/";
      out += at == 0 ? name : id(name);
      out += part.substr(name.size());
      at = end + 1;
    }
    return keep(std::move(out));
  }

  std::string_view keep(const std::string& text) {
    char* kept = arena_.array<char>(text.size());
    std::copy(text.begin(), text.end(), kept);
    return {kept, text.size()};
  }

  const Instance& instance_;
  const ProcessGraph &from_, &to_;
  const Deployed& deployed_;
  const Counterparts& counterparts_;
  value::Arena& arena_;
  std::string problem_;
};

}  // namespace

Result<Record> migrate(const Instance& instance, const Deployed& to, const Counterparts& counterparts,
                       value::Arena& arena) {
  return Move(instance, to, counterparts, arena).run();
}

}  // namespace weir::execute
