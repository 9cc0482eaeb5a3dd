// One queue of open questions, oldest first. Decisions and work are answered at once; when only events are
// left, the one that is due first happens (messages and signals are due now); armed events happen only when
// nothing else can, and then only timers do so by themselves. Nothing open and tokens left: deadlock.
#include "core/execute/dry_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <set>

#include "core/data/choose_activities.hpp"
#include "core/data/choose_flows.hpp"
#include "core/data/expressions.hpp"
#include "core/data/instance_data.hpp"
#include "core/data/test_instance.hpp"
#include "core/semantics/marking.hpp"
#include "core/semantics/trace.hpp"
#include "core/value/temporal.hpp"

namespace weir::execute {

using data::Decision;
using data::Why;
using graph::ElementKind;
using graph::ProcessGraph;
using graph::Trigger;
using semantics::Action;
using semantics::Ask;
using semantics::End;
using semantics::Question;
using value::Value;

namespace {

constexpr int deepest_call = 30;
constexpr std::size_t most_tokens = 1'000'000;
constexpr std::uint32_t patience = 3;  // rounds through a gateway before a dry run looks for another way

class DryRun {
 public:
  DryRun(const model::Definitions& definitions, const ProcessGraph& graph, const DryRunOptions& options)
      : definitions_(definitions),
        graph_(graph),
        options_(options),
        expressions_(data::Expressions::compile(definitions, graph, result_.diagnostics)),
        data_(definitions, graph, expressions_) {
    data_.frames().root() = options.variables;
    outcome_.want_trace = true;  // it tells which scopes a step opened
  }

  DryRunResult run() {
    Action action;
    action.kind = Action::Kind::start;
    action.start = start_node();
    if (action.start == NodeId::none) {
      incident("no-start", "nothing in this process can start an instance", definitions_[graph_.process].span,
               graph_.id);
      return finish();
    }
    act(action);
    while (outcome_.end == End::running && result_.status == Status::completed) {
      if (state_.tokens.size() > most_tokens) {
        incident("step-limit", fmt::format("the instance holds more than {} tokens at once", most_tokens),
                 graph::process_node);
        break;
      }
      if (steps_++ >= options_.step_limit) {
        runaway();
        break;
      }
      if (!answer_next()) {
        deadlock();
        break;
      }
    }
    if (outcome_.end == End::runaway) runaway();
    if (outcome_.end == End::failed) {
      result_.status = Status::failed;
      const std::string code =
          outcome_.error == CodeId::none ? "" : fmt::format(" \"{}\"", graph_.codes[index(outcome_.error)]);
      report(Severity::error, "uncaught-error",
             fmt::format("error{} of '{}' is caught by nobody", code, label(outcome_.failed_at)),
             outcome_.failed_at);
    }
    return finish();
  }

 private:
  struct Open {
    Question question;
    double due = 0;  // seconds of virtual time, for events
  };

  // --- book-keeping ---

  NodeId start_node() const {
    if (options_.start != NodeId::none) return options_.start;
    const auto starts = graph_.instance_starts();
    for (const NodeId node : starts)
      if (node == graph::process_node || graph_[node].trigger == Trigger::none) return node;
    return starts.empty() ? NodeId::none : starts[0];
  }

  void act(const Action& action, std::string why = {}) {
    result_.trace.push_back(semantics::describe(graph_, state_, names_, action));
    result_.why.push_back(std::move(why));
    data_.look_around(state_, action);
    semantics::perform(graph_, action, state_, outcome_);
    names_.update(graph_, state_, outcome_);
    for (const Question& each : outcome_.withdrawn)
      std::erase_if(open_, [&](const Open& open) { return open.question == each; });
    note_event_mappings();
    data_.map_sub_processes(state_, outcome_.trace, workspace_, result_.diagnostics);
    for (const Question& each : outcome_.opened) open_.push_back({each, due(each)});
  }

  /// Nothing comes with the events of a dry run.
  void note_event_mappings() {
    for (const semantics::Happened& each : outcome_.trace) {
      if (each.what != semantics::What::entered || each.node == graph::process_node) continue;
      const model::FlowNode& node = written(each.node);
      if (node.event_definitions.empty() || node.outputs.empty() || !noted_.insert(each.node).second)
        continue;
      report(Severity::info, "not-mapped",
             fmt::format("nothing comes with the event '{}': its output mappings are not applied",
                         label(each.node)),
             each.node);
    }
  }

