// Numbers the nodes (the process first, then scope by scope in document order), copies what decides control
// flow into flat structs, packs the adjacency and resolves link names, error codes and compensation handlers.
#include "core/graph/compile.hpp"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <set>
#include <unordered_map>

#include "core/graph/paths.hpp"

namespace weir::graph {

using model::Definitions;
using model::FlowIndex;
using model::FlowNode;
using model::NodeIndex;
using model::ScopeIndex;

namespace {

Trigger trigger_of(ElementKind definition) {
  switch (definition) {
    case ElementKind::message_event_definition:
      return Trigger::message;
    case ElementKind::timer_event_definition:
      return Trigger::timer;
    case ElementKind::signal_event_definition:
      return Trigger::signal;
    case ElementKind::error_event_definition:
      return Trigger::error;
    case ElementKind::escalation_event_definition:
      return Trigger::escalation;
    case ElementKind::conditional_event_definition:
      return Trigger::conditional;
    case ElementKind::compensate_event_definition:
      return Trigger::compensation;
    case ElementKind::cancel_event_definition:
      return Trigger::cancel;
    case ElementKind::terminate_event_definition:
      return Trigger::terminate;
    case ElementKind::link_event_definition:
      return Trigger::link;
    default:
      return Trigger::none;
  }
}

constexpr std::uint32_t most_tokens = 10'000;  // that one activity waits for or makes

class Compiler {
 public:
  Compiler(const Definitions& definitions, model::ProcessIndex process, Diagnostics& diagnostics)
      : definitions_(definitions), diagnostics_(diagnostics) {
    graph_.process = process;
    graph_.id = std::string(definitions[process].id);
  }

  ProcessGraph run() {
    number_nodes();
    graph_.definition_ranges.resize(1);  // of the process
    for (std::uint32_t i = 1; i < graph_.nodes.size(); ++i) fill_node(NodeId{i});
    add_flows();
    pack();
    resolve_links();
    resolve_compensation();
    find_starts();
    fill_roles(graph_);
    if (!compute_reach(graph_)) {
      diagnostics_.error("model-too-large",
                         "so many inclusive joins with so many flows cannot be analysed here",
                         definitions_[graph_.process].span, graph_.id);
    }
    return std::move(graph_);
  }

 private:
  void number_nodes() {
    node_of_.assign(definitions_.nodes.size(), NodeId::none);
    graph_.nodes.push_back(Node{.kind = ElementKind::process});
    graph_.origin.push_back(NodeIndex::none);
    graph_.node_ids.push_back(graph_.id);
    std::vector<std::pair<ScopeIndex, NodeId>> open;
    const ScopeIndex root = definitions_[graph_.process].scope;
    if (root != ScopeIndex::none) open.emplace_back(root, process_node);
    for (std::size_t next = 0; next < open.size(); ++next) {
      const auto [scope, parent] = open[next];
      for (const NodeIndex each : definitions_[scope].nodes) {
        const FlowNode& written = definitions_[each];
        const NodeId id{static_cast<std::uint32_t>(graph_.nodes.size())};
        node_of_[index(each)] = id;
        const ElementKind kind = written.sends_by_worker() ? ElementKind::send_task : written.kind;
        graph_.nodes.push_back(Node{.kind = kind, .parent = parent});
        graph_.origin.push_back(each);
        graph_.node_ids.push_back(written.id.empty()
                                      ? fmt::format("{}#{}", model::name(written.kind), index(id))
                                      : std::string(written.id));
        if (written.inner_scope != ScopeIndex::none) open.emplace_back(written.inner_scope, id);
      }
    }
  }

  const FlowNode& written(NodeId id) const { return definitions_[graph_.origin[index(id)]]; }

  CodeId code(std::string text) {
    const auto [at, added] =
        codes_.try_emplace(text, CodeId{static_cast<std::uint32_t>(graph_.codes.size())});
    if (added) graph_.codes.push_back(std::move(text));
    return at->second;
  }

