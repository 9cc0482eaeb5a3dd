// Chapter 13 of BPMN 2.0.2, one rule after the other. `Rules` looks at every token of a board and writes down
// each move that is possible; a `Turn` is one such move being made on a copy of the board. Slow on purpose:
// nothing is shared between two moves, so each can be read alone.
//
// A place is named by a path: the positions, scope by scope, of the tokens that host the scopes around it.
#include "tests/reference/rules.hpp"

namespace weir::reference {

using test::SketchNode;

namespace {

using Path = std::vector<std::size_t>;

Path within(Path path, std::size_t host) {
  path.push_back(host);
  return path;
}

class Turn {
 public:
  Turn(const Plan& plan, const Board& board) : plan_(plan), move_{board, {}} {}

  Move done() {
    if (move_.after.ended) move_.after.process = Scope{};
    sort_tokens(move_.after.process);
    return std::move(move_);
  }

  void runs(int n) { move_.ran.insert(n); }

  Scope& scope(const Path& path) {
    Scope* at = &move_.after.process;
    for (const std::size_t host : path) at = &at->tokens[host].inside.front();
    return *at;
  }
  Token& token(const Path& path, std::size_t i) { return scope(path).tokens[i]; }

  void put(const Path& path, At at, int id) {
    Token token;
    token.at = at;
    token.id = id;
    scope(path).tokens.push_back(token);
  }
  void put_on(const Path& path, const std::vector<int>& flows) {
    for (const int f : flows) put(path, At::flow, f);
  }
  void remove(const Path& path, std::size_t i) {
    std::vector<Token>& tokens = scope(path).tokens;
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i));
  }

