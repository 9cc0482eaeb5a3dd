// Steps of weir.trace/1 <-> what the semantics do: the one step format of witnesses, `run --trace` and
// journals.
//
//   ask       element                     answer
//   start     start event or process      empty, or "step" for Pace::step
//   flows     node                        flow ids, one blank between them
//   count     activity                    a number
//   again     activity, complex gateway   true, false
//   activate  ad-hoc sub-process          node ids, then "more" when it stays open
//   work      activity                    done, error [CODE], escalation [CODE], cancel
//   event     event                       happens
//   move      flow, gateway, start event  -          (Pace::step only: this token goes on)
//   modify    process                     "-a +b": tokens at a are cancelled, one begins at b (modify.hpp)
//
// A scope is named by its path of containers, "p/review"; when a run opens more than one with the same path
// the later ones are "p/review#2", "#3" ... When several open questions of one scope fit a step, "a" is the
// one in the lowest slot and "a#2" the next. Both are the same in every run, because runs are deterministic.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/result.hpp"
#include "core/semantics/modify.hpp"
#include "core/semantics/semantics.hpp"

namespace weir::semantics {

/// One thing that can be done in a state.
struct Action {
  enum class Kind : std::uint8_t { start, answer, move, modify } kind = Kind::answer;
  NodeId start = NodeId::none;  // start
  Pace pace = Pace::rest;       // start
  TokenId token;                // move
  Question question;            // answer
  std::vector<FlowId> flows;
  std::vector<NodeId> nodes;  // activate
  Modification modification;  // modify
  std::uint32_t count = 0;
  Reply reply = Reply::done;
  CodeId code = CodeId::none;
};

/// Does it.
void perform(const ProcessGraph& graph, const Action& action, State& state, Outcome& outcome);

/// The answer that work has ended with an error of this code, which the model may not know.
Action error_of(const ProcessGraph& graph, const Question& question, std::string_view code);

/// Whether that error is caught.
bool catches(const ProcessGraph& graph, const State& state, const Action& error);

/// Gives scopes their names as a run opens them. Call update() after every step, with its outcome.
class ScopeNames {
 public:
  /// Costs what the step opened when the outcome has a trace, else a look at every scope; the names are the
  /// same.
  void update(const ProcessGraph& graph, const State& state, const Outcome& outcome);
  /// Name of an open scope.
  [[nodiscard]] const std::string& name(std::uint32_t scope) const;
  /// How many scopes of each path a run has opened: what must be kept besides the names of open ones.
  [[nodiscard]] const std::unordered_map<std::string, std::uint32_t>& opened() const { return opened_; }
  void restore_name(std::uint32_t scope, std::uint32_t generation, std::string name);
  void restore_opened(std::string path, std::uint32_t times) { opened_[std::move(path)] = times; }

 private:
  struct Named {
    std::uint32_t generation = 0xffffffffu;
    std::string name;
  };
  std::vector<Named> by_slot_;
  std::vector<std::uint32_t> opened_slots_;
  std::unordered_map<std::string, std::uint32_t> opened_;
};

/// The step that describes an action that is possible in `state`.
TraceStep describe(const ProcessGraph& graph, const State& state, const ScopeNames& names,
                   const Action& action);
/// The action a step asks for; an error says what is not possible here.
Result<Action> resolve(const ProcessGraph& graph, const State& state, const ScopeNames& names,
                       const TraceStep& step);

}  // namespace weir::semantics
