// Chapter 13 of BPMN 2.0.2, one rule after the other. `Rules` looks at every token of a board and writes down
// each move that is possible; a `Turn` is one such move being made on a copy of the board. Slow on purpose:
// nothing is shared between two moves, so each can be read alone.
//
// A place is named by a path: the positions, scope by scope, of the tokens that host the scopes around it.
#include "tests/reference/rules.hpp"

#include "tests/reference/turn.hpp"

namespace weir::reference {

using test::SketchNode;

namespace {

class Rules {
 public:
  Rules(const Plan& plan, const Board& board) : plan_(plan), board_(board) {}

  std::vector<Move> all() {
    if (!board_.ended) look_at(board_.process, {});
    return std::move(moves_);
  }

 private:
  Turn turn() const { return {plan_, board_}; }
  void add(Turn& made) { moves_.push_back(made.done()); }

  void look_at(const Scope& scope, const Path& path) {
    for (std::size_t i = 0; i < scope.tokens.size(); ++i) {
      const Token& token = scope.tokens[i];
      switch (token.at) {
        case At::flow:
          enter(path, i, plan_.flow(token.id).target);
          break;
        case At::start:
          begin_node(path, i, token.id);
          break;
        case At::node:
          if (plan_.is_work(token.id) && token.inside.empty())
            work(path, i, token.id);
          else if (token.inside.empty())
            enter(path, i, token.id);
          break;
        case At::exit:
          choose(path, i, token.id);
          break;
        case At::count:
          for (int count = 0; count <= most_instances; ++count) {
            Turn made = turn();
            made.begin_instances(path, i, count);
            add(made);
          }
          break;
        case At::test:
          test(scope, path, i);
          break;
      }
      boundary_events(path, i, token);
      for (const Scope& inner : token.inside) look_at(inner, within(path, i));
    }
    if (scope.instances) return;
    for (const auto& [h, times] : scope.armed) event_sub(path, h, times);
    for (const int n : plan_.inside(scope.container))
      if (plan_.is_join(n)) join(scope, path, n);
  }

  /// 13.5.1: a start event that was triggered produces a token on each outgoing flow. Without start events
  /// the other nodes begin as if a token had come.
  void begin_node(const Path& path, std::size_t i, int n) {
    if (plan_.node(n).kind != "start") return enter(path, i, n);
    pass(path, i, n);
  }

  /// The token is in front of node n (or in it, when it began there).
  void enter(const Path& path, std::size_t i, int n) {
    const std::string& kind = plan_.node(n).kind;
    if (plan_.is_join(n)) return;  // see join()
    if (plan_.is_work(n) && plan_.at_once(n)) return work(path, i, n);
    if (plan_.is_activity(n)) {
      Turn made = turn();
      made.remove(path, i);
      made.enter_activity(path, n);
      return add(made);
    }
    if (kind == "end") return end(path, i, n);
    if (kind == "event-gateway") return event_gateway(path, i, n);
    if ((kind == "xor" || kind == "or") && (plan_.out(n).size() > 1 || plan_.has_conditions(n)))
      return choose(path, i, n);
    if (kind == "throw" && plan_.node(n).trigger == "link") return jump(path, i, n);
    if (kind == "throw" && plan_.node(n).trigger == "signal") return signal(path, i, n);
    pass(path, i, n);  // catch: it happens. throw, merge, gateway without choice: goes on
  }

  /// The token leaves n by all outgoing flows.
  void pass(const Path& path, std::size_t i, int n) {
    Turn made = turn();
    made.runs(n);
    made.remove(path, i);
    made.leave(path, n);
    add(made);
  }

  /// 13.4.2, 13.4.3, 13.3.2: one move for each way the decision can go.
  void choose(const Path& path, std::size_t i, int n) {
    for (const std::vector<int>& flows : plan_.choices(n)) {
      Turn made = turn();
      made.runs(n);
      made.remove(path, i);
      made.put_on(path, flows);
      add(made);
    }
  }

  /// 13.4.4: the first event decides; gateway, event and leaving the event are one move.
  void event_gateway(const Path& path, std::size_t i, int n) {
    for (const int f : plan_.out(n)) {
      Turn made = turn();
      made.catch_happens(path, i, plan_.flow(f).target);
      add(made);
    }
  }

  /// 13.5.2: a link is a "go to" inside one level of the process.
  void jump(const Path& path, std::size_t i, int n) {
    const int target = plan_.link_target(n);
    Turn made = turn();
    made.runs(n);
    made.runs(target);
    made.remove(path, i);
    made.leave(path, target);
    add(made);
  }

  /// 10.5.1: a signal is broadcast; it reaches those who wait for it now, before its thrower goes on.
  void signal(const Path& path, std::size_t i, int n) {
    Turn made = turn();
    made.runs(n);
    made.broadcast(path, i, n);
    add(made);
  }

