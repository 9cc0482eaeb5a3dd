// Models of a token simulator with the flows that must have been taken, in the layout token-simulation/ of
// the execution cases. They are played on the law itself: tasks end at once, events wait for their trigger,
// gateways choose what the case configures. Message flows carry messages between the processes of a file.
// Tokens move in rounds, each token once, as in the simulator.
#include <fmt/format.h>

#include <deque>
#include <map>
#include <set>
#include <string>

#include "core/data/choose_activities.hpp"
#include "core/graph/compile.hpp"
#include "core/semantics/semantics.hpp"
#include "formats/json/document.hpp"
#include "formats/read.hpp"
#include "tests/conformance/suites.hpp"
#include "tests/conformance/table.hpp"

namespace weir::conformance {

namespace {

namespace fs = std::filesystem;
using formats::json::Item;
using graph::ProcessGraph;
using graph::Trigger;
using semantics::Ask;
using semantics::Question;

using Counts = std::map<std::string, int>;

/// What the simulator does by intention unlike the specification, and we for one case only.
enum class Convention {
  none,
  uncaught_error,     // an error that nobody catches ends the scope it is thrown in (10.5.6: the instance)
  everything_begins,  // whatever has no incoming flow begins beside start events (10.5.2: not allowed)
  innermost_signal,   // a signal stays in the scope that has an event sub-process for it (10.5.1: broadcast)
  triggerless_boundary  // a boundary event without a trigger can be triggered (10.5.4: it never happens)
};

struct Override {
  std::string_view test;
  Convention convention;
};
constexpr Override overrides[] = {
    {"error-no-catch", Convention::uncaught_error},
    {"sub-process-multiple-starts", Convention::everything_begins},
    {"signal-rethrow", Convention::innermost_signal},
    {"boundary-interrupting-task", Convention::triggerless_boundary},
};
static_assert(std::size(overrides) <= 5);

Convention convention_of(std::string_view test) {
  for (const Override& each : overrides)
    if (each.test == test) return each.convention;
  return Convention::none;
}

/// Changes every event definition that is there.
template <class Change>
void change_events(ProcessGraph& graph, Change change) {
  for (std::uint32_t i = 1; i < graph.nodes.size(); ++i) {
    graph::Node& node = graph.nodes[i];
    const graph::Range range = graph.definition_ranges[i];
    for (std::uint32_t at = range.begin; at < range.end; ++at) {
      change(node, graph.events[at]);
      node.trigger = graph.events[at].trigger;
      node.code = graph.events[at].code;
    }
  }
}

/// The graph that does by the law what the simulator does by its convention.
void follow_convention(ProcessGraph& graph, Convention convention) {
  switch (convention) {
    case Convention::none:
      break;
    case Convention::uncaught_error:
      change_events(graph, [](const graph::Node&, graph::Event& event) {
        if (event.trigger == Trigger::error) event = {Trigger::terminate, CodeId::none};
      });
      break;
    case Convention::everything_begins: {
      std::vector<NodeId> starts;
      for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        const auto begin = static_cast<std::uint32_t>(starts.size());
        for (const NodeId child : graph.children(NodeId{i}))
          if (graph.incoming(child).empty() && !graph[child].event_sub_process &&
              graph[child].kind != graph::ElementKind::boundary_event &&
              (i != 0 || graph[child].kind != graph::ElementKind::start_event))
            starts.push_back(child);
        graph.start_ranges[i] = {begin, static_cast<std::uint32_t>(starts.size())};
      }
      graph.starts = starts;
      break;
    }
    case Convention::innermost_signal:
      for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        if (graph.event_sub_processes(NodeId{i}).empty()) continue;
        const CodeId inside{static_cast<std::uint32_t>(graph.codes.size())};
        graph.codes.push_back("in " + graph.node_id(NodeId{i}));
        change_events(graph, [&](const graph::Node& node, graph::Event& event) {
          const bool starts = node.parent != NodeId::none && graph[node.parent].event_sub_process &&
                              node.kind == graph::ElementKind::start_event;
          if (event.trigger == Trigger::signal &&
              (starts ? graph[node.parent].parent : node.parent) == NodeId{i})
            event.code = inside;
        });
      }
      break;
    case Convention::triggerless_boundary:
      for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)
        if (graph.nodes[i].kind == graph::ElementKind::boundary_event &&
            graph.nodes[i].trigger == Trigger::none)
          graph.nodes[i].trigger = Trigger::message;
      break;
  }
}

