// What runs: one process compiled to flat arrays of integers. Built once from model::Definitions by
// compile(), never changed afterwards, shared by threads. Node 0 is the process itself; every other node has
// a parent (the process or a sub-process node), so that a scope is simply "an activation of a container
// node".
//
// graph = the map, semantics = the rules of the game, execute/simulate/verify = the players.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/span.hpp"
#include "core/model/definitions.hpp"
#include "core/model/element_kind.hpp"

namespace weir::graph {

using model::ElementKind;

/// What an event reacts to or produces. `none` also for nodes that are no events.
enum class Trigger : std::uint8_t {
  none,
  message,
  timer,
  signal,
  error,
  escalation,
  conditional,
  compensation,
  cancel,
  terminate,
  link,
  multiple,
  parallel_multiple
};

/// How often an activity runs when a token enters it.
enum class Loop : std::uint8_t { none, standard, parallel, sequential };

/// One event definition of an event.
struct Event {
  Trigger trigger = Trigger::none;
  CodeId code = CodeId::none;
};

/// When a multi-instance activity throws events: never, for each instance that ends, for the first one, as
/// conditions say (10.3.8).
enum class Behavior : std::uint8_t { all, none, one, complex };

/// One event definition that a multi-instance activity throws.
struct ImplicitThrow {
  Event event;                        // a message, signal, escalation, error or compensation
  NodeId compensates = NodeId::none;  // activity that a compensation names
  std::uint32_t definition = 0;       // complex: which of its definitions throws it
};

/// Half-open range of a packed array.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] std::uint32_t size() const { return end - begin; }
};

inline constexpr std::uint32_t most_complex_behaviors = 16;

struct Node {
  ElementKind kind = ElementKind::unknown;
  Trigger trigger = Trigger::none;
  Loop loop = Loop::none;
  Behavior behavior = Behavior::all;
  Range throws;                // of ProcessGraph::throws: what its instances throw
  bool interrupting = true;    // boundary events, start events of event sub-processes
  bool test_before = false;    // standard loop
  bool has_condition = false;  // standard loop: loopCondition; multi-instance: completionCondition; complex
                               // gateway: activationCondition
  bool repeats = true;  // a non-interrupting event can happen again: not a timer with a date or duration
  bool event_sub_process = false;  // not entered by flows
  bool for_compensation = false;
  bool instantiate = false;
  bool ends = false;              // an end event whose message a worker sends
  bool thrown_by_worker = false;  // an event that throws, by a worker
  bool waits = true;              // compensation thrown: waitForCompletion
  bool parallel = false;          // event-based gateway: an instance that it begins waits for all its events
  bool sequential = false;        // ad-hoc sub-process with ordering="Sequential"
  bool cancel_remaining = true;   // ad-hoc sub-process: cancelRemainingInstances
  // What the semantics look at in every step, worked out once (roles.cpp).
  bool activity = false;           // a task, call activity or sub-process
  bool works = false;              // entering it begins work: an activity, or an event that a worker throws
  bool joins = false;              // a gateway whose incoming tokens wait for each other
  bool asks_flows = false;         // leaving it is a choice
  bool asks_end = false;           // multi-instance: each instance that ends is asked about (again)
  bool at_once = false;            // see semantics::enters_at_once
  std::uint32_t loop_maximum = 0;  // 0 = none
  std::uint32_t start_quantity = 1;
  std::uint32_t completion_quantity = 1;
  std::uint32_t complex_behaviors = 0;  // multi-instance: complexBehaviorDefinitions
  NodeId parent = NodeId::none;         // container
  NodeId attached_to = NodeId::none;    // host of a boundary event
  NodeId link_target = NodeId::none;    // catch event of a link throw event
  NodeId compensates =
      NodeId::none;  // handler of an activity, or activity named by a compensation throw event
  FlowId default_flow = FlowId::none;
  CodeId code = CodeId::none;  // message, signal, error code, escalation code; none on a catch = catches all
};

struct Flow {
  NodeId source = NodeId::none;
  NodeId target = NodeId::none;
  bool conditional = false;  // has a condition that is looked at (not on flows that leave a parallel gateway)
  bool is_default = false;
};

struct ProcessGraph {
  // In the .cpp file: else every file that has one compiles all of this again.
  ProcessGraph();
  ProcessGraph(ProcessGraph&&) noexcept;
  ProcessGraph& operator=(ProcessGraph&&) noexcept;
  ~ProcessGraph();

  std::vector<Node> nodes;  // nodes[0] is the process
  std::vector<Flow> flows;

