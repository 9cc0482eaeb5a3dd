// One cause, one finding: what follows from a deadlock is not reported again, and of elements that cannot be
// reached only the first of each chain is.
#include "core/verify/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace weir::verify {

using graph::ProcessGraph;

namespace {

class Writer {
 public:
  Writer(const model::Definitions& definitions, const ProcessGraph& graph, const Report& report,
         Diagnostics& out)
      : definitions_(definitions), graph_(graph), report_(report), out_(out) {}

  void write() {
    if (violated(Property::safe)) {
      const FlowId flow = witness(Property::safe).flow;
      add(Property::safe, fmt::format("two tokens can be on '{}' at a time: what is behind it happens twice",
                                      flow == FlowId::none ? "a flow" : graph_.flow_id(flow)));
    }
    if (violated(Property::no_deadlock)) add(Property::no_deadlock, deadlock());
    if (violated(Property::option_to_complete) && !violated(Property::no_deadlock))
      add(Property::option_to_complete,
          fmt::format("from {} on, the end can no longer be reached", at(Property::option_to_complete)));
    if (violated(Property::proper_completion))
      add(Property::proper_completion,
          fmt::format("{} can happen twice in one instance", at(Property::proper_completion)));
    if (violated(Property::bounded))
      add(Property::bounded, fmt::format("more and more tokens can gather at {}", at(Property::bounded)));
    if (violated(Property::no_dead_element))
      for (const NodeId node : first_dead())
        place(Property::no_dead_element, fmt::format("nothing ever reaches {}", label(node)), node);
  }

 private:
  [[nodiscard]] bool violated(Property property) const { return report_[property] == Verdict::violated; }
  [[nodiscard]] const Witness& witness(Property property) const {
    return report_.witnesses[static_cast<std::size_t>(property)];
  }
  [[nodiscard]] std::string at(Property property) const { return label(witness(property).node); }

  [[nodiscard]] std::string label(NodeId node) const {
    if (node == NodeId::none || node == graph::process_node) return "the process";
    const model::NodeIndex origin = graph_.origin[index(node)];
    return fmt::format(
        "'{}'", origin == model::NodeIndex::none ? graph_.node_id(node) : definitions_[origin].label());
  }

  /// What waits, and for which flows, when that is a join.
  [[nodiscard]] std::string deadlock() const {
    const Witness& found = witness(Property::no_deadlock);
    if (found.node == NodeId::none || !model::is(graph_[found.node].kind, model::Category::gateway))
      return at(Property::no_deadlock) + " can wait for ever: nothing else can happen then";
    std::string missing;
    for (const FlowId flow : graph_.incoming(found.node)) {
      const std::string place = ":flow " + graph_.flow_id(flow);
      const auto here = [&](const std::string& each) { return each.ends_with(place); };
      if (std::any_of(found.marking.begin(), found.marking.end(), here)) continue;
      missing += fmt::format("{}'{}'", missing.empty() ? "" : ", ", graph_.flow_id(flow));
    }
    return fmt::format("{} {} can wait for ever for a token on {}", model::words(graph_[found.node].kind),
                       at(Property::no_deadlock), missing.empty() ? "its flows" : missing);
  }

  /// Dead elements that no dead element leads to, except the join a deadlock is about.
  [[nodiscard]] std::vector<NodeId> first_dead() const {
    const auto dead = [&](NodeId node) {
      return node != NodeId::none &&
             std::find(report_.dead.begin(), report_.dead.end(), node) != report_.dead.end();
    };
    std::vector<NodeId> first;
    for (const NodeId node : report_.dead) {
      const graph::Node& facts = graph_[node];
      bool follows = dead(facts.parent) || dead(facts.attached_to);
      for (const FlowId flow : graph_.incoming(node)) follows = follows || dead(graph_[flow].source);
      if (!follows) first.push_back(node);
    }
    if (first.empty()) first.push_back(report_.dead.front());  // they lead to each other in a circle
    if (violated(Property::no_deadlock)) std::erase(first, witness(Property::no_deadlock).node);
    return first;
  }

  void add(Property property, std::string message) {
    Diagnostic& added = place(property, std::move(message), witness(property).node);
    added.trace = witness(property).steps;
    std::string tokens;
    for (const std::string& each : witness(property).marking) tokens += (tokens.empty() ? "" : ", ") + each;
    if (!tokens.empty()) added.notes.push_back({"tokens: " + tokens, {}});
  }

  Diagnostic& place(Property property, std::string message, NodeId node) {
    Diagnostic made;
    made.code = facts(property).rule;
    made.group = "soundness";
    made.message = std::move(message);
    const model::NodeIndex origin = node == NodeId::none || node == graph::process_node
                                        ? model::NodeIndex::none
                                        : graph_.origin[index(node)];
    if (origin == model::NodeIndex::none) {
      made.span = definitions_[graph_.process].span;
      made.element = definitions_[graph_.process].id;
    } else {
      made.span = definitions_[origin].span;
      made.element = definitions_[origin].id;
      made.notes.push_back({"path: " + definitions_.path(origin), {}});
    }
    return out_.add(std::move(made));
  }

  const model::Definitions& definitions_;
  const ProcessGraph& graph_;
  const Report& report_;
  Diagnostics& out_;
};

}  // namespace

void add_findings(const model::Definitions& definitions, const ProcessGraph& graph, const Report& report,
                  Diagnostics& diagnostics) {
  Writer(definitions, graph, report, diagnostics).write();
}

}  // namespace weir::verify
