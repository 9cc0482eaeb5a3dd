// The reference: BPMN's token game written from chapter 13 of BPMN 2.0.2 (and the definitions of properties
// in weir's verifier) with nothing in mind but being right. It shares no code with core/semantics,
// core/graph or core/verify, so that what they agree on has been said twice. Every single move of every
// token is a transition; all interleavings are explored.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "tests/support/sketch.hpp"

namespace weir::reference {

struct Limits {
  std::size_t states = 20'000;
  bool beyond_unsafe = true;  // false: states in which a flow holds two tokens are not played on
};

struct Verdicts {
  bool complete = true;  // false: the limit was reached, the rest describes what was seen
  std::size_t states = 0, moves = 0;
  std::set<std::vector<std::string>> markings;  // as semantics::marking(); the empty one = ended
  bool safe = true;                             // no flow ever holds two tokens of one scope
  bool no_deadlock = true;                      // a state without a move has ended
  bool option_to_complete = true;               // the end can be reached from every state
  bool proper_completion = true;                // no end event of the process itself runs twice in one run
  std::set<std::string> dead;                   // ids of nodes that never run
};

/// Explores the process of a sketch from each of its start events.
Verdicts token_game(const test::Sketch& sketch, const Limits& limits = {});

}  // namespace weir::reference