  /// Codes of different kinds never meet, because a trigger is always compared first; the text is for people.
  CodeId code_of(const model::EventDefinition& definition) {
    ElementKind kind = ElementKind::unknown;
    switch (trigger_of(definition.kind)) {
      case Trigger::message:
        kind = ElementKind::message;
        break;
      case Trigger::signal:
        kind = ElementKind::signal;
        break;
      case Trigger::error:
        kind = ElementKind::error;
        break;
      case Trigger::escalation:
        kind = ElementKind::escalation;
        break;
      default:
        return CodeId::none;
    }
    if (definition.reference.empty()) return CodeId::none;
    const model::RootElement* root = definitions_.root(kind, definition.reference);
    if (root == nullptr) return code(std::string(definition.reference));
    if (!root->code.empty()) return code(std::string(root->code));
    if ((kind == ElementKind::signal || kind == ElementKind::message) && !root->name.empty())
      return code(std::string(root->name));
    return code(std::string(root->id));
  }

  std::uint32_t quantity(NodeId id, std::string_view text, std::uint32_t otherwise, std::string_view what,
                         std::uint32_t least = 0, std::uint32_t most = 0xffffffffu) {
    if (text.empty()) return otherwise;
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most) {
      diagnostics_.error("loop-cardinality",
                         fmt::format("{} \"{}\" is no whole number from {} up{}", what, text, least,
                                     most == 0xffffffffu ? "" : fmt::format(" to {}", most)),
                         written(id).span, std::string(written(id).id));
      return otherwise;
    }
    return value;
  }

  void fill_node(NodeId id) {
    const FlowNode& from = written(id);
    Node& node = graph_.nodes[index(id)];
    constexpr std::span<const model::EventDefinition> none;
    const std::span<const model::EventDefinition> events =
        from.sends_by_worker() ? none : from.event_definitions;
    const auto begin = static_cast<std::uint32_t>(graph_.events.size());
    for (const model::EventDefinition& each : events)
      graph_.events.push_back({trigger_of(each.kind), code_of(each)});
    graph_.definition_ranges.push_back({begin, static_cast<std::uint32_t>(graph_.events.size())});
    if (events.size() == 1) {
      node.trigger = trigger_of(events[0].kind);
      node.code = code_of(events[0]);
      node.repeats = !(events[0].time_date.written || events[0].time_duration.written);
    } else if (events.size() > 1) {
      node.trigger = from.parallel_multiple ? Trigger::parallel_multiple : Trigger::multiple;
    }
    // Errors and cancels always interrupt, whatever cancelActivity or isInterrupting says (10.5.4, 10.5.2).
    node.interrupting =
        from.interrupting || node.trigger == Trigger::error || node.trigger == Trigger::cancel;
    node.event_sub_process = from.is_event_sub_process();
    node.for_compensation = from.for_compensation;
    node.thrown_by_worker = from.sends_by_worker();
    node.ends = from.sends_by_worker() && from.kind == ElementKind::end_event;
    node.instantiate =
        from.instantiate && node.parent == process_node;  // a sub-process begins with its parent
    node.parallel = from.parallel_event_gateway;
    for (const model::EventDefinition& each : events) node.waits = node.waits && each.wait_for_completion;
    node.sequential = from.ad_hoc_sequential;
    node.cancel_remaining = from.ad_hoc_cancel_remaining;
    switch (from.loop.kind) {
      case model::Loop::Kind::none:
        break;
      case model::Loop::Kind::standard:
        node.loop = Loop::standard;
        node.test_before = from.loop.test_before;
        node.has_condition = from.loop.condition.written;
        node.loop_maximum = quantity(id, from.loop.maximum, 0, "loopMaximum");
        break;
      case model::Loop::Kind::multi_instance:
        node.loop = from.loop.sequential ? Loop::sequential : Loop::parallel;
        node.has_condition = from.loop.condition.written;
        fill_behavior(id, from);
        node.asks_end =
            node.has_condition || node.behavior == Behavior::complex || !from.loop.outputs.empty();
        break;
    }
    if (node.kind == ElementKind::complex_gateway) node.has_condition = from.activation_condition.written;
    node.start_quantity = quantity(id, from.start_quantity, 1, "startQuantity", 1, most_tokens);
    node.completion_quantity =
        quantity(id, from.completion_quantity, 1, "completionQuantity", 1, most_tokens);
    if (node.kind == ElementKind::boundary_event) {
      const NodeId host =
          from.attached_to == NodeIndex::none ? NodeId::none : node_of_[index(from.attached_to)];
      const bool same_scope = host != NodeId::none && graph_[host].parent == node.parent;
      if (same_scope && written(host).is_activity()) {
        node.attached_to = host;
      } else {
        diagnostics_.error(
            "boundary-host",
            fmt::format("boundary event '{}' is not attached to an activity of its scope", from.label()),
            from.span, std::string(from.id));
      }
    }
  }

