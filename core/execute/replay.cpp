// Resolves each step against the state it meets and performs it.
#include <fmt/format.h>

#include "core/execute/dry_run.hpp"
#include "core/semantics/marking.hpp"
#include "core/semantics/trace.hpp"

namespace weir::execute {

ReplayResult replay(const graph::ProcessGraph& graph, const std::vector<TraceStep>& steps) {
  ReplayResult out;
  semantics::State state;
  semantics::Outcome outcome;
  outcome.want_trace = true;
  semantics::ScopeNames names;
  for (const TraceStep& step : steps) {
    const bool first = out.steps == 0;
    if (first != (step.ask == "start")) {
      out.error = first ? "the first step must be a start" : "only the first step may be a start";
      break;
    }
    const auto action = semantics::resolve(graph, state, names, step);
    if (!action) {
      out.error = action.error().message;
      break;
    }
    semantics::perform(graph, *action, state, outcome);
    names.update(graph, state, outcome);
    ++out.steps;
    out.end = outcome.end;
    if (outcome.end != semantics::End::running && out.steps < steps.size()) {
      out.error = "the instance has ended before this step";
      break;
    }
  }
  out.at = semantics::marking(graph, state);
  std::vector<semantics::Question> questions;
  std::vector<semantics::TokenId> moves;
  semantics::open_questions(graph, state, questions);
  semantics::open_moves(graph, state, moves);
  out.stuck = !out.at.empty() && questions.empty() && moves.empty();
  return out;
}

}  // namespace weir::execute