class Table {
 public:
  Table(const model::Definitions& definitions, Convention convention) : definitions_(definitions) {
    for (std::uint32_t i = 0; i < definitions.processes.size(); ++i) {
      Diagnostics problems;
      graphs_.push_back(graph::compile(definitions, model::ProcessIndex{i}, problems));
      for (const Diagnostic& each : problems.list())
        if (each.severity == Severity::error) notes_ += each.message + "; ";
      follow_convention(graphs_.back(), convention);
      expressions_.push_back(data::Expressions::compile(definitions, graphs_.back(), problems));
    }
  }

  void configure(const std::string& element, const Item& flows) {
    std::set<std::string>& chosen = chosen_[element];
    chosen.clear();
    if (flows.is(formats::json::Kind::string)) chosen.insert(std::string(flows.text()));
    for (const Item& each : flows.items()) chosen.insert(std::string(each.text()));
  }
  void wait_at(const std::string& element) { waits_.insert(element); }

  /// Starts an instance there, or lets what waits there happen.
  void trigger(const std::string& element) {
    for (std::size_t i = 0; i < instances_.size(); ++i)
      for (const Question& question : open(instances_[i]))
        if (instances_[i].graph().node_id(question.node) == element &&
            (question.ask == Ask::event || question.ask == Ask::work)) {
          answer(i, question, {});
          return settle();
        }
    for (std::size_t p = 0; p < graphs_.size(); ++p)
      for (const NodeId start : graphs_[p].instance_starts())
        if (start == graph::process_node ? is_first(graphs_[p], element)
                                         : graphs_[p].node_id(start) == element) {
          begin(p, start);
          return settle();
        }
    notes_ += fmt::format("nothing waits at '{}'; ", element);
  }

  /// Whether a process without start events begins with this element, maybe among others.
  static bool is_first(const ProcessGraph& graph, const std::string& element) {
    const NodeId node = graph.find_node(element);
    return node != NodeId::none && graph[node].parent == graph::process_node && graph.incoming(node).empty();
  }

  /// From outside: on a message flow, or a signal for everybody.
  void signal(const std::string& element) {
    for (const model::MessageFlow& flow : definitions_.message_flows)
      if (flow.id == element) {
        ++taken_[element];
        const std::string target = id_of(flow.target);
        return target.empty() ? void() : trigger(target);
      }
    for (const model::RootElement& root : definitions_.roots)
      if (root.id == element) {
        broadcast(std::string(root.name.empty() ? root.id : root.name), instances_.size());
        return settle();
      }
    notes_ += fmt::format("there is no message flow or signal '{}'; ", element);
  }

  [[nodiscard]] const Counts& taken() const { return taken_; }
  [[nodiscard]] const std::string& notes() const { return notes_; }

 private:
  struct Instance {
    const ProcessGraph* of = nullptr;
    std::size_t process = 0;
    semantics::State state;
    bool over = false;
    [[nodiscard]] const ProcessGraph& graph() const { return *of; }
  };

  std::string id_of(model::ElementId element) const {
    for (const model::FlowNode& node : definitions_.nodes)
      if (node.element == element) return std::string(node.id);
    return {};
  }

  std::vector<Question> open(const Instance& instance) const {
    std::vector<Question> questions;
    if (!instance.over) semantics::open_questions(instance.graph(), instance.state, questions);
    return questions;
  }

  void begin(std::size_t process, NodeId start) {
    Instance& made = instances_.emplace_back();
    made.of = &graphs_[process];
    made.process = process;
    semantics::start(*made.of, start, made.state, outcome_);
    follow(instances_.size() - 1);
  }

  void answer(std::size_t at, const Question& question, const semantics::Answer& given) {
    Instance& instance = instances_[at];
    const std::string element = instance.graph().node_id(question.node);
    semantics::answer(instance.graph(), question, given, instance.state, outcome_);
    follow(at);
    if (question.ask == Ask::work) carry(element);
  }

