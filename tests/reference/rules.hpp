// The rules of the reference token game: which moves a board allows.
#pragma once

#include <set>
#include <vector>

#include "tests/reference/board.hpp"
#include "tests/reference/plan.hpp"

namespace weir::reference {

/// One move of one token (or of one join), and everything that follows from it without a choice.
struct Move {
  Board after;
  std::set<int> ran;  // nodes that ran because of it
};

/// An instance begins at these nodes of the process.
Board begin(const Plan& plan, const std::vector<int>& starts);

/// Every move that is possible. None on a board that has not ended = deadlock.
std::vector<Move> moves(const Plan& plan, const Board& board);

/// How often a non-interrupting event happens per activation at most, to keep the game finite.
inline constexpr int most_events = 2;
/// Numbers of instances tried for a multi-instance activity.
inline constexpr int most_instances = 2;

}  // namespace weir::reference