  void fill_behavior(NodeId id, const FlowNode& from) {
    Node& node = graph_.nodes[index(id)];
    if (from.loop.behavior == "None") node.behavior = Behavior::none;
    if (from.loop.behavior == "One") node.behavior = Behavior::one;
    if (from.loop.behavior == "Complex") node.behavior = Behavior::complex;
    if (node.behavior == Behavior::all) return;
    const auto begin = static_cast<std::uint32_t>(graph_.throws.size());
    std::uint32_t number = 0;
    for (const model::BehaviorEvent& each : from.loop.behavior_events) {
      if (number == most_complex_behaviors) {
        diagnostics_.error(
            "model-too-large",
            fmt::format("'{}' has more than {} complex behaviors", from.label(), most_complex_behaviors),
            from.span, std::string(from.id));
        break;
      }
      for (const model::EventDefinition& definition : each.definitions)
        graph_.throws.push_back({{trigger_of(definition.kind), code_of(definition)}, NodeId::none, number});
      ++number;
    }
    if (node.behavior == Behavior::complex) node.complex_behaviors = number;
    // 13.3.7: without a reference it is a signal, which only this instance can hear: it has no name.
    if (node.behavior != Behavior::complex && from.loop.behavior_events.empty())
      graph_.throws.push_back({{Trigger::signal, CodeId::none}, NodeId::none, 0});
    node.throws = {begin, static_cast<std::uint32_t>(graph_.throws.size())};
  }

  void add_flows() {
    std::vector<FlowId> flow_of(definitions_.flows.size(), FlowId::none);
    for (std::size_t i = 0; i < definitions_.flows.size(); ++i) {
      const model::SequenceFlow& from = definitions_.flows[i];
      if (from.scope == ScopeIndex::none || definitions_[from.scope].process != graph_.process) continue;
      const NodeId source = from.source == NodeIndex::none ? NodeId::none : node_of_[index(from.source)];
      const NodeId target = from.target == NodeIndex::none ? NodeId::none : node_of_[index(from.target)];
      if (source == NodeId::none || target == NodeId::none) {
        const bool is_source = source == NodeId::none;
        diagnostics_.error("dangling-flow",
                           fmt::format("sequence flow '{}' has no {} in this process", from.id,
                                       is_source ? "source" : "target"),
                           is_source ? from.source_span : from.target_span, std::string(from.id));
        continue;
      }
      if (graph_[source].parent != graph_[target].parent) {
        diagnostics_.error("flow-crosses-scope",
                           fmt::format("sequence flow '{}' crosses the border of a sub-process", from.id),
                           from.span, std::string(from.id));
        continue;
      }
      Flow flow{.source = source, .target = target, .is_default = from.is_default};
      const ElementKind kind = graph_[source].kind;
      flow.conditional = from.condition.written && !from.is_default &&
                         kind != ElementKind::parallel_gateway && kind != ElementKind::event_based_gateway;
      const FlowId id{static_cast<std::uint32_t>(graph_.flows.size())};
      flow_of[i] = id;
      graph_.flows.push_back(flow);
      graph_.flow_origin.push_back(FlowIndex{static_cast<std::uint32_t>(i)});
      graph_.flow_ids.push_back(from.id.empty() ? fmt::format("flow#{}", index(id)) : std::string(from.id));
    }
    for (std::uint32_t i = 1; i < graph_.nodes.size(); ++i) {
      const FlowIndex named = written(NodeId{i}).default_flow;
      if (named != FlowIndex::none) graph_.nodes[i].default_flow = flow_of[index(named)];
    }
  }

