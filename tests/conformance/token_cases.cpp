// Models of a token simulator with the flows that must have been taken, in the layout token-simulation/ of
// the execution cases. They are played on the law itself: tasks end at once, events wait for their trigger,
// gateways choose what the case configures. Message flows carry messages between the processes of a file.
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

class Table {
 public:
  explicit Table(const model::Definitions& definitions) : definitions_(definitions) {
    for (std::uint32_t i = 0; i < definitions.processes.size(); ++i) {
      Diagnostics problems;
      graphs_.push_back(graph::compile(definitions, model::ProcessIndex{i}, problems));
      for (const Diagnostic& each : problems.list())
        if (each.severity == Severity::error) notes_ += each.message + "; ";
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
    for (std::size_t i = 0; i < instances_.size(); ++i)
      for (const Question& question : open(instances_[i]))
        if (decide(i, question)) return true;
    return false;
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
  Table table(read.definitions);
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

constexpr std::string_view implicit_start =
    "10.5.2: beside a start event everything else must have an incoming flow; it does not begin by itself";
constexpr Argued argued_tests[] = {
    {"error-no-catch", "10.5.6: an error that nobody catches ends the instance, here only a scope"},
    {"signal-rethrow",
     "10.5.1: a signal reaches all who listen, also the boundary event that ends the sub-process"},
    {"process-implicit-start-none-event", implicit_start},
    {"process-implicit-start-trigger", implicit_start},
    {"sub-process-multiple-starts", implicit_start},
    {"event-sub-process-implicit-start", implicit_start},
    {"compensation-error",
     "13.5.2: the first error ends the sub-process with the token that is still on its way"},
    {"boundary-interrupting-task", "10.5.4: a boundary event without a trigger does not happen"},
};

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
          failure.empty() ? "" : fmt::format("  {}\n", failure), argued_tests);
  }
  return outcome;
}

}  // namespace weir::conformance
