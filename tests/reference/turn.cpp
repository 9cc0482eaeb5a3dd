// Each function is one sentence or two of chapter 13. Functions that remove a token or close a scope come
// last in a move: positions in a path are not valid after them.
#include "tests/reference/turn.hpp"

#include <algorithm>

namespace weir::reference {

using test::SketchNode;

Path within(Path path, std::size_t host) {
  path.push_back(host);
  return path;
}

Move Turn::done() {
  if (move_.after.ended) move_.after.process = Scope{};
  sort_tokens(move_.after.process);
  return std::move(move_);
}

Scope& Turn::scope(const Path& path) {
  Scope* at = &move_.after.process;
  for (const std::size_t host : path) at = &at->tokens[host].inside.front();
  return *at;
}

void Turn::put(const Path& path, At at, int id) {
  Token token;
  token.at = at;
  token.id = id;
  scope(path).tokens.push_back(token);
}
void Turn::put_on(const Path& path, const std::vector<int>& flows) {
  for (const int f : flows) put(path, At::flow, f);
}
void Turn::remove(const Path& path, std::size_t i) {
  std::vector<Token>& tokens = scope(path).tokens;
  tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i));
}

/// 13.4.1 parallel, 13.4.3 inclusive join: the token of each incoming flow is consumed, the first if there
/// are several.
void Turn::consume_one_of_each(const Path& path, int gateway) {
  for (const int f : plan_.in(gateway)) {
    const std::vector<Token>& tokens = scope(path).tokens;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].at != At::flow || tokens[i].id != f) continue;
      remove(path, i);
      break;
    }
  }
}

/// 13.3.2, 13.5: a token on each outgoing flow. A node without outgoing flow ends its token.
void Turn::leave(const Path& path, int n) {
  if (plan_.is_activity(n) && plan_.has_conditions(n))
    put(path, At::exit, n);
  else
    put_on(path, plan_.out(n));
  close_finished(path);
}

/// 13.3.4, 13.2: a scope is complete when no token is left in it. Its host then goes on at once, which may
/// complete the next scope.
void Turn::close_finished(Path path) {
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
void Turn::enter_activity(const Path& path, int n) {
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
void Turn::run_body(const Path& path, std::size_t i) {
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
  begin_scope(inner, plan_.begins_beside(n));
  for (const int h : plan_.event_subs(n)) inner.armed[h] = 0;
  token(path, i).inside = {inner};
  close_finished(within(path, i));
}

void Turn::begin_scope(Scope& inner, const std::vector<int>& starts) {
  for (const int s : starts) {
    Token token;
    token.at = plan_.at_once(s) ? At::node : At::start;
    token.id = s;
    inner.tokens.push_back(token);
  }
}

/// 13.3.6: a standard loop asks its condition
/// again, unless it has run as often as it may. 13.3.7: the completion condition is looked at whenever an
/// instance completes.
void Turn::body_done(const Path& path, std::size_t i) {
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

void Turn::instance_done(const Path& path, std::size_t i) {
  const int n = token(path, i).id;
  remove(path, i);
  if (scope(path).waiting > 0) {
    --scope(path).waiting;
    put(path, At::node, n);
    run_body(path, scope(path).tokens.size() - 1);
  } else {
    close_finished(path);
  }
}

/// 13.3.7: all instances at once, or one after the other; none at all completes the activity.
void Turn::begin_instances(const Path& path, std::size_t i, int count) {
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

void Turn::activity_done(const Path& path, std::size_t i) {
  const int n = token(path, i).id;
  remove(path, i);
  leave(path, n);
}

/// 13.5.3: a boundary event happens. Interrupting: the activity ends with everything inside it.
void Turn::boundary_happens(const Path& path, std::size_t i, int b) {
  runs(b);
  if (plan_.interrupts(b))
    remove(path, i);
  else
    token(path, i).armed[b] = std::min(token(path, i).armed[b] + 1, most_events);
  put_on(path, plan_.out(b));
  close_finished(path);
}

/// 13.5.2, 13.4.4.
void Turn::catch_happens(const Path& path, std::size_t i, int event) {
  const Token& token = this->token(path, i);
  runs(token.at == At::flow ? plan_.flow(token.id).target : token.id);
  runs(event);
  remove(path, i);
  leave(path, event);
}

/// 13.5.4: an event sub-process starts beside the other tokens of its scope, or instead of them; then no
/// other event sub-process of the scope can start any more.
void Turn::event_sub_happens(const Path& path, int h) {
  runs(h);
  if (plan_.interrupts(plan_.trigger_of(h))) {
    scope(path).tokens.clear();
    scope(path).armed.clear();
    scope(path).due.clear();
  } else {
    scope(path).armed[h] = std::min(scope(path).armed[h] + 1, most_events);
  }
  put(path, At::node, h);
  run_body(path, scope(path).tokens.size() - 1);
}

/// 13.5.6 terminate: all tokens of the scope are gone and it is complete.
void Turn::terminate(const Path& path) {
  scope(path).tokens.clear();
  close_finished(path);
}

/// 10.5.6, 13.5: an error looks for its catcher from the inside out. On each level a catcher of exactly this
/// code goes before one of all errors.
void Turn::raise(Path path, const std::size_t* activity, const std::string& code) {
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
void Turn::again(const Path& path, std::size_t i) {
  token(path, i).at = At::node;
  run_body(path, i);
}

bool Turn::catches(const SketchNode& event, const std::string& code, bool exactly) const {
  return event.trigger == "error" && (exactly ? event.code == code && !code.empty() : event.code.empty());
}

bool Turn::caught_by_boundary(const Path& path, std::size_t host, const std::string& code) {
  const std::map<int, int> armed = token(path, host).armed;
  for (const bool exactly : {true, false})
    for (const auto& [b, times] : armed)
      if (catches(plan_.node(b), code, exactly)) {
        boundary_happens(path, host, b);
        return true;
      }
  return false;
}

bool Turn::caught_by_event_sub(const Path& path, int from, const std::string& code) {
  const std::map<int, int> armed = scope(path).armed;
  for (const bool exactly : {true, false})
    for (const auto& [h, times] : armed)
      if (h != from && catches(plan_.node(plan_.trigger_of(h)), code, exactly)) {
        event_sub_happens(path, h);
        return true;
      }
  return false;
}

}  // namespace weir::reference
