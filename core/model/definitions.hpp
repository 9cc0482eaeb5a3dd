// What the author wrote, as typed structs in flat arrays: the model that lint rules, writers and the compiler
// of graphs use. References are resolved to indexes where they resolve; the text as written and its span are
// kept for messages. Nothing here decides what runs: see core/graph for that.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/span.hpp"
#include "core/model/activity.hpp"
#include "core/model/diagram.hpp"
#include "core/model/document.hpp"
#include "core/model/element_kind.hpp"
#include "core/model/event.hpp"
#include "core/model/work.hpp"

namespace weir::model {

/// Index into Definitions::nodes.
enum class NodeIndex : std::uint32_t { none = 0xffffffffu };
/// Index into Definitions::flows.
enum class FlowIndex : std::uint32_t { none = 0xffffffffu };
/// Index into Definitions::scopes.
enum class ScopeIndex : std::uint32_t { none = 0xffffffffu };
/// Index into Definitions::processes.
enum class ProcessIndex : std::uint32_t { none = 0xffffffffu };

/// The engine or tool a file was written for; decides the expression language and intended differences.
enum class Dialect : std::uint8_t { omg, camunda7, camunda8, flowable, activiti, jbpm, weir };
/// "omg", "camunda7", ... as on the command line.
std::string_view dialect_name(Dialect dialect);

/// A flow node: task, sub-process, call activity, event or gateway.
struct FlowNode {
  ElementKind kind = ElementKind::unknown;
  ElementId element = ElementId::none;
  std::string_view id;
  std::string_view name;
  Span span;  // value of the id attribute, else the element's name: where messages about the node point
  ScopeIndex scope = ScopeIndex::none;        // the scope it stands in
  ScopeIndex inner_scope = ScopeIndex::none;  // its own scope, for the three sub-process kinds
  std::vector<FlowIndex> incoming;            // by targetRef and sourceRef of the flows, never by the listed
  std::vector<FlowIndex> outgoing;            // <incoming>/<outgoing> children, which are optional
  FlowIndex default_flow = FlowIndex::none;   // none when default_ref names no flow that leaves this node
  std::string_view default_ref;               // as written, empty when there is none

  std::vector<EventDefinition> event_definitions;  // own and by eventDefinitionRef, in document order
  bool parallel_multiple = false;

  std::string_view attached_to_ref;  // boundary events
  NodeIndex attached_to = NodeIndex::none;
  bool interrupting = true;  // cancelActivity of boundary events, isInterrupting of start events

  Loop loop;
  bool for_compensation = false;
  bool triggered_by_event = false;  // event sub-process
  bool instantiate = false;         // receive task, event-based gateway
  bool parallel_event_gateway = false;
  bool ad_hoc_sequential = false;
  bool ad_hoc_cancel_remaining = true;
  Expression completion_condition;   // ad-hoc sub-process
  Expression activation_condition;   // complex gateway
  std::string_view called_element;   // call activity, prefix removed
  std::string_view script;           // script task body
  std::string_view result_variable;  // of the dialect: where the result of a script or call goes
  std::vector<Mapping> inputs,
      outputs;  // of the dialect: variables in and out of the activity, document order
  std::string_view script_format;
  std::string_view message_ref;     // send and receive task
  std::string_view initiator;       // of the dialect: variable of a start event with who started
  std::string_view start_quantity;  // as written, empty = 1
  std::string_view completion_quantity;
  std::string_view documentation;  // not filled from BPMN files: there it is in the document
  CalledProcess call;              // call activity
  Work work;