  /// What an element sends on its message flows.
  void carry(const std::string& element) {
    for (const model::MessageFlow& flow : definitions_.message_flows)
      if (id_of(flow.source) == element) {
        ++taken_[std::string(flow.id)];
        if (const std::string target = id_of(flow.target); !target.empty()) messages_.push_back(target);
      }
  }

  void follow(std::size_t at) {
    const ProcessGraph& graph = instances_[at].graph();
    instances_[at].over = outcome_.end != semantics::End::running;
    for (const semantics::Happened& each : outcome_.trace)
      // The simulator triggers the event behind an event-based gateway without a way to it.
      if (each.what == semantics::What::taken &&
          graph[graph[each.flow].source].kind != graph::ElementKind::event_based_gateway)
        ++taken_[graph.flow_id(each.flow)];
    // Message flows also leave end events that do not say that they send.
    for (const semantics::Happened& each : outcome_.trace)
      if (each.what == semantics::What::ended && graph[each.node].trigger == Trigger::none)
        carry(graph.node_id(each.node));
    const std::vector<semantics::Thrown> thrown = outcome_.thrown;
    for (const semantics::Thrown& each : thrown) {
      if (each.trigger == Trigger::message) carry(graph.node_id(each.node));
      if (each.trigger == Trigger::signal) broadcast(name_of(graph, each.code), at);
    }
  }

  /// Signals without a name are one signal.
  static std::string name_of(const ProcessGraph& graph, CodeId code) {
    return code == CodeId::none ? "" : graph.codes[index(code)];
  }

  static bool listens(const ProcessGraph& graph, NodeId node, const std::string& signal) {
    for (const graph::Event& each : graph.definitions(node))
      if (each.trigger == Trigger::signal && name_of(graph, each.code) == signal) return true;
    return false;
  }

  void broadcast(const std::string& signal, std::size_t thrower) {
    for (std::size_t i = 0, count = instances_.size(); i < count; ++i) {
      if (i == thrower) continue;
      for (const Question& question : open(instances_[i]))
        if (question.ask == Ask::event && listens(instances_[i].graph(), question.node, signal) &&
            instances_[i].state.valid(question.token))
          answer(i, question, {});
    }
    for (std::size_t p = 0; p < graphs_.size(); ++p)
      for (const NodeId start : graphs_[p].instance_starts())
        if (start != graph::process_node && listens(graphs_[p], start, signal)) begin(p, start);
  }

