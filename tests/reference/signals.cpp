// Signals inside one instance. Chapter 13 does not say in which order several catchers react; what they do
// commutes, except where one of them ends what another one waits in. The order here is from the outside in:
// in each scope event sub-processes (interrupting ones first), then boundary events, then waiting tokens.
#include <algorithm>
#include <tuple>

#include "tests/reference/turn.hpp"

namespace weir::reference {

using test::SketchNode;

namespace {

bool is_for(const SketchNode& event, const std::string& code) {
  return event.trigger == "signal" && event.code == code;
}

}  // namespace

int Turn::listens(const Token& token, const std::string& code) const {
  if ((token.at != At::flow && token.at != At::node) || !token.inside.empty()) return -1;
  const int n = token.at == At::flow ? plan_.flow(token.id).target : token.id;
  if (plan_.node(n).kind == "catch") return is_for(plan_.node(n), code) ? n : -1;
  if (plan_.node(n).kind != "event-gateway") return -1;
  for (const int f : plan_.out(n))
    if (const int event = plan_.flow(f).target; is_for(plan_.node(event), code)) return event;
  return -1;
}

/// Marks everybody who waits for the signal at this moment; who comes later is not reached.
void Turn::announce(Scope& scope, const std::string& code) const {
  for (const auto& [h, times] : scope.armed)
    if (is_for(plan_.node(plan_.trigger_of(h)), code)) scope.due.insert(h);
  for (Token& token : scope.tokens) {
    for (const auto& [b, times] : token.armed)
      if (is_for(plan_.node(b), code)) token.due.insert(b);
    if (const int event = listens(token, code); event >= 0) token.due.insert(event);
    for (Scope& inner : token.inside) announce(inner, code);
  }
}

void Turn::collect(const Scope& scope, const Path& path, std::vector<Catcher>& out) const {
  for (const int h : scope.due) out.push_back({path, plan_.interrupts(plan_.trigger_of(h)) ? 0 : 1, h, 0});
  for (std::size_t i = 0; i < scope.tokens.size(); ++i) {
    for (const int event : scope.tokens[i].due)
      out.push_back({path, plan_.node(event).kind == "boundary" ? 2 : 3, event, i});
    for (const Scope& inner : scope.tokens[i].inside) collect(inner, within(path, i), out);
  }
}

bool Turn::find_thrower(const Scope& scope, Path& path, std::size_t& i) const {
  for (i = 0; i < scope.tokens.size(); ++i) {
    if (scope.tokens[i].throwing) return true;
    path.push_back(i);
    for (const Scope& inner : scope.tokens[i].inside) {
      std::size_t at = 0;
      if (!find_thrower(inner, path, at)) continue;
      i = at;
      return true;
    }
    path.pop_back();
  }
  return false;
}

void Turn::broadcast(const Path& path, std::size_t i, int n) {
  token(path, i).throwing = true;
  announce(move_.after.process, plan_.node(n).code);
  while (!move_.after.ended) {
    std::vector<Catcher> catchers;
    collect(move_.after.process, {}, catchers);
    if (catchers.empty()) break;
    const Catcher next =
        *std::min_element(catchers.begin(), catchers.end(), [](const Catcher& a, const Catcher& b) {
          return std::tuple(a.path.size(), a.rank, a.event) < std::tuple(b.path.size(), b.rank, b.event);
        });
    if (next.rank <= 1) {
      scope(next.path).due.erase(next.event);
      event_sub_happens(next.path, next.event);
    } else {
      token(next.path, next.token).due.erase(next.event);
      if (next.rank == 2)
        boundary_happens(next.path, next.token, next.event);
      else
        catch_happens(next.path, next.token, next.event);
    }
  }
  Path found;
  std::size_t at = 0;
  if (move_.after.ended || !find_thrower(move_.after.process, found, at)) return;  // it was interrupted
  remove(found, at);
  if (plan_.node(n).kind == "end")
    close_finished(found);
  else
    leave(found, n);
}

}  // namespace weir::reference