  DryRunResult finish() {
    result_.at = semantics::marking(graph_, state_);
    result_.variables = std::move(data_.frames().root());
    return std::move(result_);
  }

  const model::FlowNode& written(NodeId node) const { return definitions_[graph_.origin[index(node)]]; }
  std::string label(NodeId node) const {
    return node == NodeId::none || node == graph::process_node ? graph_.id : written(node).label();
  }

  Diagnostic& report(Severity severity, std::string code, std::string message, NodeId node) {
    Diagnostic made;
    made.severity = severity;
    made.code = std::move(code);
    made.group = "run";
    made.message = std::move(message);
    if (node != NodeId::none && node != graph::process_node) {
      made.span = written(node).span;
      made.element = std::string(written(node).id);
    } else {
      made.span = definitions_[graph_.process].span;
      made.element = graph_.id;
    }
    return result_.diagnostics.add(std::move(made));
  }

  void incident(std::string code, std::string message, Span span, std::string element) {
    result_.status = Status::incident;
    Diagnostic& made =
        result_.diagnostics.error(std::move(code), std::move(message), span, std::move(element));
    made.group = "run";
  }
  void incident(std::string code, std::string message, NodeId node) {
    result_.status = Status::incident;
    report(Severity::error, std::move(code), std::move(message), node);
  }

  void runaway() {
    incident("step-limit",
             fmt::format("the instance does not come to rest: more than {} steps", options_.step_limit),
             graph::process_node);
  }

  void deadlock() {
    std::string where;
    NodeId node = NodeId::none;
    for (const semantics::Token& token : state_.tokens) {
      if (!semantics::is_live(token.phase) || token.phase == semantics::Phase::hosting) continue;
      if (node == NodeId::none) node = token.node;
      const std::string place =
          token.flow == FlowId::none
              ? label(token.node)
              : fmt::format("'{}' before '{}'", graph_.flow_id(token.flow), label(token.node));
      where += (where.empty() ? "" : ", ") + place;
    }
    incident("deadlock", fmt::format("nothing can happen any more, tokens wait at {}", where), node);
  }

  // --- answers ---

  bool answer_next() {
    for (std::size_t i = 0; i < open_.size(); ++i)
      if (open_[i].question.ask == Ask::activate) {
        if (activate(i)) return true;
      } else if (open_[i].question.ask != Ask::event) {
        const Question question = take(i);
        answer(question);
        return true;
      }
    std::size_t best = open_.size();
    for (std::size_t i = 0; i < open_.size(); ++i)
      if (!is_armed(open_[i].question) && (best == open_.size() || open_[i].due < open_[best].due)) best = i;
    if (best == open_.size()) {
      for (std::size_t i = 0; i < open_.size(); ++i)
        if (is_timer(open_[i].question.node) && times(open_[i].question) == 0 &&
            (best == open_.size() || open_[i].due < open_[best].due))
          best = i;
    }
    if (best == open_.size()) return false;
    now_ = std::max(now_, open_[best].due);
    Action action;
    action.question = take(best);
    act(action);
    return true;
  }

  /// Lets an ad-hoc sub-process go on; false: it cannot now.
  bool activate(std::size_t at) {
    const Question question = open_[at].question;
    std::uint32_t& activated = activated_[{question.token.slot, question.token.generation}];
    auto chosen = data::choose_activities(graph_, expressions_, state_, question.token.slot, activated,
                                          variables(question), workspace_);
    if (!chosen) return false;
    activated += static_cast<std::uint32_t>(chosen->nodes.size());
    Action action;
    action.question = take(at);
    action.count = chosen->count;
    action.nodes = std::move(chosen->nodes);
    act(action);
    return true;
  }

  Question take(std::size_t at) {
    const Question question = open_[at].question;
    open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(at));
    // The other events of an event-based gateway are withdrawn by the semantics.
    return question;
  }

  bool is_armed(const Question& question) const {
    return state_.tokens[question.token.slot].phase == semantics::Phase::armed;
  }
  std::uint32_t times(const Question& question) const { return state_.tokens[question.token.slot].count; }
  bool is_timer(NodeId node) const { return graph_[node].trigger == Trigger::timer; }

