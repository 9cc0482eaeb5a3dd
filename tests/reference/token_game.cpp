// Explores all boards, keeps every move, and reads the verdicts off the finished graph by their definitions.
#include "tests/reference/token_game.hpp"

#include <deque>
#include <map>

#include "tests/reference/rules.hpp"

namespace weir::reference {

namespace {

struct Edge {
  std::size_t from = 0, to = 0;
  std::set<int> ran;
};

struct Explored {
  std::vector<Board> boards;
  std::vector<bool> open;  // not played on: limit, or unsafe
  std::vector<Edge> edges;
  bool complete = true;
};

class Less {
 public:
  bool operator()(const Board& a, const Board& b) const { return (a <=> b) < 0; }
};

Explored explore(const Plan& plan, const Limits& limits) {
  Explored all;
  std::map<Board, std::size_t, Less> number;
  const auto numbered = [&](const Board& board) {
    const auto [at, fresh] = number.emplace(board, all.boards.size());
    if (fresh) {
      all.boards.push_back(board);
      all.open.push_back(false);
    }
    return at->second;
  };
  // 13.2: an instance begins at one start event; without start events all nodes begin that nothing leads to.
  const std::vector<int> starts = plan.begins(-1);
  const bool explicit_starts = !starts.empty() && plan.node(starts[0]).kind == "start";
  if (explicit_starts)
    for (const int s : starts) numbered(begin(plan, {s}));
  else
    numbered(begin(plan, starts));
  for (std::size_t at = 0; at < all.boards.size(); ++at) {
    const bool full = all.boards.size() >= limits.states;
    if (full || (!limits.beyond_unsafe && !is_safe(all.boards[at]))) {
      all.open[at] = true;
      all.complete &= !full;
      continue;
    }
    for (const Move& move : moves(plan, all.boards[at]))
      all.edges.push_back({at, numbered(move.after), move.ran});
  }
  return all;
}

/// States from which (backward) or to which (forward) a chain of edges leads to one of `found`.
std::vector<bool> closure(const Explored& all, std::vector<bool> found, bool backward) {
  std::vector<std::vector<std::size_t>> next(all.boards.size());
  for (const Edge& edge : all.edges)
    backward ? next[edge.to].push_back(edge.from) : next[edge.from].push_back(edge.to);
  std::vector<std::size_t> todo;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (found[i]) todo.push_back(i);
  while (!todo.empty()) {
    const std::size_t at = todo.back();
    todo.pop_back();
    for (const std::size_t to : next[at])
      if (!found[to]) {
        found[to] = true;
        todo.push_back(to);
      }
  }
  return found;
}

bool runs_twice(const Explored& all, int end_event) {
  std::vector<bool> after(all.boards.size(), false);
  for (const Edge& edge : all.edges)
    if (edge.ran.contains(end_event)) after[edge.to] = true;
  after = closure(all, after, false);
  for (const Edge& edge : all.edges)
    if (edge.ran.contains(end_event) && after[edge.from]) return true;
  return false;
}

}  // namespace

Verdicts token_game(const test::Sketch& sketch, const Limits& limits) {
  const Plan plan(sketch);
  const Explored all = explore(plan, limits);
  Verdicts verdicts;
  verdicts.complete = all.complete;
  verdicts.states = all.boards.size();
  verdicts.moves = all.edges.size();

  std::vector<bool> moves_on = all.open;
  for (const Edge& edge : all.edges) moves_on[edge.from] = true;
  std::vector<bool> can_end = all.open;
  for (std::size_t i = 0; i < all.boards.size(); ++i) {
    verdicts.markings.insert(marking(sketch, all.boards[i]));
    verdicts.safe &= is_safe(all.boards[i]);
    verdicts.no_deadlock &= all.boards[i].ended || moves_on[i];
    if (all.boards[i].ended) can_end[i] = true;
  }
  for (const bool each : closure(all, can_end, true)) verdicts.option_to_complete &= each;

  std::set<int> ran;
  for (const Edge& edge : all.edges) ran.insert(edge.ran.begin(), edge.ran.end());
  for (std::size_t n = 0; n < sketch.nodes.size(); ++n) {
    const int id = static_cast<int>(n);
    if (!ran.contains(id)) verdicts.dead.insert(sketch.nodes[n].id);
    if (sketch.nodes[n].kind == "end" && sketch.nodes[n].parent < 0)
      verdicts.proper_completion &= !runs_twice(all, id);
  }
  return verdicts;
}

}  // namespace weir::reference
