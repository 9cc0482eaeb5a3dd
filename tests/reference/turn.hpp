// One move being made: chapter 13's consequences, step by step, on a copy of the board.
#pragma once

#include <string>
#include <vector>

#include "tests/reference/rules.hpp"

namespace weir::reference {

/// Where a scope is: the positions, scope by scope, of the tokens that host the scopes around it.
using Path = std::vector<std::size_t>;

/// Path of what runs inside token number `host` of the scope at `path`.
Path within(Path path, std::size_t host);

class Turn {
 public:
  Turn(const Plan& plan, const Board& board) : plan_(plan), move_{board, {}} {}

  /// The finished move.
  Move done();

  void runs(int n) { move_.ran.insert(n); }
  Scope& scope(const Path& path);
  Token& token(const Path& path, std::size_t i) { return scope(path).tokens[i]; }

  void put(const Path& path, At at, int id);
  void put_on(const Path& path, const std::vector<int>& flows);
  void remove(const Path& path, std::size_t i);

  void begin_scope(Scope& inner, const std::vector<int>& starts);
  /// Takes one token from each incoming flow that has one.
  void consume_one_of_each(const Path& path, int gateway);
  /// Node n has run and its token is gone: tokens for all outgoing flows, or the question which ones.
  void leave(const Path& path, int n);
  /// Completes this scope if no token is left in it, and then perhaps the scopes around it.
  void close_finished(Path path);

  void enter_activity(const Path& path, int n);
  /// The body of an activity, or of one instance of it, is done.
  void body_done(const Path& path, std::size_t i);
  void begin_instances(const Path& path, std::size_t i, int count);
  void instance_done(const Path& path, std::size_t i);
  void activity_done(const Path& path, std::size_t i);
  /// The body of a standard loop runs (again).
  void again(const Path& path, std::size_t i);

  void boundary_happens(const Path& path, std::size_t i, int b);
  void event_sub_happens(const Path& path, int h);
  /// The token waits for `event`, a catch event, in front of it or of the event-based gateway before it.
  void catch_happens(const Path& path, std::size_t i, int event);
  void terminate(const Path& path);
  /// Looks for who catches an error. `activity` = position of the token of the activity that fails, none for
  /// an error end event.
  void raise(Path path, const std::size_t* activity, const std::string& code);
  /// Token i of the scope throws a signal and, if it survives that, leaves n (or ends there).
  void broadcast(const Path& path, std::size_t i, int n);

 private:
  /// Somebody whom a signal reaches.
  struct Catcher {
    Path path;
    int rank = 0;           // among those of one depth, see broadcast()
    int event = -1;         // event sub-process, boundary event or catch event
    std::size_t token = 0;  // boundary event: of its host; catch event: that waits
  };

  void run_body(const Path& path, std::size_t i);
  bool catches(const test::SketchNode& event, const std::string& code, bool exactly) const;
  bool caught_by_boundary(const Path& path, std::size_t host, const std::string& code);
  bool caught_by_event_sub(const Path& path, int from, const std::string& code);
  /// The catch event for this signal that the token waits at, or -1.
  int listens(const Token& token, const std::string& code) const;
  void announce(Scope& scope, const std::string& code) const;
  void collect(const Scope& scope, const Path& path, std::vector<Catcher>& out) const;
  bool find_thrower(const Scope& scope, Path& path, std::size_t& i) const;

  const Plan& plan_;
  Move move_;
};

}  // namespace weir::reference