  void answer(const Question& question) {
    Action action;
    action.question = question;
    switch (question.ask) {
      case Ask::flows:
        decide(action);
        return;
      case Ask::count:
        count(action);
        return;
      case Ask::again:
        again(action);
        return;
      case Ask::work:
        work(action);
        return;
      case Ask::activate:
      case Ask::event:
        act(action);
        return;
    }
  }

  const value::Scope& variables(const Question& question) {
    return data_.visible(state_, question.token.slot);
  }

  void decide(Action& action) {
    const Question& question = action.question;
    if (const auto chosen = options_.choose.find(question.node); chosen != options_.choose.end()) {
      action.flows = {chosen->second};
      act(action);
      return;
    }
    std::uint32_t& round = rounds_[{question.scope.slot, question.scope.generation, question.node}];
    Decision decision = data::choose_flows(graph_, expressions_, question.node, variables(question), round,
                                           workspace_, result_.diagnostics);
    // Tasks of a dry run leave nothing behind, so conditions that look at their results say little: such a
    // gateway must not stop the run, nor send it round in circles.
    if ((decision.why == Why::none && looks_at_more_than_given(question.node)) ||
        (decision.why != Why::unknown && round >= patience && looks_at_nothing(question))) {
      const std::vector<FlowId> ways = ways_out(question.node);
      const std::uint32_t turn = decision.why == Why::none ? round : round - patience;
      decision.why = Why::unknown;
      decision.flows = {ways[turn % ways.size()]};
    }
    ++round;
    if (decision.why == Why::none) {
      incident("no-condition-holds",
               fmt::format("no condition of the flows that leave '{}' is true and there is no default flow",
                           label(question.node)),
               question.node);
      return;
    }
    if (decision.why == Why::unknown && undecided_.insert(question.node).second)
      report(Severity::info, "undecided",
             fmt::format("nothing decides which way '{}' goes: '{}' is taken", label(question.node),
                         graph_.flow_id(decision.flows[0])),
             question.node);
    action.flows = std::move(decision.flows);
    act(action);
  }

  /// Outgoing flows in document order, those that end in an error at once behind the others.
  std::vector<FlowId> ways_out(NodeId node) const {
    const auto outgoing = graph_.outgoing(node);
    std::vector<FlowId> ways(outgoing.begin(), outgoing.end());
    std::stable_partition(ways.begin(), ways.end(), [&](FlowId flow) {
      const graph::Node& target = graph_[graph_[flow].target];
      return target.kind != ElementKind::end_event || target.trigger != Trigger::error;
    });
    return ways;
  }

  template <class F>
  bool any_variable(NodeId node, F is_it) const {
    for (const FlowId flow : graph_.outgoing(node))
      if (const feel::Expression* condition = expressions_.condition(flow))
        for (const std::string_view name : condition->variables())
          if (is_it(name)) return true;
    return false;
  }
  /// Some condition reads a variable that was not given with the run.
  bool looks_at_more_than_given(NodeId node) const {
    return any_variable(node,
                        [&](std::string_view name) { return options_.variables.find(name) == nullptr; });
  }
  /// Some condition reads a variable that is missing or null.
  bool looks_at_nothing(const Question& question) {
    const value::Scope& scope = variables(question);
    return any_variable(question.node, [&](std::string_view name) {
      const Value* found = scope.find(value::Key(name));
      return found == nullptr || found->is_null();
    });
  }

  /// The value of an expression, null with a note when it has none.
  Value evaluate(const feel::Expression& expression, const value::Scope& scope) {
    const Value value = feel::evaluate(expression, scope, workspace_);
    feel::report(expression, workspace_, result_.diagnostics);
    return value;
  }