  /// 13.4.1 parallel, 13.4.3 inclusive join: "consumes exactly one token from each incoming sequence flow
  /// that has a token".
  void consume_one_of_each(const Path& path, int gateway) {
    for (const int f : plan_.in(gateway)) {
      const std::vector<Token>& tokens = scope(path).tokens;
      for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].at != At::flow || tokens[i].id != f) continue;
        remove(path, i);
        break;
      }
    }
  }

  /// Node n has run and its token is gone: tokens for all outgoing flows, or the question which ones. A node
  /// without outgoing flow ends its token.
  void leave(const Path& path, int n) {
    if (plan_.is_activity(n) && plan_.has_conditions(n))
      put(path, At::exit, n);
    else
      put_on(path, plan_.out(n));
    close_finished(path);
  }

  /// 13.3.4, 13.2: a scope is complete when no token is left in it. Its host then goes on at once, which may
  /// complete the next scope.
  void close_finished(Path path) {
    if (move_.after.ended || !scope(path).tokens.empty()) return;
    if (path.empty()) {
      move_.after.ended = true;
      return;
    }
    const std::size_t host = path.back();
    const bool instances = scope(path).instances;
    path.pop_back();
    if (instances)
      activity_done(path, host);
    else
      body_done(path, host);
  }

  /// 13.3.2: a token enters an activity; its boundary events wait from now on (13.5.3).
  void enter_activity(const Path& path, int n) {
    runs(n);
    Token token;
    token.at = At::node;
    token.id = n;
    for (const int b : plan_.boundaries(n)) token.armed[b] = 0;
    const std::string& loop = plan_.node(n).loop;
    if (loop == "loop-before") token.at = At::test;
    if (loop == "mi" || loop == "mi-sequential") token.at = At::count;
    scope(path).tokens.push_back(token);
    if (token.at == At::node) run_body(path, scope(path).tokens.size() - 1);
  }

  /// What the activity does once: a task works, a sub-process opens its scope (13.3.4).
  void run_body(const Path& path, std::size_t i) {
    const int n = token(path, i).id;
    if (plan_.is_work(n)) return;
    Scope inner;
    inner.container = n;
    if (plan_.node(n).kind == "event-sub") {
      Token start;
      start.at = At::start;
      start.id = plan_.trigger_of(n);
      inner.tokens.push_back(start);
    } else {
      begin_scope(inner, plan_.begins(n));
    }
    for (const int h : plan_.event_subs(n)) inner.armed[h] = 0;
    token(path, i).inside = {inner};
    close_finished(within(path, i));
  }

  void begin_scope(Scope& inner, const std::vector<int>& starts) {
    for (const int s : starts) {
      Token token;
      token.at = plan_.at_once(s) ? At::node : At::start;
      token.id = s;
      inner.tokens.push_back(token);
    }
  }

  /// The body of an activity, or of one instance of it, is done. 13.3.6: a standard loop asks its condition
  /// again, unless it has run as often as it may. 13.3.7: the completion condition is looked at whenever an
  /// instance completes.
  void body_done(const Path& path, std::size_t i) {
    Token& token = this->token(path, i);
    const SketchNode& node = plan_.node(token.id);
    token.inside.clear();
    if (node.kind == "event-sub") {
      remove(path, i);
      close_finished(path);
    } else if (scope(path).instances) {
      if (node.until)
        token.at = At::test;
      else
        instance_done(path, i);
    } else if (node.loop.starts_with("loop")) {
      if (node.maximum > 0 && ++token.rounds >= node.maximum)
        activity_done(path, i);
      else
        token.at = At::test;
    } else {
      activity_done(path, i);
    }
  }

  void instance_done(const Path& path, std::size_t i) {
    const int n = token(path, i).id;
    remove(path, i);
    if (scope(path).waiting > 0) {
      --scope(path).waiting;
      begin_instance(path, n);
    } else {
      close_finished(path);
    }
  }

  /// 13.3.7: all instances at once, or one after the other; none at all completes the activity.
  void begin_instances(const Path& path, std::size_t i, int count) {
    const int n = token(path, i).id;
    if (count == 0) return activity_done(path, i);
    token(path, i).at = At::node;
    Scope instances;
    instances.container = n;
    instances.instances = true;
    const bool sequential = plan_.node(n).loop == "mi-sequential";
    instances.waiting = sequential ? count - 1 : 0;
    token(path, i).inside = {instances};
    // An instance without content is over while it begins; the scope must not be taken for finished then.
    for (int k = 0; k < (sequential ? 1 : count); ++k) put(within(path, i), At::node, n);
    for (int k = sequential ? 1 : count; k-- > 0;) run_body(within(path, i), static_cast<std::size_t>(k));
  }

  void begin_instance(const Path& path, int n) {
    put(path, At::node, n);
    run_body(path, scope(path).tokens.size() - 1);
  }

  void activity_done(const Path& path, std::size_t i) {
    const int n = token(path, i).id;
    remove(path, i);
    leave(path, n);
  }

  /// 13.5.3: a boundary event happens. Interrupting: the activity ends with everything inside it.
  void boundary_happens(const Path& path, std::size_t i, int b) {
    runs(b);
    if (plan_.node(b).interrupting)
      remove(path, i);
    else
      ++token(path, i).armed[b];
    put_on(path, plan_.out(b));
    close_finished(path);
  }

  /// 13.5.4: an event sub-process starts beside the other tokens of its scope, or instead of them; then no
  /// other event sub-process of the scope can start any more.
  void event_sub_happens(const Path& path, int h) {
    runs(h);
    if (plan_.node(plan_.trigger_of(h)).interrupting) {
      scope(path).tokens.clear();
      scope(path).armed.clear();
    } else {
      ++scope(path).armed[h];
    }
    put(path, At::node, h);
    run_body(path, scope(path).tokens.size() - 1);
  }

  /// 13.5.6 terminate: all tokens of the scope are gone and it is complete.
  void terminate(const Path& path) {
    scope(path).tokens.clear();
    close_finished(path);
  }

  /// 10.5.6, 13.5: an error looks for its catcher from the inside out. `activity` = position of the token of
  /// the activity that fails, none for an error end event. On each level a catcher of exactly this code goes
  /// before one of all errors.
  void raise(Path path, const std::size_t* activity, const std::string& code) {
    if (activity && caught_by_boundary(path, *activity, code)) return;
    int from = -1;  // the event sub-process that the error comes out of does not catch it itself
    while (true) {
      if (!scope(path).instances && caught_by_event_sub(path, from, code)) return;
      if (path.empty()) break;
      const std::size_t host = path.back();
      path.pop_back();
      from = token(path, host).id;
      if (caught_by_boundary(path, host, code)) return;
    }
    move_.after.ended = true;  // nobody catches it: the instance fails
  }

  /// 13.3.6: the body of a standard loop runs (again).
  void again(const Path& path, std::size_t i) {
    token(path, i).at = At::node;
    run_body(path, i);
  }

 private:
  bool catches(const SketchNode& event, const std::string& code, bool exactly) const {
    return event.trigger == "error" && (exactly ? event.code == code && !code.empty() : event.code.empty());
  }

  bool caught_by_boundary(const Path& path, std::size_t host, const std::string& code) {
    const std::map<int, int> armed = token(path, host).armed;
    for (const bool exactly : {true, false})
      for (const auto& [b, times] : armed)
        if (catches(plan_.node(b), code, exactly)) {
          boundary_happens(path, host, b);
          return true;
        }
    return false;
  }

  bool caught_by_event_sub(const Path& path, int from, const std::string& code) {
    const std::map<int, int> armed = scope(path).armed;
    for (const bool exactly : {true, false})
      for (const auto& [h, times] : armed)
        if (h != from && catches(plan_.node(plan_.trigger_of(h)), code, exactly)) {
          event_sub_happens(path, h);
          return true;
        }
    return false;
  }

  const Plan& plan_;
  Move move_;
};

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
      const int event = plan_.flow(f).target;
      made.runs(n);
      made.runs(event);
      made.remove(path, i);
      made.leave(path, event);
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

  /// 13.5.6.
  void end(const Path& path, std::size_t i, int n) {
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
  turn.scope({}) = process;
  turn.close_finished({});
  return turn.done().after;
}

std::vector<Move> moves(const Plan& plan, const Board& board) {
  return Rules(plan, board).all();
}

}  // namespace weir::reference
