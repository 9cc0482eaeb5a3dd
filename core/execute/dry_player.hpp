// The player of `weir run --dry-run`, see dry_run.hpp: one queue of open questions, oldest first. Decisions
// and work are answered at once; when only events are left, the one that is due first happens (messages and
// signals are due now); armed events happen only when nothing else can, and then only timers do so by
// themselves. Nothing open and tokens left: deadlock.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "core/data/catchers.hpp"
#include "core/data/expressions.hpp"
#include "core/data/instance_data.hpp"
#include "core/data/texts.hpp"
#include "core/execute/dry_run.hpp"
#include "core/semantics/trace.hpp"

namespace weir::execute {

class DryRun {
 public:
  DryRun(const model::Definitions& definitions, const graph::ProcessGraph& graph,
         const DryRunOptions& options);
  DryRun(const DryRun&) = delete;
  DryRun& operator=(const DryRun&) = delete;

  DryRunResult run();

 private:
  using Action = semantics::Action;
  using Question = semantics::Question;
  struct Open {
    Question question;
    double due = 0;  // seconds of virtual time, for events
  };

  // dry_run.cpp: the queue and what is said about the run.
  [[nodiscard]] NodeId start_node() const;
  void act(const Action& action, std::string why = {}, data::ThrownData thrown = {});
  bool answer_next();
  void answer(const Question& question);
  Question take(std::size_t at);
  DryRunResult finish();
  Diagnostic& report(Severity severity, std::string code, std::string message, NodeId node);
  void incident(std::string code, std::string message, Span span, std::string element);
  void incident(std::string code, std::string message, NodeId node);
  void runaway();
  void deadlock();
  [[nodiscard]] const model::FlowNode& written(NodeId node) const {
    return definitions_[graph_.origin[index(node)]];
  }
  [[nodiscard]] std::string label(NodeId node) const {
    return node == NodeId::none || node == graph::process_node ? graph_.id : written(node).label();
  }

  // dry_run_choices.cpp: what data decides.
  void decide(Action& action);
  [[nodiscard]] std::vector<FlowId> ways_out(NodeId node) const;
  template <class F>
  bool any_variable(NodeId node, F is_it) const;
  [[nodiscard]] bool looks_at_more_than_given(NodeId node) const;
  bool looks_at_nothing(const Question& question);
  void count(Action& action);
  void begin_instances(const Action& action);
  void again(Action& action);
  void instance_ends(Action& action);
  bool activate(std::size_t at);
  value::Value evaluate(const feel::Expression& expression, const value::Scope& scope);
  const value::Scope& variables(const Question& question) {
    return data_.visible(state_, question.token.slot);
  }

  // dry_run_work.cpp: tasks, decisions and called processes.
  void work(Action& action);
  void assign(const model::FlowNode& script, const Question& question);
  void ask_decision(const model::FlowNode& activity, const Action& action);
  bool call(const model::FlowNode& activity, const Question& question);
  bool catches(DryRunResult& called, const Question& question);

  // dry_run_events.cpp: what happens when.
  [[nodiscard]] std::optional<std::size_t> next_event() const;
  void happen(const Question& question);
  double due(const Question& question);
  [[nodiscard]] bool is_armed(const Question& question) const {
    return state_.tokens[question.token.slot].phase == semantics::Phase::armed;
  }

  const model::Definitions& definitions_;
  const graph::ProcessGraph& graph_;
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
  std::string thrown_message_;  // of the error that nobody has caught
  std::uint32_t steps_ = 0;
  double now_ = 0;
};

}  // namespace weir::execute