  void count(Action& action) {
    const NodeId node = action.question.node;
    const value::Scope& scope = variables(action.question);
    if (const feel::Expression* collection = expressions_.collection(node)) {
      const Value items = evaluate(*collection, scope);
      if (items.is(value::Kind::list)) {
        action.count = static_cast<std::uint32_t>(items.items().size());
        data_.set_collection(state_, action.question.token.slot, items);
        begin_instances(action);
        return;
      }
    } else if (const feel::Expression* cardinality = expressions_.cardinality(node)) {
      const Value number = evaluate(*cardinality, scope);
      if (number.is(value::Kind::number)) {
        const auto whole = whole_number(number);
        if (!whole) {
          incident("loop-cardinality",
                   fmt::format("the number of instances of '{}' is no whole number from 0 up", label(node)),
                   node);
          return;
        }
        action.count = *whole;
        begin_instances(action);
        return;
      }
    }
    report(Severity::info, "undecided",
           fmt::format("nothing says how many instances '{}' has: one is taken", label(node)), node);
    action.count = 1;
    begin_instances(action);
  }

  void begin_instances(const Action& action) {
    data_.begin_instances(state_, action.question.token.slot, action.count);
    act(action);
  }

  static std::optional<std::uint32_t> whole_number(const Value& number) {
    const auto integer = number.decimal().to_integer();
    if (!integer || *integer < 0 || *integer > 0xfffffffell) return std::nullopt;
    return static_cast<std::uint32_t>(*integer);
  }

  void again(Action& action) {
    const NodeId node = action.question.node;
    if (graph_[node].asks_end) return instance_ends(action);
    const feel::Expression* condition = expressions_.loop_condition(node);
    std::optional<bool> holds;
    if (graph_[node].kind == graph::ElementKind::complex_gateway) {
      holds = data::activates(node, expressions_, state_, action.question.token.slot,
                              variables(action.question), workspace_);
      if (!holds && condition != nullptr) feel::report(*condition, workspace_, result_.diagnostics);
    } else if (condition != nullptr) {
      holds = feel::condition(*condition, variables(action.question), workspace_);
      if (!holds) feel::report(*condition, workspace_, result_.diagnostics);
    } else if (graph_[node].loop == graph::Loop::standard && graph_[node].loop_maximum != 0) {
      holds = true;  // without a condition only the maximum ends the loop
    }
    if (!holds && noted_.insert(node).second)
      report(Severity::info, "undecided",
             fmt::format("nothing decides whether '{}' is repeated: it is not", label(node)), node);
    action.count = holds.value_or(false) ? 1 : 0;
    act(action);
  }

  void instance_ends(Action& action) {
    const std::uint32_t token = action.question.token.slot;
    const NodeId node = action.question.node;
    data_.collect(state_, token, workspace_, result_.diagnostics);
    const data::InstanceTest test = data::test_instance(
        graph_, expressions_, node, variables(action.question), workspace_, result_.diagnostics);
    if (test.unknown && noted_.insert(node).second)
      report(Severity::info, "undecided",
             fmt::format("nothing decides whether '{}' is done early: it is not", label(node)), node);
    action.count = test.holds;
    if (semantics::ends_instances(state_, token, test.holds))
      data_.hand_over(state_, state_.scopes[action.question.scope.slot].host);
    act(action);
  }

  void work(Action& action) {
    const std::uint32_t token = action.question.token.slot;
    const NodeId node = action.question.node;
    const model::FlowNode& activity = written(node);
    data_.map_inputs(state_, token, workspace_, result_.diagnostics);
    if (const feel::Expression* script = expressions_.script(node)) {
      const Value value = evaluate(*script, data_.visible(state_, token));
      const std::string_view result = expressions_.script_result(node);
      if (!result.empty()) data_.assign(state_, token, result, value);
    } else if (activity.work.decision.written() && options_.decisions) {
      return ask_decision(activity, action);
    } else if (activity.kind == ElementKind::call_activity && options_.called) {
      if (!call(activity, node)) return;
    }
    data_.map_outputs(state_, token, workspace_, result_.diagnostics);
    act(action);
  }

