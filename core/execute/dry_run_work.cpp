// Work of a dry run: every task completes by itself, scripts and decisions are asked, called processes
// played.
#include <fmt/format.h>

#include <algorithm>

#include "core/data/declared.hpp"
#include "core/execute/called.hpp"
#include "core/execute/dry_player.hpp"
#include "core/value/print.hpp"

namespace weir::execute {

using graph::ElementKind;
using value::Value;

namespace {

constexpr int deepest_call = 30;

}  // namespace

void DryRun::work(Action& action) {
  const std::uint32_t token = action.question.token.slot;
  const NodeId node = action.question.node;
  const model::FlowNode& activity = written(node);
  data_.map_inputs(state_, token, workspace_, result_.diagnostics);
  if (const feel::Expression* script = expressions_.script(node)) {
    const Value value = evaluate(*script, data_.visible(state_, token));
    const std::string_view result = expressions_.script_result(node);
    if (!result.empty()) data_.assign(state_, token, result, value);
  } else if (!activity.work.assignments.empty()) {
    assign(activity, action.question);
  } else if (activity.work.decision.written() && options_.decisions) {
    return ask_decision(activity, action);
  } else if (activity.kind == ElementKind::call_activity && options_.called) {
    if (!call(activity, action.question)) return;
  }
  data_.map_outputs(state_, token, workspace_, result_.diagnostics);
  act(action);
}

void DryRun::assign(const model::FlowNode& script, const Question& question) {
  for (const model::Mapping& each : script.work.assignments) {
    workspace_.reset();
    const Value value =
        texts_.expression(each.source, variables(question), workspace_, result_.diagnostics, each.span);
    data_.assign(state_, question.token.slot, each.target, value);
  }
}

/// A decision that is not there, or that lacks the data that the tasks of a dry run do not leave, has no
/// result.
void DryRun::ask_decision(const model::FlowNode& activity, const Action& action) {
  const std::uint32_t token = action.question.token.slot;
  const NodeId node = action.question.node;
  Diagnostics found;
  data::Decided decided = data::decide(activity, options_.decisions, false, variables(action.question),
                                       texts_, workspace_, found);
  if (decided.missing || (!decided.problem.empty() && decided.lacks_data)) {
    if (noted_.insert(node).second)
      report(Severity::info, "not-decided", fmt::format("the task completes by itself: {}", decided.problem),
             node);
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

/// 10.5.6: an error that has left a called process is one of the call activity; false: nobody here catches
/// it.
bool DryRun::catches(DryRunResult& called, const Question& question) {
  if (!called.error) return false;
  const Action error = semantics::error_of(graph_, question, called.error->code);
  if (!semantics::catches(graph_, state_, error)) return false;
  for (const Diagnostic& each : called.diagnostics.list())
    if (each.severity != Severity::error) result_.diagnostics.add(each);
  act(error, called.error->message.empty() ? called.error->code : called.error->message,
      {true, called.error->code, called.error->message, {}});
  return true;
}

/// Plays the called process; false when it did not complete: nothing of the activity is left to do then.
bool DryRun::call(const model::FlowNode& activity, const Question& question) {
  const NodeId node = question.node;
  workspace_.reset();
  const Value called = texts_.text(activity.called_element, variables(question), workspace_,
                                   result_.diagnostics, activity.span);
  const std::string process = called.is_null() ? std::string() : value::to_text(called);
  const DryRunOptions::Callee callee = process.empty() ? DryRunOptions::Callee() : options_.called(process);
  if (callee.graph == nullptr) {
    if (noted_.insert(node).second)
      report(Severity::info, "not-called",
             process.empty() ? fmt::format("nothing says which process '{}' calls: it completes by itself",
                                           activity.label())
                             : fmt::format("process '{}' is not among the files: '{}' completes by itself",
                                           process, activity.label()),
             node);
    return true;
  }
  if (options_.depth >= deepest_call) {
    incident("call-depth",
             fmt::format("'{}' calls more than {} processes deep", activity.label(), deepest_call), node);
    return false;
  }
  DryRunOptions inner;
  const std::uint32_t token = question.token.slot;
  const value::Scope& visible = variables(question);
  const bool framed = data_.frames().has_frame(state_, token);
  inner.variables = given(definitions_, activity.call, visible,
                          framed ? data_.frames().local(token).entries() : std::span<const value::Entry>(),
                          workspace_, result_.diagnostics);
  data::add_defaults(*callee.definitions, inner.variables, workspace_);
  Result<value::Variables> typed =
      as_called(*callee.definitions, process, std::move(inner.variables), false, workspace_);
  if (!typed) {
    incident("called-process", typed.error().message, node);
    return false;
  }
  inner.variables = std::move(*typed);
  inner.called = options_.called;
  inner.decisions = options_.decisions;
  inner.depth = options_.depth + 1;
  inner.step_limit = options_.step_limit - std::min(options_.step_limit, steps_);
  DryRunResult result = dry_run(*callee.definitions, *callee.graph, inner);
  steps_ += static_cast<std::uint32_t>(result.trace.size());
  if (catches(result, question)) return false;
  for (Diagnostic& each : result.diagnostics.list()) result_.diagnostics.add(std::move(each));
  if (result.status == Status::completed) {
    const value::Variables results =
        returned(result.variables, definitions_, activity, workspace_, result_.diagnostics);
    // As with other results: output mappings choose, else all of them leave the activity.
    for (const value::Entry& each : results.entries())
      if (activity.outputs.empty())
        data_.assign(state_, token, each.key.text(), each.value);
      else
        data_.set_local(state_, token, each.key.text(), each.value);
    const value::Variables around =
        returned_around(result.variables, definitions_, activity, workspace_, result_.diagnostics);
    for (const value::Entry& each : around.entries())
      data_.frames().assign_around(state_, token, each.key.text(), each.value);
    return true;
  }
  result_.error = std::move(result.error);
  incident("called-process",
           fmt::format("the process '{}' that '{}' calls did not complete", process, activity.label()), node);
  return false;
}

}  // namespace weir::execute
