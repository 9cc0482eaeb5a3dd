// States that are equal as bytes behave alike, so an action that leads a live state to the next canonical
// state of the path always exists; the first one in the order of Actions is taken.
#include "core/verify/witness.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/semantics/marking.hpp"

namespace weir::verify {

using semantics::Action;
using semantics::Question;
using semantics::State;
using semantics::TokenId;

WitnessPlayer::WitnessPlayer(const graph::ProcessGraph& graph, Actions& actions, Canonical& canonical)
    : graph_(graph), actions_(actions), canonical_(canonical) {
  outcome_.pace = semantics::Pace::step;
  outcome_.want_trace = true;
}

void WitnessPlayer::act(const Action& action) {
  witness_.steps.push_back(semantics::describe(graph_, live_, names_, action));
  semantics::perform(graph_, action, live_, outcome_);
  names_.update(graph_, live_, outcome_);
}

bool WitnessPlayer::is(const State& state, const std::vector<std::uint8_t>& wanted) {
  key_.clear();
  canonical_.encode(state, key_);
  return key_ == wanted;
}

void WitnessPlayer::go_to(const std::vector<std::uint8_t>& state) {
  act(find([&](const State& after) { return is(after, state); }));
}

void WitnessPlayer::go_to(const std::vector<std::uint8_t>& state, NodeId ended) {
  act(find([&](const State& after) {
    return is(after, state) &&
           std::any_of(outcome_.trace.begin(), outcome_.trace.end(), [&](const semantics::Happened& each) {
             return each.what == semantics::What::ended && each.node == ended;
           });
  }));
}

template <class F>
Action WitnessPlayer::find(F is_it) {
  Action found;
  bool done = false;
  const auto consider = [&](auto&& go, auto&& fill) {
    if (done) return;
    next_ = live_;
    go();
    if (!is_it(next_)) return;
    fill();
    done = true;
  };
  actions_.for_each(
      live_,
      [&](TokenId token) {
        consider([&] { semantics::move(graph_, token, next_, outcome_); },
                 [&] {
                   found.kind = Action::Kind::move;
                   found.token = token;
                 });
      },
      [&](const Question& question, const semantics::Answer& answer) {
        consider([&] { semantics::answer(graph_, question, answer, next_, outcome_); },
                 [&] {
                   found.kind = Action::Kind::answer;
                   found.question = question;
                   found.flows.assign(answer.flows.begin(), answer.flows.end());
                   found.nodes.assign(answer.nodes.begin(), answer.nodes.end());
                   found.count = answer.count;
                   found.reply = answer.reply;
                   found.code = answer.code;
                 });
      });
  WEIR_CHECK(done);
  return found;
}

Witness WitnessPlayer::take() {
  witness_.marking = semantics::marking(graph_, live_);
  return std::move(witness_);
}

}  // namespace weir::verify