  /// A decision that is not there, or that lacks the data that the tasks of a dry run do not leave, has no
  /// result.
  void ask_decision(const model::FlowNode& activity, const Action& action) {
    const std::uint32_t token = action.question.token.slot;
    const NodeId node = action.question.node;
    Diagnostics found;
    data::Decided decided = data::decide(activity, options_.decisions, false, variables(action.question),
                                         texts_, workspace_, found);
    if (decided.missing || (!decided.problem.empty() && decided.lacks_data)) {
      if (noted_.insert(node).second)
        report(Severity::info, "not-decided",
               fmt::format("the task completes by itself: {}", decided.problem), node);
      data_.map_outputs(state_, token, workspace_, result_.diagnostics);
      return act(action);
    }
    for (Diagnostic& each : found.list()) result_.diagnostics.add(std::move(each));
    if (!decided.problem.empty()) return incident("decision", decided.problem, node);
    for (const value::Entry& each : decided.variables.entries())
      data_.assign(state_, token, each.key.text(), each.value);
    data_.map_outputs(state_, token, workspace_, result_.diagnostics, decided.locals);
    act(action, std::move(decided.why));
  }

  /// Plays the called process; false when this instance stops because of it.
  bool call(const model::FlowNode& activity, NodeId node) {
    const DryRunOptions::Callee callee = options_.called(activity.called_element);
    if (callee.graph == nullptr) {
      if (noted_.insert(node).second)
        report(Severity::info, "not-called",
               fmt::format("process '{}' is not among the files: '{}' completes by itself",
                           activity.called_element, activity.label()),
               node);
      return true;
    }
    if (options_.depth >= deepest_call) {
      incident("call-depth",
               fmt::format("'{}' calls more than {} processes deep", activity.label(), deepest_call), node);
      return false;
    }
    DryRunOptions inner;
    inner.variables = data_.frames().root();
    inner.called = options_.called;
    inner.decisions = options_.decisions;
    inner.depth = options_.depth + 1;
    inner.step_limit = options_.step_limit - std::min(options_.step_limit, steps_);
    DryRunResult result = dry_run(*callee.definitions, *callee.graph, inner);
    steps_ += static_cast<std::uint32_t>(result.trace.size());
    for (Diagnostic& each : result.diagnostics.list()) result_.diagnostics.add(std::move(each));
    if (result.status == Status::completed) return true;
    incident("called-process",
             fmt::format("the process '{}' that '{}' calls did not complete", activity.called_element,
                         activity.label()),
             node);
    return false;
  }

  // --- time ---

  double due(const Question& question) {
    if (question.ask != Ask::event || !is_timer(question.node)) return now_;
    std::string text;
    if (const feel::Expression* expression = expressions_.timer(question.node)) {
      const Value value = evaluate(*expression, variables(question));
      if (value.is(value::Kind::days_time_duration))
        return now_ + static_cast<double>(value.days_time_duration().seconds);
      if (value.is(value::Kind::string)) text = std::string(value.text());
    } else {
      const auto& definitions = written(question.node).event_definitions;
      if (!definitions.empty()) {
        const model::EventDefinition& timer = definitions[0];
        text = std::string(timer.time_duration.written ? timer.time_duration.body : timer.time_cycle.body);
      }
    }
    return now_ + seconds_of(text);
  }

  /// Length of a duration or of the period of a repetition; 0 for dates and cron schedules, which are due at
  /// once.
  static double seconds_of(std::string_view text) {
    std::optional<value::Period> period = value::parse_period(text);
    if (!period)
      if (const auto repetition = value::parse_repetition(text)) period = repetition->period;
    if (!period) return 0;
    constexpr double seconds_per_month = 30.436875 * 86400;
    return std::max(0.0, static_cast<double>(period->years_months.months) * seconds_per_month +
                             static_cast<double>(period->days_time.seconds) +
                             static_cast<double>(period->days_time.nanoseconds) * 1e-9);
  }

  const model::Definitions& definitions_;
  const ProcessGraph& graph_;
  const DryRunOptions& options_;
  DryRunResult result_;
  data::Expressions expressions_;
  data::InstanceData data_;
  feel::Workspace workspace_;
  data::Texts texts_;
  semantics::State state_;
  semantics::Outcome outcome_;
  semantics::ScopeNames names_;
  std::deque<Open> open_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, NodeId>, std::uint32_t> rounds_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> activated_;  // by token
  std::set<NodeId> noted_, undecided_;
  std::uint32_t steps_ = 0;
  double now_ = 0;
};

}  // namespace

DryRunResult dry_run(const model::Definitions& definitions, const ProcessGraph& graph,
                     const DryRunOptions& options) {
  return DryRun(definitions, graph, options).run();
}

}  // namespace weir::execute