  void settle() {
    for (int i = 0; i < 10'000; ++i)
      if (!step()) return;
    notes_ += "it does not come to rest; ";
  }

  bool step() {
    if (!messages_.empty()) {
      const std::string target = messages_.front();
      messages_.pop_front();
      trigger(target);
      return true;
    }
    bool any = false;
    for (std::size_t i = 0; i < instances_.size(); ++i) any = round(i) || any;
    for (std::size_t i = 0; i < instances_.size() && !any; ++i) any = fire_waiting_gateway(i);
    return any;
  }

  /// Each token that can go on by itself does so once.
  bool round(std::size_t at) {
    bool any = false;
    for (const Question& question : open(instances_[at]))
      if (instances_[at].state.valid(question.token)) any = decide(at, question) || any;
    for (const semantics::TokenId token : open_moves(instances_[at]))
      if (!waits_for_others(instances_[at], token)) any = move(at, token) || any;
    return any;
  }

  /// An inclusive or complex gateway fires when nothing else moves.
  bool fire_waiting_gateway(std::size_t at) {
    for (const semantics::TokenId token : open_moves(instances_[at]))
      if (waits_for_others(instances_[at], token)) return move(at, token);
    return false;
  }

  static std::vector<semantics::TokenId> open_moves(const Instance& instance) {
    std::vector<semantics::TokenId> moves;
    if (!instance.over) semantics::open_moves(instance.graph(), instance.state, moves);
    return moves;
  }

  static bool waits_for_others(const Instance& instance, semantics::TokenId token) {
    if (!instance.state.valid(token)) return false;
    const semantics::Token& at = instance.state.tokens[token.slot];
    return at.phase == semantics::Phase::joining &&
           instance.graph()[at.node].kind != graph::ElementKind::parallel_gateway;
  }

  bool move(std::size_t at, semantics::TokenId token) {
    if (!instances_[at].state.valid(token)) return false;
    semantics::move(instances_[at].graph(), token, instances_[at].state, outcome_);
    follow(at);
    return true;
  }

  /// Answers what needs nobody.
  bool decide(std::size_t at, const Question& question) {
    Instance& instance = instances_[at];
    const ProcessGraph& graph = instance.graph();
    const std::string element = graph.node_id(question.node);
    semantics::Answer given;
    std::vector<FlowId> flows;
    std::optional<data::Activation> activation;
    switch (question.ask) {
      case Ask::event:
        return false;
      case Ask::work:
        if (waits_.contains(element)) return false;
        break;
      case Ask::flows: {
        const auto chosen = chosen_.find(element);
        for (const FlowId flow : graph.outgoing(question.node))
          if (chosen != chosen_.end() ? chosen->second.contains(graph.flow_id(flow)) : graph[flow].is_default)
            flows.push_back(flow);
        if (flows.empty()) return false;
        given.flows = flows;
        break;
      }
      case Ask::count:
        given.count = 1;
        break;
      case Ask::again:
        given.count = graph[question.node].kind == graph::ElementKind::complex_gateway ? 1 : 0;
        break;
      case Ask::activate: {
        std::uint32_t& activated = activated_[{at, question.token.slot, question.token.generation}];
        activation = data::choose_activities(graph, expressions_[instance.process], instance.state,
                                             question.token.slot, activated, {}, workspace_);
        if (!activation) return false;
        activated += static_cast<std::uint32_t>(activation->nodes.size());
        given.nodes = activation->nodes;
        given.count = activation->count;
        break;
      }
    }
    answer(at, question, given);
    return true;
  }

  const model::Definitions& definitions_;
  std::deque<ProcessGraph> graphs_;
  std::deque<data::Expressions> expressions_;
  std::deque<Instance> instances_;
  std::deque<std::string> messages_;
  std::map<std::string, std::set<std::string>> chosen_;
  std::map<std::tuple<std::size_t, std::uint32_t, std::uint32_t>, std::uint32_t> activated_;
  std::set<std::string> waits_;
  Counts taken_;
  std::string notes_;
  semantics::Outcome outcome_ = [] {
    semantics::Outcome outcome;
    outcome.want_trace = true;
    outcome.pace = semantics::Pace::step;
    return outcome;
  }();
  feel::Workspace workspace_;
};

std::string shown(const Counts& counts) {
  std::string out;
  for (const auto& [flow, times] : counts) out += fmt::format("{}{}x{}", out.empty() ? "" : " ", flow, times);
  return out;
}

/// Why a case failed, empty = it passed.
std::string run_case(const fs::path& folder, const Item& one) {
  SourceMap sources;
  Diagnostics problems;
  const std::string name(one["file"].text());
  const formats::ReadResult read = formats::read(name, read_file(folder / name), sources, problems);
  if (!read.has_model) return "the model cannot be read";
  Table table(read.definitions, convention_of(one["id"].text()));
  for (const Item& step : one["steps"].items()) {
    const std::string element(step["element"].text());
    if (step["op"].text() == "trigger")
      table.trigger(element);
    else if (step["op"].text() == "signal")
      table.signal(element);
    else if (step["op"].text() == "setConfig")
      table.configure(element, step["config"]["activeOutgoing"]);
    else if (step["op"].text() == "waitAtElement")
      table.wait_at(element);
  }
  Counts expected;
  for (const Item& each : one["expect"]["sequence_flows_taken"].items())
    expected[std::string(each.key())] = static_cast<int>(each.number().value_or(0));
  if (table.taken() == expected) return {};
  return fmt::format("expected [{}], got [{}] {}", shown(expected), shown(table.taken()), table.notes());
}

}  // namespace

Outcome token_cases(const fs::path& folder, std::string& csv) {
  Outcome outcome;
  SourceMap sources;
  Diagnostics problems;
  const FileId file = sources.add((folder / "cases.json").string(), read_file(folder / "cases.json"));
  const formats::json::Document cases(file, sources, problems);
  for (const Item& each : cases.root()["cases"].items()) {
    const std::string failure = run_case(folder, each);
    tally(outcome, csv, "token-simulation", each["id"].text(),
          failure.empty() ? "" : fmt::format("  {}\n", failure), {});
  }
  return outcome;
}

}  // namespace weir::conformance