  [[nodiscard]] bool is(Category category) const { return model::is(kind, category); }
  [[nodiscard]] bool is_activity() const { return is(Category::activity); }
  [[nodiscard]] bool is_event() const { return is(Category::event); }
  [[nodiscard]] bool is_gateway() const { return is(Category::gateway); }
  /// A throw or end event whose message a worker sends: it waits for its job as a send task does.
  [[nodiscard]] bool sends_by_worker() const;
  [[nodiscard]] bool is_sub_process() const { return inner_scope != ScopeIndex::none; }
  [[nodiscard]] bool is_event_sub_process() const { return is_sub_process() && triggered_by_event; }
  /// Has a definition of this kind.
  [[nodiscard]] bool has(ElementKind definition) const;
  /// The name, else the id, on one line and without control characters.
  [[nodiscard]] std::string label() const;
};

struct SequenceFlow {
  ElementId element = ElementId::none;
  std::string_view id;
  std::string_view name;
  Span span;
  ScopeIndex scope = ScopeIndex::none;  // where the element stands, whatever it connects
  std::string_view source_ref, target_ref;
  Span source_span, target_span;
  NodeIndex source = NodeIndex::none;  // none = does not resolve to a flow node
  NodeIndex target = NodeIndex::none;
  Expression condition;
  bool is_default = false;  // named by its source's default attribute
};

/// A process or a sub-process as the container of flow elements.
struct Scope {
  ElementKind kind = ElementKind::process;
  ElementId element = ElementId::none;
  std::string_view id;
  std::string_view name;
  Span span;
  NodeIndex node = NodeIndex::none;      // the sub-process node, none for a process
  ScopeIndex parent = ScopeIndex::none;  // enclosing scope
  ProcessIndex process = ProcessIndex::none;
  std::vector<NodeIndex> nodes;  // directly inside, document order
  std::vector<FlowIndex> flows;
};

struct Process {
  ElementId element = ElementId::none;
  std::string_view id;
  std::string_view name;
  Span span;
  bool executable = false;
  bool executable_written = false;  // the attribute is there
  std::string_view documentation;   // not filled from BPMN files: there it is in the document
  std::string_view version;         // versionTag of the dialects
  std::string_view owner;
  std::string_view service_level;          // ISO 8601 duration
  std::vector<std::string_view> starters;  // groups that may start it
  std::vector<std::string_view> tags;
  ScopeIndex scope = ScopeIndex::none;
};

/// message, signal, error, escalation, itemDefinition, dataStore, interface ...: what may stand below
/// definitions besides processes and collaborations.
struct RootElement {
  ElementKind kind = ElementKind::unknown;
  ElementId element = ElementId::none;
  std::string_view id;
  std::string_view name;
  std::string_view code;          // errorCode, escalationCode
  std::string_view message_text;  // of an error, of the dialect: data text
  Span span;
  MessageSettings message;
};

struct Participant {
  ElementId element = ElementId::none;
  std::string_view id, name, process_ref;
  Span span;
  ProcessIndex process = ProcessIndex::none;
};

struct MessageFlow {
  ElementId element = ElementId::none;
  std::string_view id, name, source_ref, target_ref, message_ref;
  Span span, source_span, target_span;
  ElementId source = ElementId::none;  // flow node or participant
  ElementId target = ElementId::none;
};

struct Association {
  ElementId element = ElementId::none;
  std::string_view id, source_ref, target_ref;
  Span span, source_span, target_span;
  ElementId source = ElementId::none;
  ElementId target = ElementId::none;
  ScopeIndex scope = ScopeIndex::none;
};

struct Lane {
  ElementId element = ElementId::none;
  std::string_view id, name;
  Span span;
  ScopeIndex scope = ScopeIndex::none;  // the process or sub-process whose lane set it belongs to
  struct Member {
    std::string_view ref;
    Span span;
    NodeIndex node = NodeIndex::none;
  };
  std::vector<Member> members;
  std::string_view group;  // default candidate group of its user tasks
};

/// dataObject, dataObjectReference, dataStoreReference, property, dataInput, dataOutput.
struct DataElement {
  ElementKind kind = ElementKind::unknown;
  ElementId element = ElementId::none;
  std::string_view id, name;
  Span span;
  bool is_collection = false;
};

/// What a vendor says and weir does not do.
struct Ignored {
  ElementId element = ElementId::none;  // that has the attribute, or is ignored itself
  std::string_view name;                // with its prefix
  bool is_attribute = false;
  std::string_view why;  // when the value is the reason; else nothing is known of the name
  Span span;
};

/// One file. Movable, not copyable: the views point into `document.buffer` and `document.extra`.
struct Definitions {
  // In the .cpp file: else every file that has one compiles all of this again.
  Definitions();
  Definitions(Definitions&&) noexcept;
  Definitions& operator=(Definitions&&) noexcept;
  ~Definitions();

  Document document;
  FileId file = FileId::none;
  Dialect dialect = Dialect::omg;
  std::string_view id, name, target_namespace;
  std::string_view expression_language;  // as written
  std::string_view execution_platform, execution_platform_version;

  std::vector<Process> processes;
  std::vector<Scope> scopes;
  std::vector<FlowNode> nodes;
  std::vector<SequenceFlow> flows;
  std::vector<RootElement> roots;
  std::vector<Participant> participants;
  std::vector<MessageFlow> message_flows;
  std::vector<Association> associations;
  std::vector<Lane> lanes;
  std::vector<DataElement> data;
  std::vector<Diagram> diagrams;
  std::vector<Variable> variables;  // of the processes of the file
  std::vector<Type> types;
  std::vector<Connection> connections;
  std::vector<Ignored> ignored;  // document order
  Parameter simulation;          // scenario that stands in the file, as written; kind none = there is none
  std::unordered_map<std::string_view, ElementId> by_id;  // first element with an id

  [[nodiscard]] const FlowNode& operator[](NodeIndex i) const { return nodes[index(i)]; }
  [[nodiscard]] const SequenceFlow& operator[](FlowIndex i) const { return flows[index(i)]; }
  [[nodiscard]] const Scope& operator[](ScopeIndex i) const { return scopes[index(i)]; }
  [[nodiscard]] const Process& operator[](ProcessIndex i) const { return processes[index(i)]; }

  /// The flow node with this id, or none. O(1) after the first call of index_nodes().
  [[nodiscard]] NodeIndex node(std::string_view node_id) const;
  /// The root element of a kind with this id (a prefix before ':' is ignored), or null.
  [[nodiscard]] const RootElement* root(ElementKind kind, std::string_view root_id) const;
  /// "Purchase approval > Amount?": names of process, sub-processes and the node, for people.
  [[nodiscard]] std::string path(NodeIndex node) const;

  std::unordered_map<std::string_view, NodeIndex> node_by_id;  // filled by the readers
};

/// "prefix:local" -> "local"; QName references of the specification may carry a prefix.
std::string_view local_part(std::string_view qname);

}  // namespace weir::model