  // Adjacency: for node n, items[ranges[n].begin .. ranges[n].end). Document order.
  std::vector<Range> in_ranges, out_ranges, child_ranges, boundary_ranges, event_sub_ranges, start_ranges;
  std::vector<FlowId> in_flows, out_flows;
  std::vector<Range> definition_ranges;  // of events, per node
  std::vector<Event> events;
  std::vector<ImplicitThrow> throws;  // of multi-instance activities, per node
  std::vector<NodeId> children_;      // all nodes directly inside a container
  std::vector<NodeId> boundaries;     // boundary events of an activity
  std::vector<NodeId> event_subs;     // event sub-processes directly inside a container
  std::vector<NodeId> starts;  // where a container begins: its none start events, else every node without
                               // incoming flow; for an event sub-process its one start event

  std::vector<std::uint32_t> local;          // position of a node among its parent's children
  std::vector<std::uint32_t> flow_position;  // position of a flow among its target's incoming flows

  /// Reach of inclusive and complex joins (table 13.3): for join j and incoming flow i the set of nodes of
  /// the same scope from which a path leads to that flow without visiting j. Row = reach_rows[j] + i,
  /// words_per_row by scope.
  std::vector<std::uint32_t> reach_row;    // per node: first row, or none (0xffffffff)
  std::vector<std::uint32_t> reach_words;  // per node: words in each of its rows
  std::vector<std::size_t> reach_offset;   // per node: first word
  std::vector<std::uint64_t> reach_bits;

  std::vector<std::string> codes;             // CodeId -> text
  std::vector<model::NodeIndex> origin;       // NodeId -> model node, none for the process
  std::vector<model::FlowIndex> flow_origin;  // FlowId -> model flow
  std::string id;                             // of the process
  model::ProcessIndex process = model::ProcessIndex::none;
  std::vector<std::string> node_ids, flow_ids;  // BPMN ids, or made up and unique when the file has none

  [[nodiscard]] const Node& operator[](NodeId n) const { return nodes[index(n)]; }
  [[nodiscard]] const Flow& operator[](FlowId f) const { return flows[index(f)]; }
  [[nodiscard]] std::span<const FlowId> incoming(NodeId n) const {
    return slice(in_flows, in_ranges[index(n)]);
  }
  [[nodiscard]] std::span<const FlowId> outgoing(NodeId n) const {
    return slice(out_flows, out_ranges[index(n)]);
  }
  /// Event definitions of an event in document order; node.trigger is that of a single one.
  [[nodiscard]] std::span<const Event> definitions(NodeId n) const {
    return slice(events, definition_ranges[index(n)]);
  }
  /// What instances of a multi-instance activity throw as they end.
  [[nodiscard]] std::span<const ImplicitThrow> implicit_throws(NodeId n) const {
    return slice(throws, nodes[index(n)].throws);
  }
  [[nodiscard]] std::span<const NodeId> children(NodeId n) const {
    return slice(children_, child_ranges[index(n)]);
  }
  [[nodiscard]] std::span<const NodeId> boundary_events(NodeId n) const {
    return slice(boundaries, boundary_ranges[index(n)]);
  }
  [[nodiscard]] std::span<const NodeId> event_sub_processes(NodeId n) const {
    return slice(event_subs, event_sub_ranges[index(n)]);
  }
  [[nodiscard]] std::span<const NodeId> start_nodes(NodeId n) const {
    return slice(starts, start_ranges[index(n)]);
  }
  /// Start events by which an instance of the process can begin (none, message, timer, signal, conditional
  /// ...), instantiating receive tasks and the events of instantiating event-based gateways included
  /// (10.6.6); NodeId 0 = all nodes without incoming flow.
  [[nodiscard]] std::vector<NodeId> instance_starts() const;
  /// Id for messages and traces.
  [[nodiscard]] const std::string& node_id(NodeId n) const { return node_ids[index(n)]; }
  [[nodiscard]] const std::string& flow_id(FlowId f) const { return flow_ids[index(f)]; }
  /// The node or flow with this id, or none. Linear.
  [[nodiscard]] NodeId find_node(std::string_view node_id) const;
  [[nodiscard]] FlowId find_flow(std::string_view flow_id) const;
  [[nodiscard]] CodeId find_code(std::string_view text) const;

 private:
  template <class T>
  static std::span<const T> slice(const std::vector<T>& all, Range range) {
    return std::span<const T>(all).subspan(range.begin, range.size());
  }
};

inline constexpr NodeId process_node{0};

}  // namespace weir::graph
