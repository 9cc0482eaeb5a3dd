#include <fmt/format.h>

#include <algorithm>

#include "core/data/catchers.hpp"
#include "core/execute/dry_player.hpp"
#include "core/semantics/marking.hpp"

namespace weir::execute {

using graph::ProcessGraph;
using graph::Trigger;
using semantics::Ask;
using semantics::End;

namespace {

constexpr std::size_t most_tokens = 1'000'000;

}  // namespace

DryRun::DryRun(const model::Definitions& definitions, const ProcessGraph& graph, const DryRunOptions& options)
    : definitions_(definitions),
      graph_(graph),
      options_(options),
      expressions_(data::Expressions::compile(definitions, graph, result_.diagnostics)),
      data_(definitions, graph, expressions_) {
  data_.frames().root() = options.variables;
  outcome_.want_trace = true;  // it tells which scopes a step opened
}

DryRunResult DryRun::run() {
  Action action;
  action.kind = Action::Kind::start;
  action.start = start_node();
  if (action.start == NodeId::none) {
    incident("no-start", "nothing in this process can start an instance", definitions_[graph_.process].span,
             graph_.id);
    return finish();
  }
  if (action.start != graph::process_node && graph_[action.start].trigger != Trigger::none)
    data_.receive_in_scope(state_, semantics::no_slot, written(action.start), {}, workspace_,
                           result_.diagnostics);
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
    const std::string code = outcome_.error == CodeId::none ? "" : graph_.codes[index(outcome_.error)];
    result_.error = UncaughtError{code, thrown_message_};
    report(Severity::error, "uncaught-error",
           fmt::format("error{} of '{}' is caught by nobody",
                       code.empty() ? "" : fmt::format(" \"{}\"", code), label(outcome_.failed_at)),
           outcome_.failed_at);
  }
  return finish();
}

NodeId DryRun::start_node() const {
  if (options_.start != NodeId::none) return options_.start;
  const auto starts = graph_.instance_starts();
  for (const NodeId node : starts)
    if (node == graph::process_node || graph_[node].trigger == Trigger::none) return node;
  return starts.empty() ? NodeId::none : starts[0];
}

void DryRun::act(const Action& action, std::string why, data::ThrownData thrown) {
  result_.trace.push_back(semantics::describe(graph_, state_, names_, action));
  result_.why.push_back(std::move(why));
  data_.look_around(state_, action);
  semantics::perform(graph_, action, state_, outcome_);
  names_.update(graph_, state_, outcome_);
  for (const Question& each : outcome_.withdrawn)
    std::erase_if(open_, [&](const Open& open) { return open.question == each; });
  thrown_message_ = data::give_to_catchers(definitions_, graph_, state_, outcome_.trace, std::move(thrown),
                                           data_, texts_, workspace_, result_.diagnostics);
  data_.keep_for_compensation(state_, outcome_);
  data_.map_sub_processes(state_, outcome_.trace, workspace_, result_.diagnostics);
  for (const Question& each : outcome_.opened) open_.push_back({each, due(each)});
}

DryRunResult DryRun::finish() {
  result_.at = semantics::marking(graph_, state_);
  result_.variables = std::move(data_.frames().root());
  return std::move(result_);
}

Diagnostic& DryRun::report(Severity severity, std::string code, std::string message, NodeId node) {
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

void DryRun::incident(std::string code, std::string message, Span span, std::string element) {
  result_.status = Status::incident;
  Diagnostic& made = result_.diagnostics.error(std::move(code), std::move(message), span, std::move(element));
  made.group = "run";
}

void DryRun::incident(std::string code, std::string message, NodeId node) {
  result_.status = Status::incident;
  report(Severity::error, std::move(code), std::move(message), node);
}

void DryRun::runaway() {
  incident("step-limit",
           fmt::format("the instance does not come to rest: more than {} steps", options_.step_limit),
           graph::process_node);
}

void DryRun::deadlock() {
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

bool DryRun::answer_next() {
  for (std::size_t i = 0; i < open_.size(); ++i)
    if (open_[i].question.ask == Ask::activate) {
      if (activate(i)) return true;
    } else if (open_[i].question.ask != Ask::event) {
      const Question question = take(i);
      answer(question);
      return true;
    }
  const std::optional<std::size_t> best = next_event();
  if (!best) return false;
  now_ = std::max(now_, open_[*best].due);
  happen(take(*best));
  return true;
}

DryRun::Question DryRun::take(std::size_t at) {
  const Question question = open_[at].question;
  open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(at));
  // The other events of an event-based gateway are withdrawn by the semantics.
  return question;
}

void DryRun::answer(const Question& question) {
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

DryRunResult dry_run(const model::Definitions& definitions, const ProcessGraph& graph,
                     const DryRunOptions& options) {
  return DryRun(definitions, graph, options).run();
}

}  // namespace weir::execute