  /// 13.5.6.
  void end(const Path& path, std::size_t i, int n) {
    if (plan_.node(n).trigger == "signal") return signal(path, i, n);
    Turn made = turn();
    made.runs(n);
    made.remove(path, i);
    if (plan_.node(n).trigger == "terminate")
      made.terminate(path);
    else if (plan_.node(n).trigger == "error")
      made.raise(path, nullptr, plan_.node(n).code);
    else
      made.close_finished(path);
    add(made);
  }

  /// 13.3.3: the work of a task or called process is done, or ends with an error.
  void work(const Path& path, std::size_t i, int n) {
    Turn made = turn();
    made.runs(n);
    if (plan_.at_once(n)) {
      made.remove(path, i);
      made.leave(path, n);
    } else {
      made.body_done(path, i);
    }
    add(made);
    for (const std::string& code : plan_.errors(n)) {
      Turn failed = turn();
      failed.runs(n);
      failed.raise(path, &i, code);
      add(failed);
    }
  }

  /// 13.3.6 loop condition, 13.3.7 completion condition: either answer.
  void test(const Scope& scope, const Path& path, std::size_t i) {
    Turn yes = turn();
    Turn no = turn();
    if (scope.instances) {
      yes.terminate(path);  // the other instances are cancelled
      no.instance_done(path, i);
    } else {
      yes.again(path, i);
      no.activity_done(path, i);
    }
    add(yes);
    add(no);
  }

  void boundary_events(const Path& path, std::size_t i, const Token& token) {
    for (const auto& [b, times] : token.armed) {
      const SketchNode& event = plan_.node(b);
      if (event.trigger == "error" || (!event.interrupting && times >= most_events)) continue;
      Turn made = turn();
      made.boundary_happens(path, i, b);
      add(made);
    }
  }

  void event_sub(const Path& path, int h, int times) {
    const SketchNode& start = plan_.node(plan_.trigger_of(h));
    if (start.trigger == "error" || (!start.interrupting && times >= most_events)) return;
    Turn made = turn();
    made.event_sub_happens(path, h);
    add(made);
  }

  /// A gateway that waits. Parallel (table 13.1): "there is at least one token on each incoming flow".
  void join(const Scope& scope, const Path& path, int n) {
    std::set<int> marked;
    for (const Token& token : scope.tokens)
      if (token.at == At::flow && plan_.flow(token.id).target == n) marked.insert(token.id);
    const bool parallel = plan_.node(n).kind == "and";
    if (marked.empty()) return;
    if (parallel ? marked.size() < plan_.in(n).size() : !inclusive_may_fire(scope, n, marked)) return;
    Turn made = turn();
    made.runs(n);
    made.consume_one_of_each(path, n);
    if (!parallel && (plan_.out(n).size() > 1 || plan_.has_conditions(n)))
      made.put(path, At::exit, n);
    else
      made.leave(path, n);
    add(made);
  }

  /// Table 13.3 as corrected by OMG issue BPMN2-289. For every path that begins with a flow f that has a
  /// token, ends with an incoming flow of the gateway that has none and does not visit the gateway, there is
  /// also such a path from f to an incoming flow that has a token. A token inside a node counts as on a flow
  /// in front of it: all ways out of the node are open. When only the choice of outgoing flows is left (in
  /// chapter 13 that is one act with what went before), it counts as on any one of them.
  bool inclusive_may_fire(const Scope& scope, int gateway, const std::set<int>& marked) const {
    for (const Token& token : scope.tokens) {
      if (token.at == At::flow && holds_back(plan_.reach(token.id, gateway), gateway, marked)) return false;
      if (token.at == At::exit) {
        for (const int f : plan_.out(token.id))
          if (holds_back(plan_.reach(f, gateway), gateway, marked)) return false;
      } else if (token.at != At::flow) {
        std::set<int> reached;
        for (const int f : plan_.onward(token.id)) reached.merge(plan_.reach(f, gateway));
        if (holds_back(reached, gateway, marked)) return false;
      }
    }
    return true;
  }

  bool holds_back(const std::set<int>& reached, int gateway, const std::set<int>& marked) const {
    bool to_empty = false, to_marked = false;
    for (const int f : plan_.in(gateway))
      if (reached.contains(f)) (marked.contains(f) ? to_marked : to_empty) = true;
    return to_empty && !to_marked;
  }

  const Plan& plan_;
  const Board& board_;
  std::vector<Move> moves_;
};

}  // namespace

Board begin(const Plan& plan, const std::vector<int>& starts) {
  Turn turn(plan, Board{});
  Scope process;
  for (const int h : plan.event_subs(-1)) process.armed[h] = 0;
  turn.begin_scope(process, starts);
  turn.begin_scope(process, plan.begins_beside(-1));
  turn.scope({}) = process;
  turn.close_finished({});
  return turn.done().after;
}

std::vector<Move> moves(const Plan& plan, const Board& board) {
  return Rules(plan, board).all();
}

}  // namespace weir::reference
