// Where the pieces of the reference token game stand: tokens in scopes, scopes in tokens. Plain values that
// can be copied, compared and printed; no sharing, no ids, nothing clever.
#pragma once

#include <compare>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/sketch.hpp"

namespace weir::reference {

/// What a token does. The first word of a place in core/semantics/marking.hpp.
enum class At { flow, start, node, exit, count, test };

struct Scope;

struct Token {
  At at = At::flow;
  int id = -1;                // a flow of the sketch for At::flow, else a node
  int rounds = 0;             // standard loop with a maximum: how often it has run
  std::map<int, int> armed;   // boundary event of a running activity -> how often it has happened
  std::vector<Scope> inside;  // what runs inside: nothing or one scope

  // Only while a signal is on its way, never in a finished board:
  std::set<int> due;      // the signal reaches these boundary events, or this catch event
  bool throwing = false;  // it comes from here
};

/// One activation of the process (container -1) or of a sub-process, or the set of instances of a
/// multi-instance activity (whose tokens are the instances).
struct Scope {
  int container = -1;
  bool instances = false;
  int waiting = 0;           // sequential multi-instance: instances not yet begun
  std::map<int, int> armed;  // event sub-process -> how often it has happened
  std::vector<Token> tokens;

  std::set<int> due;  // as in Token: event sub-processes
};

struct Board {
  Scope process;
  bool ended = false;
};

std::strong_ordering operator<=>(const Token& a, const Token& b);
std::strong_ordering operator<=>(const Scope& a, const Scope& b);
std::strong_ordering operator<=>(const Board& a, const Board& b);

/// Sorts tokens so that boards that differ only in the order of tokens become equal.
void sort_tokens(Scope& scope);

/// Sorted, the same text as semantics::marking().
std::vector<std::string> marking(const test::Sketch& sketch, const Board& board);

/// True when no flow holds two tokens of one scope.
bool is_safe(const Board& board);

}  // namespace weir::reference
