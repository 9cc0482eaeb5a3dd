// Elements that no path from any start reaches. One finding per part that hangs together, at its first
// element.
#include <algorithm>
#include <vector>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementKind;
using model::FlowNode;
using model::NodeIndex;

/// Flows and boundary events of the whole file as one graph. Scopes are searched one by one, and targets of
/// links count as starts: whether a link is ever thrown is the business of link-event.
class Search {
 public:
  explicit Search(const Subject& subject) : subject_(subject), reached_(subject.flow_nodes().size()) {
    for (const FlowNode& node : subject.flow_nodes())
      if (node.attached_to != NodeIndex::none)
        boundaries_.emplace_back(node.attached_to, subject.index_of(node));
    std::sort(boundaries_.begin(), boundaries_.end());
  }

  [[nodiscard]] bool reached(NodeIndex node) const { return reached_[index(node)]; }

  /// Marks what can be reached from a node; returns how many were new.
  std::size_t from(NodeIndex start) {
    std::size_t count = 0;
    push(start);
    while (!stack_.empty()) {
      const NodeIndex at = stack_.back();
      stack_.pop_back();
      ++count;
      const FlowNode& node = subject_.model[at];
      for (const model::FlowIndex flow : node.outgoing)
        if (subject_.model[flow].target != NodeIndex::none) push(subject_.model[flow].target);
      for (auto each = std::lower_bound(boundaries_.begin(), boundaries_.end(), std::pair(at, NodeIndex{0}));
           each != boundaries_.end() && each->first == at; ++each)
        push(each->second);
    }
    return count;
  }

 private:
  void push(NodeIndex node) {
    if (reached_[index(node)]) return;
    reached_[index(node)] = true;
    stack_.push_back(node);
  }

  const Subject& subject_;
  std::vector<bool> reached_;
  std::vector<NodeIndex> stack_;
  std::vector<std::pair<NodeIndex, NodeIndex>> boundaries_;  // host, event
};

/// Is entered without a flow, or is somebody else's finding.
bool stands_alone(const Subject& subject, const FlowNode& node) {
  return node.is_event_sub_process() || node.for_compensation || node.instantiate ||
         node.kind == ElementKind::start_event || (node.incoming.empty() && node.outgoing.empty()) ||
         subject.in_ad_hoc(node) || node.kind == ElementKind::boundary_event ||
         (node.kind == ElementKind::intermediate_catch_event &&
          (node.has(ElementKind::link_event_definition) ||
           may_have_vendor_trigger(subject.model.document, node))) ||
         std::any_of(node.incoming.begin(), node.incoming.end(), [&](model::FlowIndex flow) {
           return subject.model[flow].source == NodeIndex::none;  // dangling-flow
         });
}

bool has_starts(const Subject& subject, const model::Scope& scope) {
  return std::any_of(scope.nodes.begin(), scope.nodes.end(), [&](NodeIndex index) {
    const FlowNode& node = subject.model[index];
    return node.kind == ElementKind::start_event || node.instantiate;
  });
}

/// See graph::Compiler::find_starts.
bool begins_by_itself(const Subject& subject, const FlowNode& node) {
  const auto& associations = subject.model.associations;
  return subject.model.dialect == model::Dialect::omg && node.is_activity() && node.incoming.empty() &&
         std::none_of(associations.begin(), associations.end(), [&](const model::Association& each) {
           return each.target == node.element;  // a compensation handler
         });
}

void check_scope(const Subject& subject, Report& report, const model::Scope& scope, Search& search) {
  for (const NodeIndex index : scope.nodes)
    if (stands_alone(subject, subject.model[index])) search.from(index);
  const auto blame = [&](NodeIndex index) {
    const std::size_t count = search.from(index);
    const FlowNode& node = subject.model[index];
    if (begins_by_itself(subject, node))
      report(node, "{} begins by itself beside the start event: no path leads to it from there",
             quoted(node));
    else if (count == 1)
      report(node, "{} is never reached: no path leads to it from a start event", quoted(node));
    else
      report(node, "{} and {} more behind it are never reached: no path leads there from a start event",
             quoted(node), count - 1);
  };
  for (const NodeIndex index : scope.nodes)
    if (!search.reached(index) && subject.model[index].incoming.empty()) blame(index);
  for (const NodeIndex index : scope.nodes)  // circles
    if (!search.reached(index)) blame(index);
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  Search search(subject);
  for (const model::Scope& scope : subject.scopes())
    if (has_starts(subject, scope)) check_scope(subject, report, scope, search);
}

constinit const Rule unreachable_element{
    .id = "unreachable-element",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "Every element of a process with start events must be reachable from one of them.",
    .explanation =
        "When a process or sub-process has a start event, everything else in it must be reached from there: "
        "an element "
        "to which no path of flows, boundary events and links leads is dead in every engine. In a model that "
        "is for no "
        "engine an activity without incoming flow begins together with the start event (10.3), which is "
        "hardly ever "
        "meant. Usually a flow is missing or ends at the wrong element.\n\n"
        "Mend it by the missing flow, or delete what is not needed. That an element is reachable on paper "
        "but never in "
        "any run is found by weir verify (dead-element).\n\n"
        "BPMN 2.0.2, 10.5.2 (start events), 10.3 (activities); BPMNspector EXT.150.",
    .check = check,
};

}  // namespace weir::lint::rules
