// Look-ups that chapter 13 takes for granted. Linear searches: models in tests are small.
#include "tests/reference/plan.hpp"

namespace weir::reference {

using test::SketchFlow;
using test::SketchNode;

Plan::Plan(const test::Sketch& from)
    : sketch(from),
      in_(from.nodes.size()),
      out_(from.nodes.size()),
      inside_(from.nodes.size() + 1),
      boundaries_(from.nodes.size()) {
  for (std::size_t n = 0; n < from.nodes.size(); ++n) {
    inside_[static_cast<std::size_t>(from.nodes[n].parent + 1)].push_back(static_cast<int>(n));
    if (from.nodes[n].host >= 0)
      boundaries_[static_cast<std::size_t>(from.nodes[n].host)].push_back(static_cast<int>(n));
  }
  for (std::size_t f = 0; f < from.flows.size(); ++f) {
    out_[static_cast<std::size_t>(from.flows[f].source)].push_back(static_cast<int>(f));
    in_[static_cast<std::size_t>(from.flows[f].target)].push_back(static_cast<int>(f));
  }
}

bool Plan::is_work(int n) const {
  const std::string& kind = node(n).kind;
  return kind == "task" || kind == "user" || kind == "service" || kind == "receive" || kind == "call";
}

bool Plan::is_join(int n) const {
  if (node(n).kind == "and") return !in(n).empty();
  return node(n).kind == "or" && in(n).size() > 1;
}

bool Plan::has_conditions(int n) const {
  for (const int f : out(n))
    if (flow(f).conditional) return true;
  return false;
}

bool Plan::at_once(int n) const {
  const std::string& kind = node(n).kind;
  if (is_work(n)) return boundaries(n).empty() && node(n).loop.empty();
  if (kind == "catch") return node(n).trigger != "link";
  if (kind == "event-gateway") return true;
  if (kind == "xor") return out(n).size() > 1 || has_conditions(n);
  if (kind == "or") return in(n).size() <= 1 && (out(n).size() > 1 || has_conditions(n));
  return false;
}

std::vector<int> Plan::event_subs(int container) const {
  std::vector<int> found;
  for (const int n : inside(container))
    if (node(n).kind == "event-sub" && trigger_of(n) >= 0) found.push_back(n);
  return found;
}

int Plan::trigger_of(int event_sub) const {
  for (const int n : inside(event_sub))
    if (node(n).kind == "start") return n;
  return -1;
}

// 13.2 and 13.3.4: start events, else "all flow objects that do not have an incoming sequence flow" except
// what begins in another way: boundary events, event sub-processes, targets of links, compensation handlers.
std::vector<int> Plan::begins(int container) const {
  std::vector<int> starts, others;
  for (const int n : inside(container)) {
    const SketchNode& each = node(n);
    if (each.kind == "start") starts.push_back(n);
    if (each.kind == "start" || each.kind == "boundary" || each.kind == "event-sub" || each.undo) continue;
    if (each.kind == "catch" && each.trigger == "link") continue;
    if (in(n).empty()) others.push_back(n);
  }
  return starts.empty() ? others : starts;
}

// 10.3: "if the activity does not have an incoming sequence flow, it must be instantiated when its process or
// sub-process is", a compensation activity excepted.
std::vector<int> Plan::begins_beside(int container) const {
  std::vector<int> found;
  if (begins(container).empty() || node(begins(container)[0]).kind != "start") return found;
  for (const int n : inside(container))
    if (is_activity(n) && !node(n).undo && in(n).empty()) found.push_back(n);
  return found;
}

// 13.4.2 exclusive: exactly one. 13.4.3 inclusive, and 13.3.2 conditional flows of an activity: every flow
// without condition, any of those with one, the default flow when none of these is taken; something must be.
// An inclusive gateway that has no conditions yet (an abstract model): each flow but the default one may be
// taken or not.
std::vector<std::vector<int>> Plan::choices(int n) const {
  std::vector<std::vector<int>> sets;
  if (node(n).kind == "xor") {
    for (const int f : out(n)) sets.push_back({f});
    return sets;
  }
  const bool abstract = node(n).kind == "or" && !has_conditions(n);
  const auto is_free = [&](int f) { return flow(f).conditional || (abstract && !flow(f).is_default); };
  std::vector<int> free;  // flows about which there is a decision
  for (const int f : out(n))
    if (is_free(f)) free.push_back(f);
  for (std::size_t subset = 0; subset < std::size_t{1} << free.size(); ++subset) {
    std::set<int> chosen;
    for (std::size_t i = 0; i < free.size(); ++i)
      if (subset >> i & 1) chosen.insert(free[i]);
    const bool none_holds = chosen.empty();
    std::vector<int> taken;
    for (const int f : out(n))
      if (is_free(f) ? chosen.contains(f) : !flow(f).is_default || none_holds) taken.push_back(f);
    if (!taken.empty()) sets.push_back(taken);
  }
  return sets;
}

bool Plan::raises_inside(int container, const std::string& code, int except) const {
  for (const int n : inside(container)) {
    if (n == except) continue;
    const SketchNode& each = node(n);
    if (each.kind == "end" && each.trigger == "error" && (code.empty() || each.code == code)) return true;
    if ((each.kind == "sub" || each.kind == "event-sub") && raises_inside(n, code, except)) return true;
  }
  return false;
}

// Work may end with every error that something around it catches; but an error that an error end event in
// reach of the catcher raises already is left to that event: not one inside the event sub-process that
// catches, whose errors go further out. A receive task only waits for its message
// (13.3.3).
std::set<std::string> Plan::errors(int n) const {
  std::set<std::string> codes;
  if (node(n).kind == "receive") return codes;
  for (const int b : boundaries(n))
    if (node(b).trigger == "error") codes.insert(node(b).code);
  for (int level = n; node(level).parent >= -1;) {
    const int container = node(level).parent;
    for (const int h : event_subs(container)) {
      const SketchNode& start = node(trigger_of(h));
      if (h != level && start.trigger == "error" && !raises_inside(container, start.code, h))
        codes.insert(start.code);
    }
    if (container < 0) break;
    for (const int b : boundaries(container))
      if (node(b).trigger == "error" && !raises_inside(container, node(b).code)) codes.insert(node(b).code);
    level = container;
  }
  return codes;
}

int Plan::link_target(int n) const {
  for (const int other : inside(node(n).parent))
    if (node(other).kind == "catch" && node(other).trigger == "link" && node(other).code == node(n).code)
      return other;
  return -1;
}

std::vector<int> Plan::onward(int n) const {
  std::vector<int> flows = out(n);
  for (const int b : boundaries(n)) flows.insert(flows.end(), out(b).begin(), out(b).end());
  if (node(n).kind == "throw" && node(n).trigger == "link" && link_target(n) >= 0)
    for (const int f : onward(link_target(n))) flows.push_back(f);
  return flows;
}

std::set<int> Plan::reach(int f, int avoid) const {
  std::set<int> reached{f};
  std::vector<int> todo{f};
  while (!todo.empty()) {
    const int n = flow(todo.back()).target;
    todo.pop_back();
    if (n == avoid) continue;
    for (const int next : onward(n))
      if (reached.insert(next).second) todo.push_back(next);
  }
  return reached;
}

}  // namespace weir::reference