  /// Packs pairs (owner, item) by owner; items keep their order.
  template <class T, class Owner>
  void pack_by(const std::vector<T>& items, Owner owner, std::vector<Range>& ranges, std::vector<T>& packed) {
    ranges.assign(graph_.nodes.size(), Range{});
    std::vector<std::uint32_t> counts(graph_.nodes.size() + 1, 0);
    for (const T& item : items)
      if (const NodeId node = owner(item); node != NodeId::none) ++counts[index(node) + 1];
    for (std::size_t i = 1; i < counts.size(); ++i) counts[i] += counts[i - 1];
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) ranges[i] = {counts[i], counts[i]};
    packed.resize(counts.back());
    for (const T& item : items)
      if (const NodeId node = owner(item); node != NodeId::none) packed[ranges[index(node)].end++] = item;
  }

  void pack() {
    std::vector<FlowId> flows;
    for (std::uint32_t i = 0; i < graph_.flows.size(); ++i) flows.push_back(FlowId{i});
    pack_by(
        flows, [&](FlowId f) { return graph_[f].target; }, graph_.in_ranges, graph_.in_flows);
    pack_by(
        flows, [&](FlowId f) { return graph_[f].source; }, graph_.out_ranges, graph_.out_flows);
    std::vector<NodeId> nodes;
    for (std::uint32_t i = 1; i < graph_.nodes.size(); ++i) nodes.push_back(NodeId{i});
    pack_by(
        nodes, [&](NodeId n) { return graph_[n].parent; }, graph_.child_ranges, graph_.children_);
    pack_by(
        nodes, [&](NodeId n) { return graph_[n].attached_to; }, graph_.boundary_ranges, graph_.boundaries);
    pack_by(
        nodes, [&](NodeId n) { return graph_[n].event_sub_process ? graph_[n].parent : NodeId::none; },
        graph_.event_sub_ranges, graph_.event_subs);
    graph_.local.assign(graph_.nodes.size(), 0);
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
      std::uint32_t position = 0;
      for (const NodeId child : graph_.children(NodeId{i})) graph_.local[index(child)] = position++;
    }
    graph_.flow_position.assign(graph_.flows.size(), 0);
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
      std::uint32_t position = 0;
      for (const FlowId flow : graph_.incoming(NodeId{i})) graph_.flow_position[index(flow)] = position++;
    }
  }

  /// Begins by itself when its container begins: BPMN 13.3.4, nodes without incoming flow.
  bool is_implicit_start(NodeId id) const {
    const Node& node = graph_[id];
    return graph_.incoming(id).empty() && node.kind != ElementKind::boundary_event &&
           node.kind != ElementKind::start_event && !node.event_sub_process && !node.for_compensation &&
           !node.instantiate && !handlers_.contains(id) &&
           !(node.kind == ElementKind::intermediate_catch_event && node.trigger == Trigger::link);
  }

  /// 10.3: an activity that no flow leads to begins with its container, a start event or not. 10.5.2 forbids
  /// such models, 10.6.1 says the contrary of gateways, and no engine does it, so models for engines don't.
  bool begins_beside_start_event(NodeId id) const {
    return definitions_.dialect == model::Dialect::omg && written(id).is_activity();
  }

  /// Instances of the process begin at some node of their own.
  bool begins_explicitly() {
    graph_.start_ranges.assign(1, Range{});  // nothing is implicit yet
    const bool any = !graph_.instance_starts().empty();
    graph_.start_ranges.clear();
    return any;
  }

  void find_starts() {
    std::vector<NodeId> found;
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
      const NodeId container{i};
      const auto begin = static_cast<std::uint32_t>(found.size());
      if (graph_[container].kind != ElementKind::ad_hoc_sub_process) {
        for (const NodeId child : graph_.children(container))
          if (i != 0 && graph_[child].kind == ElementKind::start_event) found.push_back(child);
        const bool explicitly = i == 0 ? begins_explicitly() : found.size() > begin;
        if (graph_[container].event_sub_process && explicitly) found.resize(begin + 1);
        // An event sub-process without its start event never starts (13.5.4).
        if (explicitly || !graph_[container].event_sub_process)
          for (const NodeId child : graph_.children(container))
            if (is_implicit_start(child) && (!explicitly || begins_beside_start_event(child)))
              found.push_back(child);
      }
      graph_.start_ranges.push_back({begin, static_cast<std::uint32_t>(found.size())});
    }
    graph_.starts = std::move(found);
  }

  void resolve_links() {
    std::map<std::pair<NodeId, std::string_view>, NodeId> catches;
    const auto link_name = [&](NodeId id) { return written(id).event_definitions[0].link_name; };
    for (std::uint32_t i = 1; i < graph_.nodes.size(); ++i)
      if (graph_.nodes[i].trigger == Trigger::link &&
          graph_.nodes[i].kind == ElementKind::intermediate_catch_event)
        catches.emplace(std::pair(graph_.nodes[i].parent, link_name(NodeId{i})), NodeId{i});
    for (std::uint32_t i = 1; i < graph_.nodes.size(); ++i) {
      Node& node = graph_.nodes[i];
      if (node.trigger != Trigger::link || node.kind != ElementKind::intermediate_throw_event) continue;
      const auto found = catches.find({node.parent, link_name(NodeId{i})});
      if (found != catches.end()) {
        node.link_target = found->second;
      } else {
        diagnostics_.error("link-event",
                           fmt::format("no link catch event \"{}\" in this scope", link_name(NodeId{i})),
                           written(NodeId{i}).span, std::string(written(NodeId{i}).id));
      }
    }
  }

  void resolve_compensation() {
    std::unordered_map<std::uint32_t, NodeId> by_element;
    for (std::uint32_t i = 1; i < graph_.nodes.size(); ++i)
      if (written(NodeId{i}).element != model::ElementId::none)
        by_element.emplace(weir::index(written(NodeId{i}).element), NodeId{i});
    const auto node_of = [&](model::ElementId element, std::string_view id) {
      if (element == model::ElementId::none) {  // from a text without elements
        const NodeIndex found = definitions_.node(id);
        return found == NodeIndex::none ? NodeId::none : node_of_[index(found)];
      }
      const auto found = by_element.find(weir::index(element));
      return found == by_element.end() ? NodeId::none : found->second;
    };
    for (const model::Association& each : definitions_.associations) {
      const NodeId source = node_of(each.source, each.source_ref);
      const NodeId target = node_of(each.target, each.target_ref);
      if (source == NodeId::none || target == NodeId::none) continue;
      Node& boundary = graph_.nodes[index(source)];
      if (boundary.kind == ElementKind::boundary_event && boundary.trigger == Trigger::compensation)
        boundary.compensates = target, handlers_.insert(target);
    }
    for (std::uint32_t i = 1; i < graph_.nodes.size(); ++i) {
      Node& node = graph_.nodes[i];
      if (node.trigger != Trigger::compensation || node.kind == ElementKind::boundary_event) continue;
      const NodeIndex activity = definitions_.node(written(NodeId{i}).event_definitions[0].reference);
      if (activity != NodeIndex::none) node.compensates = node_of_[index(activity)];
    }
    for (std::uint32_t i = 1; i < graph_.nodes.size(); ++i) {
      std::uint32_t at = graph_.nodes[i].throws.begin;
      for (const model::BehaviorEvent& each : written(NodeId{i}).loop.behavior_events)
        for (const model::EventDefinition& definition : each.definitions) {
          if (at == graph_.nodes[i].throws.end) break;
          const NodeIndex activity = definition.kind == ElementKind::compensate_event_definition
                                         ? definitions_.node(definition.reference)
                                         : NodeIndex::none;
          if (activity != NodeIndex::none) graph_.throws[at].compensates = node_of_[index(activity)];
          ++at;
        }
    }
  }

  const Definitions& definitions_;
  Diagnostics& diagnostics_;
  ProcessGraph graph_;
  std::vector<NodeId> node_of_;  // by model node
  std::set<NodeId> handlers_;    // of compensation, whether they say so or not
  std::unordered_map<std::string, CodeId> codes_;
};

}  // namespace

ProcessGraph compile(const Definitions& definitions, model::ProcessIndex process, Diagnostics& diagnostics) {
  return Compiler(definitions, process, diagnostics).run();
}

}  // namespace weir::graph
